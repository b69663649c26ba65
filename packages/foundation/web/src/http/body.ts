/**
 * Bodies: read only where a route says so, within its limit, as one kind. Compressed bodies are refused: their size is
 * not known before they are opened.
 */
import type { Json } from "@preau/kernel";
import express, { type Request, type RequestHandler } from "express";
import { fault } from "../errors.ts";

export type BodyKind = "none" | "form" | "json" | "raw" | "multipart";

/**
 * What a route may read: a form (RFC 1866 urlencoded), JSON (RFC 8259), the bytes as they came, or a form with one file
 * (RFC 7578), whose fields are `form` and whose file is `bytes`.
 */
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
  multipart: "multipart/form-data",
};

/** A reader of bodies of one kind, at most `limit` bytes. */
export function bodyReader(kind: BodyKind, limit: number): (request: Request) => Promise<Body> {
  if (kind === "none") return () => Promise.resolve(EMPTY);
  const raw = express.raw({ type: () => true, limit, inflate: false });
  return async (request) => {
    if (kind !== "raw" && hasBody(request) && request.is(TYPES[kind]) === false)
      throw fault("WEB_MEDIA_TYPE");
    const bytes = await readBytes(raw, request);
    if (kind === "multipart") return multipartOf(bytes, request.headers["content-type"] ?? "");
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

/** The platform's own reader of RFC 7578. @throws WEB_BAD_REQUEST for what is none, WEB_TOO_LARGE for too many parts */
async function multipartOf(bytes: Buffer, type: string): Promise<Body> {
  if (bytes.length === 0) return EMPTY;
  const parts = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } })
    .formData()
    .catch((cause: unknown) => {
      throw fault("WEB_BAD_REQUEST", { cause });
    });
  const form = new URLSearchParams();
  let file: File | undefined;
  let count = 0;
  for (const [name, value] of parts) {
    count += 1;
    if (count > MAX_FIELDS) throw fault("WEB_TOO_LARGE");
    if (typeof value === "string") form.append(name, value);
    else file ??= value;
  }
  return { ...EMPTY, form, bytes: file === undefined ? EMPTY.bytes : Buffer.from(await file.arrayBuffer()) };
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
