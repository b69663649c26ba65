/**
 * Bodies: read only where a route says so, within its limit, as one kind. Compressed bodies are refused: their size is
 * not known before they are opened.
 */
import type { Json } from "@preau/kernel";
import express, { type Request, type RequestHandler } from "express";
import { fault } from "../errors.ts";

export type BodyKind = "none" | "form" | "json" | "raw";

/** What a route may read: a form (RFC 1866 urlencoded), JSON (RFC 8259), or the bytes as they came. */
export interface Body {
  readonly form: URLSearchParams;
  readonly json: Json | undefined;
  readonly bytes: Buffer;
}

const EMPTY: Body = { form: new URLSearchParams(), json: undefined, bytes: Buffer.alloc(0) };
const MAX_FIELDS = 500;
const TYPES: Readonly<Record<Exclude<BodyKind, "none" | "raw">, string>> = {
  form: "application/x-www-form-urlencoded",
  json: "application/json",
};

/** A reader of bodies of one kind, at most `limit` bytes. */
export function bodyReader(kind: BodyKind, limit: number): (request: Request) => Promise<Body> {
  if (kind === "none") return () => Promise.resolve(EMPTY);
  const raw = express.raw({ type: () => true, limit, inflate: false });
  return async (request) => {
    if (kind !== "raw" && hasBody(request) && request.is(TYPES[kind]) === false)
      throw fault("WEB_MEDIA_TYPE");
    const bytes = await readBytes(raw, request);
    return {
      ...EMPTY,
      bytes,
      ...(kind === "form" && { form: formOf(bytes) }),
      ...(kind === "json" && { json: jsonOf(bytes) }),
    };
  };
}

function hasBody(request: Request): boolean {
  return (
    request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0
  );
}

function readBytes(raw: RequestHandler, request: Request): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (request.res === undefined) throw new TypeError("a request without its response");
    void raw(request, request.res, (error: unknown) => {
      if (error !== undefined) reject(error instanceof Error ? error : fault("WEB_BAD_REQUEST"));
      else resolve(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    });
  });
}

/** @throws WEB_BAD_REQUEST for bytes that are not UTF-8, WEB_TOO_LARGE for too many fields */
function formOf(bytes: Buffer): URLSearchParams {
  const form = new URLSearchParams(textOf(bytes));
  if (form.size > MAX_FIELDS) throw fault("WEB_TOO_LARGE");
  return form;
}

/** @throws WEB_BAD_REQUEST for what is not JSON, or holds a key that reaches a prototype */
function jsonOf(bytes: Buffer): Json | undefined {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(textOf(bytes), (key, value: Json) => {
      if (key === "__proto__") throw fault("WEB_BAD_REQUEST");
      return value;
    }) as Json;
  } catch (cause) {
    throw fault("WEB_BAD_REQUEST", { cause });
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw fault("WEB_BAD_REQUEST", { cause });
  }
}
