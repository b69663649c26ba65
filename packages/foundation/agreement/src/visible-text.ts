/**
 * What a reader of Markdown sees, folded for reading by machine: lower case, one kind of space, apostrophe and hyphen,
 * without marks of emphasis, addresses of links, code, comments and invisible characters. Every character keeps its
 * place in the source. A line break inside a paragraph is a space; `\n` ends a block; `|` parts the cells of a table.
 */
import type { TextLine } from "./clause-sections.ts";
import { TableNumbers } from "./table-numbers.ts";

export interface VisibleText {
  readonly lower: string;
  /** The same, as written: capitals count in the ids of clauses. */
  readonly cased: string;
  /** Line and column, from 1, of a character. */
  placeOf(offset: number): { readonly line: number; readonly column: number };
  /** One text of the same length with stretches of it out of sight. */
  without(stretches: readonly Stretch[]): VisibleText;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stands for what is out of sight: neither letter, digit nor space. */
const HIDDEN = "¤";
const SKIPPED_LINE = /^\s*(?:\|?[ :|-]*-{2,}[ :|-]*|[*_=-](?:\s*[*_=-]){2,}|\[[^\]^][^\]]*\]:\s.*)\s*$/;
const LIST_MARK = /^\s*(?:[-*+]|(\d{1,9})[.)])\s+/;
const ESCAPED = /[!-/:-@[-`{-~]/;
/** A word longer than this is not searched for an address, nor a line for the end of code beyond it: time stays linear. */
const ADDRESS = /^(?:(?:https?:\/\/|www\.)[^\s<>|]+|[^\s<>|()[\]@]+@[^\s<>|()[\]@]+\.\p{L}{2,})/u;
const LONGEST = 320;
const INLINE =
  /(?<code>(`{1,9})(?!`).{0,320}?(?<!`)\2(?!`))|(?<target>\]\([^()\s]*(?:\s+"[^"]*")?\))|(?<note>\[\^[^\]\s]+\]:?)|(?<tag><\/?[a-zA-Z][^<>]*>)|&(?:#(?<decimal>\d{1,6})|#[xX](?<hex>[0-9a-fA-F]{1,5})|(?<entity>nbsp|amp|lt|gt|quot|apos|ndash|mdash));/uy;
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: " ",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  ndash: "–",
  mdash: "—",
};

/** The visible text of some lines of Markdown, none of them in a fenced block. */
export function visibleText(lines: readonly TextLine[]): VisibleText {
  const cased: string[] = [];
  const places: [line: number, column: number][] = [];
  const put = (character: string, line: number, column: number) => {
    for (const unit of character) {
      cased.push(unit.length === 1 ? unit : HIDDEN);
      places.push([line, column]);
    }
  };
  const numbers = new TableNumbers();
  let comment = false;
  let inList = false;
  let blank = true;
  let before = 0;
  for (const { line, text } of lines) {
    const isRow = /^\s*\|/.test(text);
    const mark = LIST_MARK.exec(text.replace(/^(?:\s*>)+/, (quote) => " ".repeat(quote.length)));
    // A paragraph is broken by a list only where it begins at 1; `30. ` after a wrapped line is a number.
    const isItem: boolean = mark !== null && (blank || inList || mark[1] === undefined || mark[1] === "1");
    blank = text.trim() === "" || SKIPPED_LINE.test(text);
    if (blank || isRow || isItem || line !== before + 1) put("\n", line, 1);
    else put(" ", line, 1);
    before = line;
    inList = isItem || (inList && !blank);
    const number = numbers.lengthIn(text, isRow);
    if (blank && !comment) continue;
    let at = isItem ? (mark?.[0].length ?? 0) : Math.max(number, /^(?:\s*>)*/.exec(text)?.[0].length ?? 0);
    while (at < text.length) {
      if (comment) {
        const end = text.indexOf("-->", at);
        comment = end < 0;
        at = end < 0 ? text.length : end + 3;
        continue;
      }
      if (text.startsWith("<!--", at)) {
        comment = true;
        put(HIDDEN, line, at + 1);
        continue;
      }
      const { shown, length } = shownAt(text, at);
      put(shown, line, at + 1);
      at += length;
    }
    if (isRow) put("\n", line, text.length + 1);
  }
  return makeText(cased.join(""), places);
}

/** What one place of a line shows, and how much of the line that takes. */
function shownAt(text: string, at: number): { readonly shown: string; readonly length: number } {
  const character = text[at] ?? "";
  if (character === "\\" && at === text.length - 1) return { shown: "", length: 1 };
  if (character === "\\" && ESCAPED.test(text[at + 1] ?? "")) {
    return { shown: folded(text[at + 1] ?? ""), length: 2 };
  }
  if ("`]<&[".includes(character)) {
    INLINE.lastIndex = at;
    const match = INLINE.exec(text);
    if (match !== null) return { shown: inlineShown(match.groups ?? {}), length: match[0].length };
  }
  const address = addressAt(text, at);
  if (address > 0) return { shown: HIDDEN, length: address };
  if ("*_~".includes(character)) return { shown: "", length: 1 };
  if (character < "\u0080" && !((text[at + 1] ?? "") >= "\u0300"))
    return { shown: folded(character), length: 1 };
  const combined = /^.\p{M}*/su.exec(text.slice(at, at + 16))?.[0] ?? character;
  return { shown: folded(combined.normalize("NFC")), length: combined.length };
}

/** Length of the address of a page or of mail that begins at a place; 0 when none does. */
function addressAt(text: string, at: number): number {
  if (at > 0 && !" <(|:,;\t".includes(text[at - 1] ?? "")) return 0;
  if (!/[\p{L}\d]/u.test(text[at] ?? "")) return 0;
  const word = /^\S+/.exec(text.slice(at, at + LONGEST))?.[0] ?? "";
  return /@|:\/\/|www\./.test(word) ? (ADDRESS.exec(word)?.[0].length ?? 0) : 0;
}

function inlineShown(groups: Readonly<Record<string, string | undefined>>): string {
  const { code, target, note, entity } = groups;
  if (code !== undefined) return HIDDEN;
  if (target !== undefined || note !== undefined) return "";
  if (entity !== undefined) return folded(ENTITIES[entity] ?? " ");
  const point = Number(groups["decimal"] ?? `0x${groups["hex"] ?? ""}`);
  return point > 0 && point < 0x11_0000 ? folded(String.fromCodePoint(point)) : " ";
}

const INVISIBLE = /[\u00AD\u200B-\u200D\u2060\uFE00-\uFE0F\uFEFF]/gu;
const SPACE = /[\s\u00A0\u2007\u202F]/gu;

/** One character as read by machine; what nobody sees is gone. */
function folded(character: string): string {
  if (character.length === 1 && character < "\u007F") return character < " " ? " " : character;
  return character
    .replace(INVISIBLE, "")
    .replace(SPACE, " ")
    .replace(/[‘’ʼ′]/g, "'")
    .replace(/[‐‑]/g, "-")
    .replace(/\p{Nd}/gu, (digit) => digit.normalize("NFKC"));
}

function makeText(cased: string, places: readonly (readonly [number, number])[]): VisibleText {
  return {
    cased,
    lower: lowered(cased),
    placeOf: (offset) => {
      const [line, column] = places[Math.min(offset, places.length - 1)] ?? [1, 1];
      return { line, column };
    },
    without: (stretches) => {
      const units = cased.split("");
      for (const { from, to } of stretches) units.fill(HIDDEN, from, to);
      return makeText(units.join(""), places);
    },
  };
}

/** In lower case, at the same length: a few capitals have longer ones, and stay. */
function lowered(cased: string): string {
  const lower = cased.toLowerCase();
  if (lower.length === cased.length) return lower;
  return Array.from(cased, (unit) => (unit.toLowerCase().length === 1 ? unit.toLowerCase() : unit)).join("");
}
