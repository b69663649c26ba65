/**
 * One layer of escapes undone: JSON and JavaScript backslashes, HTML entities, percent signs of links, quoted-printable (RFC 2045
 * §6.7), tags of HTML left out, UTF-8 that was read as Latin-1 put right.
 */
import type { Undone } from "./readings.ts";

const HAS_ESCAPE =
  /\\[uUxX"'\/\\nrtbf]|&(?:#|[A-Za-z]{2,8};)|%[0-9A-Fa-f]{2}|=[0-9A-Fa-f]{2}|=\r?\n|<[A-Za-z/!]|[\u00c2-\u00c5][\u0080-\u00bf]/;
const ESCAPE =
  /\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\x([0-9A-Fa-f]{2})|\\[UX"'\/\\nrtbf]|&#[xX]([0-9A-Fa-f]{1,6});?|&#([0-9]{1,7});?|&([A-Za-z]{2,8});|((?:%[0-9A-Fa-f]{2})+)|((?:=[0-9A-Fa-f]{2})+)|=\r?\n|<[A-Za-z/!][^<>]{0,2000}>|([\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2})/y;
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
const NAMED_LETTER = /^([A-Za-z])(?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash)$|^([A-Za-z]{2})lig$/;
const CONTROL = new Map([
  ["n", "\n"],
  ["r", "\n"],
  ["t", " "],
  ["b", ""],
  ["f", " "],
]);

/** Whether a text has an escape at all; most have none. */
export function hasEscapes(text: string): boolean {
  return HAS_ESCAPE.test(text);
}

export function undoEscapes(text: string): Undone {
  let out = "";
  const from: number[] = [];
  const to: number[] = [];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (
      code === 92 ||
      code === 38 ||
      code === 37 ||
      code === 61 ||
      code === 60 ||
      (code >= 0xc2 && code <= 0xef)
    ) {
      ESCAPE.lastIndex = at;
      const match = ESCAPE.exec(text);
      const meaning = match === null ? undefined : meaningOf(match);
      if (match !== null && meaning !== undefined) {
        const end = at + match[0].length;
        out += meaning;
        for (let index = 0; index < meaning.length; index += 1) {
          from.push(at);
          to.push(end);
        }
        at = end;
        continue;
      }
    }
    out += text.charAt(at);
    from.push(at);
    at += 1;
    to.push(at);
  }
  return { text: out, from, to };
}

/** Undefined for what only looks like an escape. */
function meaningOf(match: RegExpExecArray): string | undefined {
  const [escape, json, braced, byte, hex, decimal, entity, percent, printable, latin] = match;
  const code = json ?? braced ?? byte ?? hex;
  if (code !== undefined) return codePoint(Number.parseInt(code, 16));
  if (decimal !== undefined) return codePoint(Number(decimal));
  if (entity !== undefined) return named(entity);
  if (percent !== undefined) return bytesOf(percent);
  if (printable !== undefined) return bytesOf(printable);
  if (latin !== undefined) return utf8(Uint8Array.from(latin, (letter) => letter.charCodeAt(0)));
  if (escape.startsWith("=") || escape.startsWith("<")) return "";
  const sign = escape.slice(-1);
  return CONTROL.get(sign) ?? sign;
}

function bytesOf(escapes: string): string {
  const bytes = new Uint8Array(escapes.length / 3);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(escapes.slice(index * 3 + 1, index * 3 + 3), 16);
  return utf8(bytes);
}

/** As UTF-8, or else as Latin-1. */
function utf8(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes.subarray(0, 8192));
  const text = new TextDecoder().decode(bytes);
  return text.includes("\ufffd") ? new TextDecoder("latin1").decode(bytes) : text;
}

function codePoint(code: number): string {
  return code <= 0x10ffff && code !== 0xffff ? String.fromCodePoint(code) : "";
}

function named(entity: string): string | undefined {
  const letter = NAMED_LETTER.exec(entity);
  return letter?.[1] ?? letter?.[2] ?? NAMED.get(entity) ?? NAMED.get(entity.toLowerCase());
}
