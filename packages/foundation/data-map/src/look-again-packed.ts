/**
 * What a cell holds packed: base64 (Moodle keeps the settings of a block so), gzip and zlib, UTF-16, quoted-printable.
 * The second look reads it like any text. Bounded: a cell opens to a limit, and no deeper than three layers.
 */
import { gunzipSync, inflateSync } from "node:zlib";

/** Characters that one cell may open to. */
const MOST = 16 * 1024 * 1024;
const LAYERS = 3;
/** Short words of the alphabet are words. */
const BASE64 = /(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{4}){5,}[A-Za-z0-9+/]{0,3}={0,2}/g;
const BASE64_LINES = /^[A-Za-z0-9+/=\s]+$/;
const HEXADECIMAL = /^[0-9a-fA-F]+$/;
const QUOTED_PRINTABLE = /=[0-9A-F]{2}(?:=[0-9A-F]{2})|=\r?\n/;

export interface Packed {
  /** The texts that a cell holds beside itself; none for most cells. */
  readonly texts: readonly string[];
  /** It holds more that was not opened: too large, or too deep. */
  readonly unread: boolean;
}

const NOTHING: Packed = { texts: [], unread: false };

/** Opens what a cell holds. */
export function openPacked(cell: unknown): Packed {
  const found = { texts: [] as string[], unread: false };
  if (Buffer.isBuffer(cell)) openBytes(cell, found, LAYERS);
  else if (typeof cell === "string") openText(cell, found, LAYERS);
  else return NOTHING;
  return found;
}

interface Found {
  readonly texts: string[];
  unread: boolean;
}

function openText(text: string, found: Found, layers: number): void {
  if (text.length < 20) return;
  if (layers > 0 && QUOTED_PRINTABLE.test(text)) found.texts.push(fromQuotedPrintable(text));
  if (BASE64_LINES.test(text)) {
    openBase64(text.replaceAll(/\s/g, ""), found, layers);
    return;
  }
  for (const [token] of text.matchAll(BASE64)) openBase64(token, found, layers);
}

function openBase64(token: string, found: Found, layers: number): void {
  if (token.length < 20 || HEXADECIMAL.test(token)) return;
  const bytes = Buffer.from(token, "base64");
  if (layers > 0) openBytes(bytes, found, layers - 1, true);
  // Too deep: it is said only of what would have been a text, or packed once more.
  else if (packing(bytes) !== undefined || isText(bytes.toString("utf8"))) found.unread = true;
}

function openBytes(bytes: Buffer, found: Found, layers: number, decoded = false): void {
  const by = packing(bytes);
  if (by !== undefined) {
    const inflated = layers > 0 ? inflate(bytes, by) : "tooLarge";
    if (inflated === "tooLarge") found.unread = true;
    else if (inflated !== undefined) openBytes(inflated, found, layers - 1, true);
    if (inflated !== undefined) return;
  }
  const wide = wideText(bytes);
  if (wide !== undefined) found.texts.push(wide);
  if (!decoded) return;
  const text = bytes.toString("utf8");
  if (!isText(text)) return;
  found.texts.push(text);
  openText(text, found, layers);
}

function packing(bytes: Buffer): "gzip" | "zlib" | undefined {
  if (bytes.length <= 6) return undefined;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  return bytes[0] === 0x78 && bytes.readUInt16BE(0) % 31 === 0 ? "zlib" : undefined;
}

/** Undefined for what only looked packed. */
function inflate(bytes: Buffer, by: "gzip" | "zlib"): Buffer | "tooLarge" | undefined {
  try {
    const options = { maxOutputLength: MOST };
    return by === "gzip" ? gunzipSync(bytes, options) : inflateSync(bytes, options);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE"
      ? "tooLarge"
      : undefined;
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
