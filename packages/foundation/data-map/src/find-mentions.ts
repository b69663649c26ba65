/**
 * Finding planned persons in texts, first face: one regular expression, folded into a tree of prefixes, over the text
 * with its escapes undone. (The second look has a matcher of its own, by another method.)
 *
 * A trace is found as whole words: `eleve0101` is not in `eleve01012`, nor in `xeleve0101`. Letter case, accents and
 * Unicode forms do not count. A trace that is an ordinary word counts only when it is the whole cell.
 */
import type { Traces } from "@preau/kernel";

export interface MentionFinder {
  /** True when a cell names one of the persons. */
  names(cell: string): boolean;
  /** The cell with every such text replaced by an ellipsis; the same text when there is none. */
  redact(cell: string): string;
}

/**
 * How a cell is read: as it stands; with one layer of escapes undone; with all layers of backslashes undone, for JSON
 * inside JSON. A login may hold what looks like an escape, so each reading is searched.
 */
const READINGS = [
  /[\s\S]/gu,
  /\\u([0-9a-fA-F]{4})|\\[/"'\\nrtbf]|&#x([0-9a-fA-F]{1,6});|&#([0-9]{1,7});|&([a-zA-Z]{2,8});|((?:%[0-9a-fA-F]{2})+)|[\s\S]/gu,
  /\\+u([0-9a-fA-F]{4})|\\+[/"'\\nrtbf]|&#x([0-9a-fA-F]{1,6});|&#([0-9]{1,7});|&([a-zA-Z]{2,8});|((?:%[0-9a-fA-F]{2})+)|[\s\S]/gu,
] as const;

const NAMED = new Map<string, string>([
  ["amp", "&"],
  ["apos", "'"],
  ["quot", '"'],
  ["nbsp", " "],
  ["commat", "@"],
  ["period", "."],
  ["hyphen", "-"],
  ["szlig", "ss"],
]);
const NAMED_LETTER = /^([a-zA-Z])(?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash)$|^([a-zA-Z]{2})lig$/;

const PLAIN = /^[ !-$'-[\]-_a-~]*$/; // ASCII but & % \ ` and line ends
const ESCAPED = /[\\&%]/;
const MOST_REMEMBERED = 20_000;

/** @param texts the planned persons' traces */
export function mentionFinder(texts: Traces["subjects"][number]["texts"]): MentionFinder {
  const folded = [
    ...new Set(texts.map(({ value }) => foldText(value).trim()).filter((value) => value !== "")),
  ];
  const wholeCells = new Set(folded.filter((value) => !isDistinctive(value)));
  const words = folded.filter(isDistinctive);
  const pattern =
    words.length === 0
      ? undefined
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${prefixTree(words)})(?![\\p{L}\\p{N}])`, "gu");

  const found = (text: string): boolean => {
    if (wholeCells.size > 0 && text.length < 300 && wholeCells.has(text.trim())) return true;
    if (pattern === undefined) return false;
    pattern.lastIndex = 0;
    return pattern.test(text);
  };
  // Most short cells repeat: states, components, kinds of events. Those that name nobody are remembered.
  const clear = new Set<string>();
  const names = (cell: string): boolean => {
    if (cell === "" || clear.has(cell)) return false;
    if (found(PLAIN.test(cell) ? cell.toLowerCase() : foldText(cell))) return true;
    if (ESCAPED.test(cell) && (found(meaningOf(cell, true)) || found(meaningOf(cell, false)))) return true;
    if (cell.length <= 80 && clear.size < MOST_REMEMBERED) clear.add(cell);
    return false;
  };
  const redactIn = (cell: string, units: RegExp): string => {
    const { text, from } = decode(cell, units);
    if (wholeCells.has(text.trim())) return "…";
    if (pattern === undefined) return cell;
    let out = "";
    let end = 0;
    pattern.lastIndex = 0;
    for (const match of text.matchAll(pattern)) {
      out += `${cell.slice(end, from[match.index])}…`;
      end = from[match.index + match[0].length] ?? cell.length;
    }
    return out + cell.slice(end);
  };
  const redact = (cell: string): string => (names(cell) ? READINGS.reduce(redactIn, cell) : cell);
  return { names, redact };
}

/** Enough of its own to be searched inside longer texts: a digit, a separator, or two words. */
function isDistinctive(folded: string): boolean {
  return /[\d@._+-]|\S\s+\S/u.test(folded);
}

/** Lower case, without accents, in one Unicode form, with one kind of apostrophe and hyphen, one space between words. */
export function foldText(text: string): string {
  return foldLetters(text).replace(/\s+/gu, " ");
}

const RARE = /[’‘ʼ`´‐‑‒–−œæß\u00ad]/;

function foldLetters(text: string): string {
  const letters = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  if (!RARE.test(letters)) return letters;
  return letters
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[‐‑‒–−]/g, "-")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replaceAll("\u00ad", "");
}

/** The folded meaning of a cell, and for each of its characters where it began in the cell. */
function decode(cell: string, units: RegExp): { readonly text: string; readonly from: readonly number[] } {
  let text = "";
  const from: number[] = [];
  for (const match of cell.matchAll(units)) {
    const [unit, json, hex, decimal, entity, percent] = match;
    const meaning =
      json !== undefined
        ? codePoint(Number.parseInt(json, 16))
        : hex !== undefined
          ? codePoint(Number.parseInt(hex, 16))
          : decimal !== undefined
            ? codePoint(Number(decimal))
            : entity !== undefined
              ? (named(entity) ?? unit)
              : percent !== undefined
                ? percentDecoded(percent)
                : unit.startsWith("\\") && unit.length > 1
                  ? signMeant(unit.slice(-1))
                  : unit;
    for (const character of foldLetters(meaning)) {
      const one = /\s/u.test(character) ? " " : character;
      if (one === " " && text.endsWith(" ")) continue;
      text += one;
      for (let i = 0; i < one.length; i += 1) from.push(match.index);
    }
  }
  return { text, from };
}

/** Line ends and tabs are spaces here. */
function signMeant(sign: string): string {
  return /[nrtbf]/.test(sign) ? " " : sign;
}

function backslashed(_all: string, hex: string | undefined, sign: string | undefined): string {
  return hex === undefined ? signMeant(sign ?? "") : codePoint(Number.parseInt(hex, 16));
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

function named(entity: string): string | undefined {
  const letter = NAMED_LETTER.exec(entity);
  return letter?.[1] ?? letter?.[2] ?? NAMED.get(entity);
}

function percentDecoded(run: string): string {
  return Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8");
}

/** The folded meaning alone: what `decode` gives, without keeping track of where it stood. */
function meaningOf(cell: string, allLayers: boolean): string {
  const meaning = cell
    .replace(
      allLayers ? /\\+(?:u([0-9a-fA-F]{4})|([/"'\\nrtbf]))/g : /\\(?:u([0-9a-fA-F]{4})|([/"'\\nrtbf]))/g,
      backslashed,
    )
    .replace(/&#x([0-9a-fA-F]{1,6});/g, (_all, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/&#([0-9]{1,7});/g, (_all, decimal: string) => codePoint(Number(decimal)))
    .replace(/&([a-zA-Z]{2,8});/g, (all, entity: string) => named(entity) ?? all)
    .replace(/(?:%[0-9a-fA-F]{2})+/g, percentDecoded);
  return foldText(meaning);
}

interface Tree {
  readonly next: Map<string, Tree>;
  end: boolean;
}

/** Alternatives that share their beginnings, longest first: a thousand logins cost one walk. */
function prefixTree(words: readonly string[]): string {
  const root: Tree = { next: new Map(), end: false };
  for (const word of words) {
    let node = root;
    for (const character of word) {
      const child = node.next.get(character) ?? { next: new Map<string, Tree>(), end: false };
      node.next.set(character, child);
      node = child;
    }
    node.end = true;
  }
  return print(root);

  function print(node: Tree): string {
    const branches = [...node.next].map(([character, child]) => escaped(character) + print(child));
    if (branches.length === 0) return "";
    const body = branches.length === 1 && !node.end ? (branches[0] ?? "") : `(?:${branches.join("|")})`;
    return node.end ? `${body}?` : body;
  }
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/u.test(character) ? `\\${character}` : character;
}
