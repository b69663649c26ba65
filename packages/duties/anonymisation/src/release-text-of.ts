/**
 * Bytes of a file of rows as text, as they come: UTF-8 with or without a byte-order mark, UTF-16 with one, Windows-1252.
 * A file is ASCII until its first other byte; what stands around that one says which of the two it is, and it stays that.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { fault } from "./errors.ts";

type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** @throws ANONYMISATION_FILE_BAD (encoding) */
export async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let decoder: TextDecoder | undefined;
  let waiting: Uint8Array = new Uint8Array(0);
  let isFirst = true;
  for await (const chunk of chunks) {
    if (decoder !== undefined) {
      yield decoded(decoder, chunk);
      continue;
    }
    let bytes = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    // Too short to tell a mark in.
    if (isFirst && bytes.length < 3) {
      waiting = bytes;
      continue;
    }
    waiting = new Uint8Array(0);
    if (isFirst) decoder = markedDecoder(bytes);
    isFirst = false;
    if (decoder !== undefined) {
      yield decoded(decoder, bytes);
      continue;
    }
    const whole = bytes.length - brokenOff(bytes);
    waiting = bytes.subarray(whole);
    bytes = bytes.subarray(0, whole);
    if (!isAscii(bytes)) {
      decoder = decoderOf(encodingAround(bytes));
      bytes = Buffer.concat([bytes, waiting]);
      waiting = new Uint8Array(0);
      yield decoded(decoder, bytes);
    } else if (bytes.length > 0) yield refuseZero(Buffer.from(bytes).toString("latin1"));
  }
  // An accent at the very end of a file that had no other is one of Windows-1252.
  decoder ??= decoderOf(isAscii(waiting) ? "utf-8" : encodingAround(waiting));
  yield decoded(decoder, waiting, "end");
}

function markedDecoder(bytes: Uint8Array): TextDecoder | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return decoderOf("utf-8");
  if (a === 0xff && b === 0xfe) return decoderOf("utf-16le");
  if (a === 0xfe && b === 0xff) return decoderOf("utf-16be");
  return undefined;
}

/** Takes a byte-order mark away. */
function decoderOf(encoding: Encoding): TextDecoder {
  return new TextDecoder(encoding, { fatal: encoding !== "windows-1252" });
}

/** Bytes at the end that may be the beginning of a character of UTF-8. */
function brokenOff(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? back : 0;
  }
  return 0;
}

/** @throws ANONYMISATION_FILE_BAD for a UTF-8 that is damaged: reading it as another would spoil every name in it */
function encodingAround(bytes: Uint8Array): Encoding {
  // What is whole may well hold a character that says "unreadable": another program wrote it.
  if (isUtf8(bytes)) return "utf-8";
  const text = new TextDecoder("utf-8").decode(bytes);
  let [broken, accents] = [0, 0];
  for (const [character] of text.matchAll(/[^\p{ASCII}]/gu)) {
    if (character === "\uFFFD") broken += 1;
    else accents += 1;
  }
  if (accents > broken) throw fault("ANONYMISATION_FILE_BAD", { place: "encoding" });
  return "windows-1252";
}

/** @throws ANONYMISATION_FILE_BAD */
function decoded(decoder: TextDecoder, bytes: Uint8Array, end?: "end"): string {
  try {
    return refuseZero(decoder.decode(bytes, { stream: end === undefined }));
  } catch {
    // Without its cause: the error of the platform may quote the file.
    throw fault("ANONYMISATION_FILE_BAD", { place: "encoding" });
  }
}

/** UTF-16 without its mark, or no text at all. */
function refuseZero(text: string): string {
  if (text.includes("\0")) throw fault("ANONYMISATION_FILE_BAD", { place: "encoding" });
  return text;
}
