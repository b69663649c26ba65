/** Runs of base64 (RFC 4648 §§4–5, also in lines of a mail) and of hexadecimal digits, opened where a text stands in them. */
import type { Undone } from "./readings.ts";
import { WALL } from "./skeleton.ts";

/** "zoe.n" takes seven. */
const SHORTEST = 6;
/** Longer runs are tried from each of four letters. */
const MAY_BE_CUT = 16;
/** Lines of base64 in a mail are longer; shorter ones stand for themselves. */
const LINE = 40;
/** A run in which fewer letters stand is a word that happens to decode. */
const FEWEST_BYTES = 4;

const VALUES = new Int8Array(128).fill(-1);
for (const [value, sign] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries())
  VALUES[sign.charCodeAt(0)] = value;
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
    if (end - start >= SHORTEST) {
      for (const opened of openRun(text, start, end)) {
        out += opened + WALL;
        for (let index = 0; index <= opened.length; index += 1) {
          from.push(start);
          to.push(end);
        }
      }
    }
    start = end;
  }
  return out === "" ? undefined : { text: out, from, to };
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

/** A run may be cut at either end, or have letters before it: every beginning of four is tried until a text shows. */
function* openRun(text: string, start: number, end: number): Generator<string> {
  const line = /^[0-9A-Fa-f]*/.exec(text.slice(start, end))?.[0].length ?? 0;
  const hex = line < SHORTEST ? undefined : hexText(text, start, start + line - (line % 2));
  if (hex !== undefined) yield hex;
  const most = end - start >= MAY_BE_CUT ? 4 : 1;
  for (let skip = 0; skip < most; skip += 1) {
    const opened = base64Text(text, start + skip, end);
    if (opened === undefined) continue;
    yield opened;
    return;
  }
}

function base64Text(text: string, start: number, end: number): string | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let at = start; at < end; at += 1) {
    const value = valueAt(text, at);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >> held) & 0xff;
    if (!isPrintable(byte) || (bytes.length === 0 && byte >= 0x80 && byte < 0xc2)) break;
    bytes.push(byte);
  }
  return bytes.length >= FEWEST_BYTES ? printable(bytes) : undefined;
}

function hexText(text: string, start: number, end: number): string | undefined {
  const bytes: number[] = [];
  for (let at = start; at < end; at += 2) {
    const byte = Number.parseInt(text.slice(at, at + 2), 16);
    if (!isPrintable(byte)) break;
    bytes.push(byte);
  }
  return bytes.length >= FEWEST_BYTES ? printable(bytes) : undefined;
}

function valueAt(text: string, at: number): number {
  return VALUES[text.charCodeAt(at)] ?? -1;
}

/** No control sign but tab and line ends. */
function isPrintable(byte: number): boolean {
  return byte >= 0x20 ? byte !== 0x7f && byte < 0xf8 : byte === 9 || byte === 10 || byte === 13;
}

/** UTF-8 as far as it is valid. */
function printable(bytes: readonly number[]): string | undefined {
  let ascii = true;
  for (const byte of bytes) if (byte >= 0x80) ascii = false;
  if (ascii) return fromBytes(bytes);
  const text = new TextDecoder().decode(Uint8Array.from(bytes));
  const bad = text.indexOf("\ufffd");
  if (bad === -1) return text;
  return bad >= FEWEST_BYTES ? text.slice(0, bad) : undefined;
}

function fromBytes(bytes: readonly number[]): string {
  let out = "";
  for (let start = 0; start < bytes.length; start += 8192)
    out += String.fromCharCode(...bytes.slice(start, start + 8192));
  return out;
}
