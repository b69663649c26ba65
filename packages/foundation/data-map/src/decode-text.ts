/**
 * What a cell means once its escapes are undone: JSON and PHP backslashes, HTML entities, percent signs of links. One
 * layer, or all layers: JSON inside JSON, HTML escaped once more, links inside links.
 */
import { type FoldedText, foldLetters } from "./fold-text.ts";

/** Whether a text has an escape at all; most that have a backslash or a percent sign have none. */
export const HAS_ESCAPE = /\\(?:u[0-9a-fA-F]{4}|[/"'\\nrtbf])|&(?:#|[a-zA-Z]{2,8};)|%[0-9a-fA-F]{2}/;
/** Whether escapes are escaped: only then do all layers say more than one. */
export const HAS_LAYERS = /\\\\|&amp;(?:amp;)*(?:#|[a-zA-Z]{2,8};)|%25(?:25)*[0-9a-fA-F]{2}/;

const ESCAPE =
  /\\u([0-9a-fA-F]{4})|\\[/"'\\nrtbf]|&#x([0-9a-fA-F]{1,6});|&#([0-9]{1,7});|&([a-zA-Z]{2,8});|((?:%[0-9a-fA-F]{2})+)/y;
const LAYERED_ESCAPE =
  /\\+u([0-9a-fA-F]{4})|\\+[/"'\\nrtbf]|&(?:amp;)*#x([0-9a-fA-F]{1,6});|&(?:amp;)*#([0-9]{1,7});|&(?:amp;)*([a-zA-Z]{2,8});|((?:%(?:25)*[0-9a-fA-F]{2})+)/y;
/** A percent sign, however often it was escaped. */
const LAYERED_SIGN = /%(?:25)*(?=[0-9a-fA-F]{2})/g;
/** Escapes and tags. */
const TAGGED = new RegExp(`${ESCAPE.source}|(<[a-zA-Z/!][^<>]{0,4000}>)`, "y");

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
]);
const NAMED_LETTER = /^([a-zA-Z])(?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash)$|^([a-zA-Z]{2})lig$/;

/**
 * How a cell is read: as it stands, or with one layer of escapes undone, or with all layers undone, or as
 * HTML whose tags stand between words (`spaced`) or within them (`joined`).
 */
export type Reading = "plain" | "one" | "all" | "spaced" | "joined";

/** Folds the meaning of a text into `target`. */
export function decodeInto(target: FoldedText, text: string, reading: Exclude<Reading, "plain">): void {
  target.length = 0;
  walk(text, reading, (meaning, at) => {
    if (meaning === undefined) target.addUnit(text.charCodeAt(at), () => characterAt(text, at));
    else target.add(meaning);
  });
}

/** The folded meaning of a text, and for each of its characters where it began in the text. */
export function decodeWithPlaces(
  text: string,
  reading: Reading,
): { readonly text: string; readonly from: readonly number[] } {
  let out = "";
  const from: number[] = [];
  walk(text, reading, (meaning, at) => {
    for (const character of foldLetters(meaning ?? characterAt(text, at))) {
      const one = /\s/u.test(character) ? " " : character;
      if (one === " " && out.endsWith(" ")) continue;
      out += one;
      for (let index = 0; index < one.length; index += 1) from.push(at);
    }
  });
  return { text: out, from };
}

/** Calls `unit` for each character that means itself (without a meaning) and for each escape. */
function walk(text: string, reading: Reading, unit: (meaning: string | undefined, at: number) => void): void {
  const tag = reading === "spaced" ? " " : reading === "joined" ? "" : undefined;
  const pattern = tag !== undefined ? TAGGED : reading === "all" ? LAYERED_ESCAPE : ESCAPE;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (
      reading !== "plain" &&
      (code === 92 || code === 38 || code === 37 || (code === 60 && tag !== undefined))
    ) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match !== null) {
        unit(code === 60 ? tag : meaningOf(match), at);
        at += match[0].length;
        continue;
      }
    }
    unit(undefined, at);
    at += code >= 0xd800 && code <= 0xdbff && at + 1 < text.length ? 2 : 1;
  }
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function meaningOf(match: RegExpExecArray): string {
  const [escape, json, hex, decimal, entity, percent] = match;
  if (json !== undefined) return codePoint(Number.parseInt(json, 16));
  if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
  if (decimal !== undefined) return codePoint(Number(decimal));
  if (entity !== undefined) return named(entity) ?? escape;
  if (percent !== undefined) return Buffer.from(percent.replaceAll(LAYERED_SIGN, ""), "hex").toString("utf8");
  // Line ends and tabs are spaces here.
  const sign = escape.slice(-1);
  return /[nrtbf]/.test(sign) ? " " : sign;
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

function named(entity: string): string | undefined {
  const letter = NAMED_LETTER.exec(entity);
  return letter?.[1] ?? letter?.[2] ?? NAMED.get(entity);
}
