/**
 * One question to a CAS server, from server to server. Whoever can change the answer signs anybody in: so the certificate
 * is always verified, no redirect is followed, and plain http reaches this machine alone (the options see to it).
 */
import { request as askHttp } from "node:http";
import { request as askHttps } from "node:https";
import type { SecureContext } from "node:tls";

export interface AskOptions {
  /** Who vouches for the server; the usual authorities where this is undefined. */
  readonly authorities?: SecureContext | undefined;
  /** Milliseconds for the whole answer. */
  readonly withinMs: number;
}

/** Bytes of the longest answer. */
export const MOST_BYTES = 65_536;

/** The server gave no usable answer; `why` is a code of the platform, or ours: never a text of the server. */
export class ServerAnswerError extends Error {
  override readonly name = "ServerAnswerError";
  readonly why: string;

  constructor(why: string, cause?: unknown) {
    super(why, { cause });
    this.why = why;
  }

  /** There was no answer; otherwise there was one that is not believed. */
  get isSilence(): boolean {
    return SILENCE.has(this.why) || /^STATUS_5\d\d$/.test(this.why);
  }
}

const SILENCE: ReadonlySet<string> = new Set(
  "TIMEOUT UNREACHABLE ECONNREFUSED ECONNRESET ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN EPIPE".split(
    " ",
  ),
);

/** The text of a 200 answer. @throws ServerAnswerError */
export async function askServer(url: URL, { authorities, withinMs }: AskOptions): Promise<string> {
  const ask = url.protocol === "https:" ? askHttps : askHttp;
  const options = {
    agent: false as const, // a connection of its own: no TLS session is resumed, so each certificate is looked at
    headers: { accept: "application/xml, text/xml" },
    signal: AbortSignal.timeout(withinMs),
    rejectUnauthorized: true, // whatever NODE_TLS_REJECT_UNAUTHORIZED says
    minVersion: "TLSv1.2" as const,
    ...(authorities === undefined ? {} : { secureContext: authorities }),
  };
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const asked = ask(url, options, (answer) => {
      const tooLarge = () => {
        asked.destroy();
        reject(new ServerAnswerError("TOO_LARGE"));
      };
      if (answer.statusCode !== 200) {
        asked.destroy();
        reject(new ServerAnswerError(`STATUS_${answer.statusCode}`));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) tooLarge();
        else chunks.push(chunk);
      });
      answer.once("end", () => resolve(Buffer.concat(chunks)));
      answer.on("error", (cause) => reject(unreachable(cause)));
    });
    asked.on("error", (cause) => reject(unreachable(cause)));
    asked.end();
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ServerAnswerError("NOT_UTF8", cause);
  }
}

function unreachable(cause: Error): ServerAnswerError {
  const code = (cause as NodeJS.ErrnoException).code;
  const why = cause.name === "AbortError" || code === "ABORT_ERR" ? "TIMEOUT" : (code ?? "UNREACHABLE");
  return new ServerAnswerError(why, cause);
}
