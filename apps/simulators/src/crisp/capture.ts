/**
 * Everything that anybody sent to the desk: method, path, headers and the body's bytes, kept before anything looks at them,
 * so that a test can prove what did not reach it. The desk's own switches are left out.
 */
import express, { type RequestHandler, type Router } from "express";

/** Who a request came from: a plugin's client, a visitor's browser, or the operator's. */
type Side = "api" | "visitor" | "operator";

interface CapturedRequest {
  readonly at: string;
  readonly side: Side;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly chunks: Buffer[];
}

export interface Capture {
  /** Reads the body of every request into `request.body`, as a Buffer. */
  readonly handler: RequestHandler;
  readonly router: Router;
}

const ROOM = 256 * 2 ** 20; // bytes of bodies, after which the oldest requests are let go, and counted

/** Paths of who steers the simulator. */
function isControl(path: string): boolean {
  return /^\/_/.test(path) || path === "/desk.css" || path === "/health";
}

function sideOf(path: string): Side {
  if (/^\/v1(\/|$)/.test(path)) return "api";
  return /^\/(chat|visitor|files|l\.js)(\/|$)/.test(path) ? "visitor" : "operator";
}

export function makeCapture(now: () => number): Capture {
  let kept: CapturedRequest[] = [];
  let size = 0;
  let lost = 0;

  const handler: RequestHandler = (request, response, next) => {
    if (isControl(request.path)) {
      next();
      return;
    }
    const { rawHeaders } = request;
    const record: CapturedRequest = {
      at: new Date(now()).toISOString(),
      side: sideOf(request.path),
      method: request.method,
      path: request.originalUrl,
      headers: rawHeaders.flatMap((name, index) =>
        index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] as const] : [],
      ),
      chunks: [],
    };
    kept.push(record);
    request.on("data", (chunk: Buffer) => {
      record.chunks.push(chunk);
      size += chunk.length;
      while (size > ROOM && kept.length > 1) {
        size -= sizeOf(kept.shift());
        lost += 1;
      }
    });
    request.on("end", () => {
      request.body = Buffer.concat(record.chunks);
      next();
    });
    request.on("error", () => response.destroy());
  };

  const router = express.Router();
  router.get("/_captured", (request, response) => {
    const { side } = request.query;
    const wanted = kept.filter((each) => side === undefined || each.side === side);
    response.json({
      requests: wanted.length,
      bytes: wanted.reduce((sum, each) => sum + sizeOf(each), 0),
      lost,
      captured: wanted.map(({ chunks, ...rest }) => {
        const body = Buffer.concat(chunks);
        return { ...rest, body: body.toString("base64"), text: body.toString("utf8") };
      }),
    });
  });
  router.delete("/_captured", (_request, response) => {
    [kept, size, lost] = [[], 0, 0];
    response.json({ requests: 0, bytes: 0, lost: 0, captured: [] });
  });
  return { handler, router };
}

function sizeOf(record: CapturedRequest | undefined): number {
  return (record?.chunks ?? []).reduce((sum, { length }) => sum + length, 0);
}
