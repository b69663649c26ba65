/** Runs of base64 (RFC 4648 §§4–5, also in lines of a mail) and of hexadecimal digits, opened where a text stands in them. */
import type { Undone } from "./readings.ts";
import { WALL } from "./skeleton.ts";

const UTF8 = new TextDecoder();
/** "zoe.n" takes seven. */
const SHORTEST = 6;
/** Longer runs are tried from each of four letters. */
const MAY_BE_CUT = 16;
/** Lines of base64 in a mail are longer; shorter ones stand for themselves. */
const LINE = 40;
/** A run in which fewer letters stand is a word that happens to decode. */
const FEWEST_BYTES = 4;
/** Shorter ones are tried from each of four letters where one of these stands in them. */
const GLUE = /[_+/-]/;
/** Signs of glue after which a text is looked for: time grows with the text. */
const MOST_PARTS = 16;
const HEXADECIMAL = /[0-9A-Fa-f]{8,}/g;

const VALUES = new Int8Array(128).fill(-1);
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
for (let value = 0; value < SIGNS.length; value += 1) VALUES[SIGNS.charCodeAt(value)] = value;
VALUES["-".charCodeAt(0)] = 62;
VALUES["_".charCodeAt(0)] = 63;

/** What stands in the encoded runs of a text, set side by side; undefined when nothing does. */
export function openRuns(text: string): Undone | undefined {
  let out = "";
  const from: number[] = [];
  const to: number[] = [];
  for (let start = 0; start < text.length; ) {
    if (valueAt(text, start) < 0) {
      start += 1;
      continue;
    }
    const end = endOfRun(text, start);
    for (const [first, last] of partsOf(text, start, end))
      for (const opened of openRun(text, first, last)) {
        out += opened + WALL;
        for (let index = 0; index <= opened.length; index += 1) {
          from.push(first);
          to.push(last);
        }
      }
    start = end;
  }
  return out === "" ? undefined : { text: out, from, to };
}

/** The run, and each line of it: it may be that a line stands for itself and the next begins with an ordinary word. */
function* partsOf(
  text: string,
  start: number,
  end: number,
): Generator<readonly [first: number, last: number]> {
  if (end - start >= SHORTEST) yield [start, end];
  let line = start;
  for (let at = start + LINE; at < end; at += 1) {
    if (text.charCodeAt(at) !== 10) continue;
    yield [line, at];
    line = at + 1;
  }
  if (line > start) yield [line, end];
}

/** Where the run ends; one that goes on after a line of a mail ends with its last line. */
function endOfRun(text: string, start: number): number {
  let end = start;
  let line = start;
  for (;;) {
    while (valueAt(text, end) >= 0) end += 1;
    if (end - line < LINE) break;
    let next = end;
    if (text.charCodeAt(next) === 13) next += 1;
    if (text.charCodeAt(next) !== 10 || valueAt(text, next + 1) < 0) break;
    line = next + 1;
    end = line;
  }
  while (text.charCodeAt(end) === 61) end += 1;
  return end;
}

/**
 * A run may be cut at either end, or be glued to words before and after it ("devoir_bWFpbA.odt": `_` is a letter of base64url):
 * every beginning of four is tried, and whatever is text in between is read.
 */
function* openRun(text: string, start: number, end: number): Generator<string> {
  const run = text.slice(start, end);
  for (const hex of run.matchAll(HEXADECIMAL))
    for (let skip = 0; skip < 2; skip += 1)
      yield* texts(hexBytes(run, hex.index + skip, hex.index + hex[0].length));
  const isGlued = end - start >= MAY_BE_CUT || GLUE.test(run);
  if (!isGlued && !mayBegin(text, start)) return;
  // What stands after a sign of glue is a word of its own, whatever the letters before it would make of it.
  let parts = 0;
  for (let at = 1; at < run.length && parts < MOST_PARTS; at += 1) {
    if (run[at - 1] !== "_" && run[at - 1] !== "-") continue;
    parts += 1;
    if (run.length - at >= SHORTEST) yield* texts(base64Bytes(text, start + at, end));
  }
  for (let skip = 0; skip < (isGlued ? 4 : 1); skip += 1) {
    const bytes = base64Bytes(text, start + skip, end);
    yield* texts(bytes);
    // What is text from end to end leaves no room for another.
    if (skip === 0 && isText(bytes)) return;
  }
}

/** An ordinary word is seldom the beginning of a text: its first byte would be none. */
function mayBegin(text: string, start: number): boolean {
  const byte = ((valueAt(text, start) << 2) | (valueAt(text, start + 1) >> 4)) & 0xff;
  return byte < 0x80
    ? byte >= 0x20 || byte === 9 || byte === 10 || byte === 13
    : byte >= 0xc2 && byte <= 0xf4;
}

function base64Bytes(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, (end - start) * 3) >> 2);
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = start; at < end; at += 1) {
    const value = valueAt(text, at);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[length] = bits >> held;
    length += 1;
  }
  return bytes.subarray(0, length);
}

function hexBytes(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, end - start) >> 1);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(text.slice(start + index * 2, start + index * 2 + 2), 16);
  return bytes;
}

/** What of the bytes is text: UTF-8 of four bytes or more, with nothing in it that nobody writes. */
function* texts(bytes: Uint8Array): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    let end = start;
    let ascii = true;
    for (let length = lengthAt(bytes, end); length > 0; length = lengthAt(bytes, end)) {
      if (length > 1) ascii = false;
      end += length;
    }
    if (end - start >= FEWEST_BYTES) {
      const piece = bytes.subarray(start, end);
      const text = ascii ? fromBytes(piece) : UTF8.decode(piece);
      yield text;
    }
    start = end + 1;
  }
}

/** Whether nothing but a cut letter at the end is no text. */
function isText(bytes: Uint8Array): boolean {
  let at = 0;
  for (let length = lengthAt(bytes, at); length > 0; length = lengthAt(bytes, at)) at += length;
  return bytes.length > 0 && bytes.length - at < FEWEST_BYTES;
}

/** Of a character of UTF-8; 0 where none begins, or a control sign other than tab and line ends. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80)
    return (first >= 0x20 && first !== 0x7f) || first === 9 || first === 10 || first === 13 ? 1 : 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let index = 1; index < length; index += 1) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function valueAt(text: string, at: number): number {
  return VALUES[text.charCodeAt(at)] ?? -1;
}

function fromBytes(bytes: Uint8Array): string {
  let out = "";
  for (let start = 0; start < bytes.length; start += 8192)
    out += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return out;
}
