/**
 * One layer of escapes undone: JSON and JavaScript backslashes, HTML entities, percent signs of links, quoted-printable (RFC 2045
 * §6.7), tags of HTML left out, UTF-8 that was read as Latin-1 put right.
 */
import type { Undone } from "./readings.ts";

const UTF8 = new TextDecoder();
const LATIN = new TextDecoder("latin1");
const HAS_ESCAPE =
  /\\[uUxX"'/\\nrtbf]|&(?:#|[A-Za-z]{2,8};)|%[0-9A-Fa-f]{2}|<[A-Za-z/!]|[\u00c2-\u00ef][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/;
const ESCAPE =
  /\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\x([0-9A-Fa-f]{2})|\\[UX"'/\\nrtbf]|&#[xX]([0-9A-Fa-f]{1,6});?|&#([0-9]{1,7});?|&([A-Za-z]{2,8});|((?:%[0-9A-Fa-f]{2})+)|<[A-Za-z/!][^<>]{0,2000}>|([\u00c2-\u00df][\u0080-\uffff]|[\u00e0-\u00ef][\u0080-\uffff]{2})/y;
const HAS_PRINTABLE = /=(?:[0-9A-Fa-f]{2}|\r?\n)/;
const PRINTABLE = /((?:=[0-9A-Fa-f]{2})+)|=\r?\n/y;
/** What Windows-1252 puts in the place of the bytes 0x80 to 0x9f. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const NAMED = new Map<string, string>([
  ["amp", "&"],
  ["apos", "'"],
  ["quot", '"'],
  ["nbsp", " "],
  ["commat", "@"],
  ["period", "."],
  ["hyphen", "-"],
  ["dash", "-"],
  ["ndash", "-"],
  ["mdash", "-"],
  ["rsquo", "'"],
  ["lsquo", "'"],
  ["shy", ""],
  ["zwj", ""],
  ["zwnj", ""],
  ["ensp", " "],
  ["emsp", " "],
  ["thinsp", " "],
  ["lowbar", "_"],
  ["lt", "<"],
  ["gt", ">"],
  ["szlig", "ss"],
  ["newline", "\n"],
]);
const NAMED_LETTER = /^([A-Za-z])(acute|grave|circ|uml|tilde|cedil|ring|caron|slash)$|^([A-Za-z]{2})lig$/;
const MARKS = new Map([
  ["acute", "\u0301"],
  ["grave", "\u0300"],
  ["circ", "\u0302"],
  ["uml", "\u0308"],
  ["tilde", "\u0303"],
  ["cedil", "\u0327"],
  ["ring", "\u030a"],
  ["caron", "\u030c"],
]);
const CONTROL = new Map([
  ["n", "\n"],
  ["r", "\n"],
  ["t", " "],
  ["b", ""],
  ["f", " "],
]);

/** Every way in which a layer can be undone; most texts have none. Quoted-printable apart: "=12" of a link is none of it. */
export function* undoEscapes(text: string): Generator<Undone> {
  if (HAS_ESCAPE.test(text)) yield undo(text, ESCAPE, meaningOf, isSign);
  if (HAS_PRINTABLE.test(text))
    yield undo(
      text,
      PRINTABLE,
      ([, bytes]) => bytesOf(bytes ?? ""),
      (code) => code === 61,
    );
}

function isSign(code: number): boolean {
  return code === 92 || code === 38 || code === 37 || code === 60 || (code >= 0xc2 && code <= 0xef);
}

function undo(
  text: string,
  pattern: RegExp,
  meaning: (match: RegExpExecArray) => string | undefined,
  begins: (code: number) => boolean,
): Undone {
  let out = "";
  const from: number[] = [];
  const to: number[] = [];
  const add = (piece: string, start: number, end: number): void => {
    out += piece;
    for (let index = 0; index < piece.length; index += 1) {
      from.push(start);
      to.push(end);
    }
  };
  let kept = 0;
  const keep = (end: number): void => {
    out += text.slice(kept, end);
    for (let index = kept; index < end; index += 1) {
      from.push(index);
      to.push(index + 1);
    }
  };
  for (let at = 0; at < text.length; at += 1) {
    if (!begins(text.charCodeAt(at))) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const meant = match === null ? undefined : meaning(match);
    if (match === null || meant === undefined) continue;
    keep(at);
    kept = at + match[0].length;
    add(meant, at, kept);
    at = kept - 1;
  }
  keep(text.length);
  return { text: out, from, to };
}

/** Undefined for what only looks like an escape. */
function meaningOf(match: RegExpExecArray): string | undefined {
  const [escape, json, braced, byte, hex, decimal, entity, percent, latin] = match;
  const code = json ?? braced ?? byte ?? hex;
  if (code !== undefined) return codePoint(Number.parseInt(code, 16));
  if (decimal !== undefined) return codePoint(Number(decimal));
  if (entity !== undefined) return named(entity);
  if (percent !== undefined) return bytesOf(percent);
  if (latin !== undefined) return fromLatin(latin);
  if (escape.startsWith("<")) return "";
  const sign = escape.slice(-1);
  return CONTROL.get(sign) ?? sign;
}

function bytesOf(escapes: string): string {
  const bytes = new Uint8Array(escapes.length / 3);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(escapes.slice(index * 3 + 1, index * 3 + 3), 16);
  return utf8(bytes);
}

/** Letters that are the bytes of one; undefined when they are none. */
function fromLatin(letters: string): string | undefined {
  const bytes = Uint8Array.from(letters, (letter) => {
    const windows = WINDOWS.indexOf(letter);
    return windows === -1 ? Math.min(letter.charCodeAt(0), 0xff) : 0x80 + windows;
  });
  const text = UTF8.decode(bytes);
  return text.includes("\ufffd") ? undefined : text;
}

/** As UTF-8, or else as Latin-1. */
function utf8(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes.subarray(0, 8192));
  const text = UTF8.decode(bytes);
  return text.includes("\ufffd") ? LATIN.decode(bytes) : text;
}

function codePoint(code: number): string {
  return code <= 0x10ffff && code !== 0xfdd0 ? String.fromCodePoint(code) : "";
}

function named(entity: string): string | undefined {
  const [, letter, mark, two] = NAMED_LETTER.exec(entity) ?? [];
  if (letter !== undefined && mark !== undefined) return (letter + (MARKS.get(mark) ?? "")).normalize("NFC");
  return two ?? NAMED.get(entity) ?? NAMED.get(entity.toLowerCase());
}
