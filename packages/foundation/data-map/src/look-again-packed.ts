/**
 * What a cell holds packed: base64 (Moodle keeps the settings of a block so), gzip and zlib, UTF-16, quoted-printable.
 * The second look reads it like any text. Bounded: a cell opens to a limit, and no deeper than three layers.
 */
import { gunzipSync, inflateSync } from "node:zlib";

/** Characters that one cell may open to. */
const MOST = 16 * 1024 * 1024;
const LAYERS = 3;
/** Short words of the alphabet are words. */
const BASE64 = /(?:[A-Za-z0-9+/]{4}){5,}[A-Za-z0-9+/]{0,3}={0,2}/g;
const BASE64_LINES = /^[A-Za-z0-9+/=\s]+$/;
const HEXADECIMAL = /^[0-9a-fA-F]+$/;
const QUOTED_PRINTABLE = /=[0-9A-F]{2}(?:=[0-9A-F]{2})|=\r?\n/;

/** The texts that a cell holds beside itself; none for most cells. */
export function packedTexts(cell: unknown): readonly string[] {
  const found: string[] = [];
  if (Buffer.isBuffer(cell)) openBytes(cell, found, LAYERS);
  else if (typeof cell === "string") openText(cell, found, LAYERS);
  return found;
}

function openText(text: string, found: string[], layers: number): void {
  if (layers === 0 || text.length < 20) return;
  if (QUOTED_PRINTABLE.test(text)) found.push(fromQuotedPrintable(text));
  if (BASE64_LINES.test(text)) {
    openBase64(text.replaceAll(/\s/g, ""), found, layers);
    return;
  }
  for (const [token] of text.matchAll(BASE64)) openBase64(token, found, layers);
}

function openBase64(token: string, found: string[], layers: number): void {
  if (token.length < 20 || HEXADECIMAL.test(token)) return;
  openBytes(Buffer.from(token, "base64"), found, layers - 1, true);
}

function openBytes(bytes: Buffer, found: string[], layers: number, decoded = false): void {
  const inflated = inflate(bytes);
  if (inflated !== undefined) {
    if (layers > 0) openBytes(inflated, found, layers - 1, true);
    return;
  }
  const wide = wideText(bytes);
  if (wide !== undefined) found.push(wide);
  if (!decoded) return;
  const text = bytes.toString("utf8");
  if (!isText(text)) return;
  found.push(text);
  openText(text, found, layers);
}

function inflate(bytes: Buffer): Buffer | undefined {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const isZlib = bytes.length > 6 && bytes[0] === 0x78 && bytes.readUInt16BE(0) % 31 === 0;
  if (!isGzip && !isZlib) return undefined;
  try {
    const options = { maxOutputLength: MOST };
    return isGzip ? gunzipSync(bytes, options) : inflateSync(bytes, options);
  } catch {
    return undefined; // not what it looked like, or larger than the limit
  }
}

/** Two bytes a character: every second byte of European text is zero. */
function wideText(bytes: Buffer): string | undefined {
  if (bytes.length < 8 || bytes.length % 2 === 1) return undefined;
  const sample = bytes.subarray(0, Math.min(bytes.length, 512));
  let [even, odd] = [0, 0];
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const most = sample.length / 2;
  if (odd > most * 0.6) return bytes.toString("utf16le");
  if (even > most * 0.6) return Buffer.from(bytes).swap16().toString("utf16le");
  return undefined;
}

/** Bytes that are no text decode to signs that no text has. PHP writes zero bytes into serialised objects. */
function isText(text: string): boolean {
  const sample = text.slice(0, 256);
  let strange = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const code = sample.charCodeAt(index);
    if (code === 0xfffd || (code < 32 && code !== 0 && code !== 9 && code !== 10 && code !== 13))
      strange += 1;
  }
  return sample.length > 0 && strange * 20 <= sample.length;
}

function fromQuotedPrintable(text: string): string {
  return text
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll("=", ""), "hex").toString("utf8"));
}
