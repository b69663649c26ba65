/**
 * The second look's matcher: the text is cut into words, each word is looked up by a running hash, and only where a trace
 * begins with that word is the whole trace compared. Cost grows with the text, not with the number of traces.
 *
 * Before that every character is folded by a table: lower case, no accent, one Unicode form. Where a cell has escapes
 * (JSON, HTML, percent) their meaning is searched as well as the cell itself.
 */

import { openPacked } from "./look-again-packed.ts";

export interface TraceMatcher {
  /** No trace to look for. */
  readonly empty: boolean;
  /** Cells so far that hold more than was opened: packed too large, or too deep. */
  unread(): number;
  /** How many times a cell names one of the persons. */
  count(cell: unknown): number;
  /** The same for all cells of a row, and pairs of cells that hold the two halves of a name: indexes, and how many times. */
  countRow(cells: readonly unknown[], hit: (indexes: readonly number[], hits: number) => void): void;
}

/** Folded code unit by code unit: 0 is dropped, 65535 needs the slow way. */
let table: Uint16Array | undefined;
const SLOW = 65_535;
const SPACE = 32;

function foldTable(): Uint16Array {
  if (table !== undefined) return table;
  const made = new Uint16Array(65_536);
  for (let code = 0; code < 65_536; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) {
      made[code] = code;
      continue;
    }
    const folded = slowFold(String.fromCharCode(code));
    made[code] = folded.length === 0 ? 0 : folded.length === 1 ? folded.charCodeAt(0) : SLOW;
  }
  table = made;
  return made;
}

function slowFold(text: string): string {
  let out = "";
  for (const character of text.normalize("NFKD").toLowerCase()) {
    // Marks, and what is not seen at all: soft hyphens, zero-width characters, signs of direction.
    if (/\p{M}|\p{Cf}/u.test(character)) continue;
    if (/\s/u.test(character)) out += " ";
    else if ("’‘ʼ`´".includes(character)) out += "'";
    else if ("‐‑‒–−".includes(character)) out += "-";
    else out += { œ: "oe", æ: "ae", ß: "ss" }[character] ?? character;
  }
  return out;
}

/** A folded text as code units, with single spaces; the array is used again for the next text. */
interface Folded {
  units: Uint16Array;
  length: number;
}

function foldInto(target: Folded, text: string): void {
  const folds = foldTable();
  const size = text.length;
  if (target.units.length < size) target.units = new Uint16Array(size * 2);
  const { units } = target;
  let length = 0;
  for (let index = 0; index < size; index += 1) {
    const unit = folds[text.charCodeAt(index)] ?? 0;
    if (unit === SLOW) {
      foldInto(target, slowFold(text));
      return;
    }
    if (unit === 0 || (unit === SPACE && length > 0 && units[length - 1] === SPACE)) continue;
    units[length] = unit;
    length += 1;
  }
  target.length = length;
}

function stringOf({ units }: Folded, start: number, end: number): string {
  let out = "";
  for (let from = start; from < end; from += 4096)
    out += String.fromCharCode(...units.subarray(from, Math.min(end, from + 4096)));
  return out;
}

function fold(text: string): string {
  const folded: Folded = { units: new Uint16Array(text.length), length: 0 };
  foldInto(folded, text);
  return stringOf(folded, 0, folded.length);
}

let wordTable: Uint8Array | undefined;

/** 1 for letters and digits; halves of characters beyond the base plane count as letters. */
function wordUnits(): Uint8Array {
  if (wordTable !== undefined) return wordTable;
  const made = new Uint8Array(65_536);
  for (let code = 0; code < 65_536; code += 1) {
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    if (surrogate || /[\p{L}\p{N}]/u.test(String.fromCharCode(code))) made[code] = 1;
  }
  wordTable = made;
  return made;
}

const BUCKETS = 1 << 16;
/** A long word of base64's alphabet, or the escapes of a mail: most texts have neither. */
const MAY_BE_PACKED = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{20}|=[0-9A-F]{2}=[0-9A-F]{2}/;
/** Cells that name nobody repeat in the largest tables: that many of them, so long, are remembered. */
const MOST_REMEMBERED = 20_000;
const LONGEST_REMEMBERED = 300;

export function makeTraceMatcher(values: readonly string[]): TraceMatcher {
  // A sign before the first letter or digit (+33…) adds nothing to a trace.
  const folds = values.map((value) =>
    fold(value)
      .replace(/^[^\p{L}\p{N}]+/u, "")
      .trim(),
  );
  const traces = [...new Set(folds.filter((value) => value !== ""))];
  const isWord = wordUnits();
  const cellsOnly = new Set<string>();
  /** First word, then length, then the traces of that length. */
  const byFirstWord = new Map<string, Map<number, Set<string>>>();
  const firstWords = new Uint8Array(BUCKETS);
  const halfWords = new Uint8Array(BUCKETS);
  const halves = new Map<string, Set<string>>();
  for (const trace of traces) {
    // An ordinary word is too common to be searched inside texts: it counts as a whole cell.
    if (!/[0-9@._+-]| /.test(trace)) {
      cellsOnly.add(trace);
      continue;
    }
    const first = firstWordOf(trace, isWord);
    const lengths = byFirstWord.get(first) ?? new Map<number, Set<string>>();
    byFirstWord.set(first, lengths.set(trace.length, (lengths.get(trace.length) ?? new Set()).add(trace)));
    firstWords[hashOf(first)] = 1;
    if (!/[0-9@,]/.test(trace)) {
      for (let cut = trace.indexOf(" "); cut > 0; cut = trace.indexOf(" ", cut + 1)) {
        const head = trace.slice(0, cut);
        halves.set(head, (halves.get(head) ?? new Set()).add(trace.slice(cut + 1)));
        for (const half of [head, trace.slice(cut + 1)]) halfWords[hashOf(half)] = 1;
      }
    }
  }

  const folded: Folded = { units: new Uint16Array(4096), length: 0 };

  const countFolded = (): number => {
    const { units, length } = folded;
    let hits =
      cellsOnly.size > 0 && length < 300 && cellsOnly.has(stringOf(folded, 0, length).trim()) ? 1 : 0;
    let index = 0;
    while (index < length) {
      let unit = units[index] ?? 0;
      if (isWord[unit] !== 1) {
        index += 1;
        continue;
      }
      const start = index;
      let hash = 0;
      while (index < length && isWord[unit] === 1) {
        hash = (Math.imul(hash, 31) + unit) | 0;
        index += 1;
        unit = units[index] ?? 0;
      }
      if (firstWords[hash & (BUCKETS - 1)] !== 1) continue;
      const candidates = byFirstWord.get(stringOf(folded, start, index));
      if (candidates !== undefined) hits += startsHere(folded, start, candidates, isWord);
    }
    return hits;
  };

  /** The folded cell, read last, when it may be half of a name. */
  const halfName = (): string => {
    const { units, length } = folded;
    if (length === 0 || length > 120) return "";
    let hash = 0;
    for (let index = 0; index < length; index += 1) hash = (Math.imul(hash, 31) + (units[index] ?? 0)) | 0;
    return halfWords[hash & (BUCKETS - 1)] === 1 ? stringOf(folded, 0, length).trim() : "";
  };

  let unread = 0;
  const countText = (text: string): number => {
    foldInto(folded, text);
    const hits = countFolded();
    if (hits > 0 || !/[\\&%]/.test(text)) return hits;
    const meaning = withoutEscapes(text);
    if (meaning === text) return 0;
    foldInto(folded, meaning);
    return countFolded();
  };

  const count = (cell: unknown): number => {
    const text = asText(cell);
    if (text === "") {
      folded.length = 0;
      return 0;
    }
    if ((text.length >= 20 && MAY_BE_PACKED.test(text)) || Buffer.isBuffer(cell)) {
      const packed = openPacked(cell);
      if (packed.unread) unread += 1;
      for (const each of packed.texts) {
        const hits = countText(each);
        if (hits > 0) return hits;
      }
    }
    return countText(text);
  };

  /** Cells without a hit, and the half of a name that each is, if any. */
  const clear = new Map<string, string>();
  const remember = (cell: unknown, half: string): void => {
    if (typeof cell !== "string" || cell.length > LONGEST_REMEMBERED) return;
    if (clear.size >= MOST_REMEMBERED) clear.clear();
    clear.set(cell, half);
  };

  return {
    empty: traces.length === 0,
    unread: () => unread,
    count,
    countRow: (cells, hit) => {
      const heads: [number, string][] = [];
      cells.forEach((cell, index) => {
        let half = typeof cell === "string" ? clear.get(cell) : undefined;
        if (half === undefined) {
          const before = unread;
          const hits = count(cell);
          if (hits > 0) hit([index], hits);
          half = halves.size === 0 ? "" : halfName();
          if (hits === 0 && unread === before) remember(cell, half);
        }
        if (half !== "") heads.push([index, half]);
      });
      for (const [first, head] of heads) {
        const rest = halves.get(head);
        for (const [second, tail] of heads)
          if (second !== first && rest?.has(tail) === true) hit([first, second], 1);
      }
    },
  };
}

/** 1 when one of the traces stands here as whole words. */
function startsHere(
  folded: Folded,
  start: number,
  traces: ReadonlyMap<number, ReadonlySet<string>>,
  isWord: Uint8Array,
): number {
  const { units, length } = folded;
  for (const [size, same] of traces) {
    const end = start + size;
    if (end > length) continue;
    const insideWord = isWord[units[end - 1] ?? 0] === 1 && end < length && isWord[units[end] ?? 0] === 1;
    if (!insideWord && same.has(stringOf(folded, start, end))) return 1;
  }
  return 0;
}

function firstWordOf(trace: string, isWord: Uint8Array): string {
  let end = 0;
  while (end < trace.length && isWord[trace.charCodeAt(end)] === 1) end += 1;
  return trace.slice(0, end);
}

function hashOf(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index += 1)
    hash = (Math.imul(hash, 31) + word.charCodeAt(index)) | 0;
  return hash & (BUCKETS - 1);
}

function asText(cell: unknown): string {
  if (typeof cell === "string") return cell;
  return Buffer.isBuffer(cell) ? cell.toString("utf8") : "";
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ensp: " ",
  emsp: " ",
  thinsp: " ",
  shy: "",
  zwj: "",
  zwnj: "",
  hyphen: "-",
  dash: "-",
  ndash: "-",
  rsquo: "'",
  lsquo: "'",
  tab: " ",
  newline: " ",
  commat: "@",
  period: ".",
  lt: "<",
  gt: ">",
};

/** The meaning of a text with JSON, HTML and percent escapes, through as many layers as it has, up to four. */
function withoutEscapes(text: string): string {
  let now = text;
  for (let layer = 0; layer < 4 && /[\\&%]/.test(now); layer += 1) {
    const next = now
      .replace(/\\+u([0-9a-f]{4})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/\\([/"'\\])/g, "$1")
      .replace(/\\[nrtbf]/g, " ")
      .replace(
        /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi,
        (all, hex: string | undefined, decimal: string | undefined) => {
          const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
          return code <= 0x10ffff ? String.fromCodePoint(code) : all;
        },
      )
      .replace(/&([a-z])(?:acute|grave|circ|uml|cedil|tilde|ring|caron|slash);/gi, "$1")
      .replace(/&(oe|ae|sz)lig;/gi, (_all, pair: string) => (pair.toLowerCase() === "sz" ? "ss" : pair))
      .replace(/&([a-z]{2,8});/gi, (all, name: string) => NAMED[name.toLowerCase()] ?? all)
      .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
    if (next === now) break;
    now = next;
  }
  return now;
}
