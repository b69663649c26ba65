/**
 * Finding planned persons in texts, first face: the traces stand in one sorted list; where a word begins, the list is
 * searched by halves. Cost grows with the text, and with the logarithm of the traces. (The second look has a matcher of
 * its own, by another method.)
 *
 * A trace is found as whole words: `eleve0101` is not in `eleve01012`, nor in `xeleve0101`. Letter case, accents and
 * Unicode forms do not count. A trace that is an ordinary word counts only when it is the whole cell.
 */
import type { Traces } from "@preau/kernel";
import { decodeInto, decodeWithPlaces, HAS_ESCAPE, HAS_LAYERS, type Reading } from "./decode-text.ts";
import { FoldedText, foldText, wordTable } from "./fold-text.ts";

export interface MentionFinder {
  /** There is nothing to look for. */
  readonly empty: boolean;
  /** True when a cell names one of the persons; `CELL_END` separates several cells. */
  names(cells: string): boolean;
  /** The traces, folded, that stand in a value as it is, escapes left alone. */
  tracesIn(cells: string): ReadonlySet<string>;
  /** The cell with every such text replaced by an ellipsis; the same text when there is none. */
  redact(cell: string): string;
}

/** Stands between cells that are searched together. */
export const CELL_END = "\u0001";
const CELL_END_UNIT = 1;

const READINGS: readonly Reading[] = ["plain", "one", "all"];
/** Longest cell that can be an ordinary word. */
const LONGEST_WORD_CELL = 300;
const LONGEST_REMEMBERED = 300;
const MOST_REMEMBERED = 20_000;
/** Units of a trace's beginning that are looked up before the list is searched. */
const HEAD = 4;
const BUCKETS = 1 << 20;

/** @param texts the planned persons' traces */
export function mentionFinder(texts: Traces["subjects"][number]["texts"]): MentionFinder {
  const folded = new Set(texts.map(({ value }) => foldTrace(value)));
  folded.delete("");
  const wholeCells = new Set([...folded].filter((value) => !isDistinctive(value)));
  const list = sortedTraces([...folded].filter(isDistinctive));
  const isWord = wordTable();
  const buffer = new FoldedText();

  /** Whether the buffer names somebody. */
  const found = (): boolean => {
    const { units, length } = buffer;
    if (list.traces.length > 0) {
      let before = 0;
      for (let index = 0; index < length; index += 1) {
        const word = isWord[units[index] ?? 0] ?? 0;
        if (word === 1 && before === 0 && list.longestAt(buffer, index) > 0) return true;
        before = word;
      }
    }
    return wholeCells.size > 0 && eachWholeCell(buffer, (cell) => wholeCells.has(cell));
  };

  const isNamed = (cells: string): boolean => {
    buffer.fill(cells);
    if (found()) return true;
    if (!HAS_ESCAPE.test(cells)) return false;
    decodeInto(buffer, cells, "one");
    if (found()) return true;
    if (!HAS_LAYERS.test(cells)) return false;
    decodeInto(buffer, cells, "all");
    return found();
  };
  // Most rows of the largest tables repeat: kinds of events, states. Those that name nobody are remembered for a while.
  const clear = new Set<string>();
  const names = (cells: string): boolean => {
    if (cells === "" || clear.has(cells)) return false;
    if (isNamed(cells)) return true;
    if (cells.length <= LONGEST_REMEMBERED) {
      if (clear.size >= MOST_REMEMBERED) clear.clear();
      clear.add(cells);
    }
    return false;
  };

  const tracesIn = (cells: string): ReadonlySet<string> => {
    const traces = new Set<string>();
    buffer.fill(cells);
    const { units, length } = buffer;
    for (let index = 0; list.traces.length > 0 && index < length; index += 1) {
      if (isWord[units[index] ?? 0] === 1 && (index === 0 || isWord[units[index - 1] ?? 0] !== 1))
        list.eachAt(buffer, index, (trace) => traces.add(trace));
    }
    if (wholeCells.size > 0)
      eachWholeCell(buffer, (cell) => {
        if (wholeCells.has(cell)) traces.add(cell);
        return false;
      });
    return traces;
  };

  const redactIn = (cell: string, reading: Reading): string => {
    const { text, from } = decodeWithPlaces(cell, reading);
    if (wholeCells.has(text.trim())) return "…";
    buffer.fill(text);
    let out = "";
    let end = 0;
    for (let index = 0; index < text.length; index += 1) {
      if (isWord[text.charCodeAt(index)] !== 1 || (index > 0 && isWord[text.charCodeAt(index - 1)] === 1))
        continue;
      const size = list.longestAt(buffer, index);
      if (size === 0) continue;
      out += `${cell.slice(end, from[index])}…`;
      end = from[index + size] ?? cell.length;
      index += size - 1;
    }
    return out + cell.slice(end);
  };
  return {
    empty: folded.size === 0,
    names,
    tracesIn,
    redact: (cell) => (names(cell) ? READINGS.reduce(redactIn, cell) : cell),
  };
}

/** A trace as it is compared. A sign before the first letter or digit (+33…) adds nothing to it. */
export function foldTrace(value: string): string {
  return foldText(value)
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .trim();
}

/** Enough of its own to be searched inside longer texts: a digit, a separator, or two words. */
export function isDistinctive(folded: string): boolean {
  return folded.length >= HEAD && /[\d@._+-]|\S\s+\S/u.test(folded);
}

/** Calls for each cell that is short enough to be an ordinary word, until one is true. */
function eachWholeCell(buffer: FoldedText, is: (cell: string) => boolean): boolean {
  const { units, length } = buffer;
  for (let start = 0; start < length; ) {
    let end = start;
    while (end < length && units[end] !== CELL_END_UNIT) end += 1;
    if (end > start && end - start < LONGEST_WORD_CELL && is(buffer.slice(start, end).trim())) return true;
    start = end + 1;
  }
  return false;
}

export interface SortedTraces {
  readonly traces: readonly string[];
  /** Units of the longest trace that stands at this place as whole words; 0 for none. */
  longestAt(text: FoldedText, at: number): number;
  /** Every trace that stands at this place as whole words, the longest first. */
  eachAt(text: FoldedText, at: number, call: (trace: string) => void): void;
}

export function sortedTraces(words: readonly string[]): SortedTraces {
  const traces = [...words].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const isWord = wordTable();
  const heads = new Uint8Array(traces.length === 0 ? 1 : BUCKETS);
  /** For each trace the longest other one with which it begins, or -1. */
  const beginsWith = new Int32Array(traces.length);
  const open: number[] = [];
  traces.forEach((trace, index) => {
    heads[headOf(trace.charCodeAt(0), trace.charCodeAt(1), trace.charCodeAt(2), trace.charCodeAt(3))] = 1;
    while (open.length > 0 && !trace.startsWith(traces[open.at(-1) ?? 0] ?? "")) open.pop();
    beginsWith[index] = open.at(-1) ?? -1;
    open.push(index);
  });

  /** Calls for each trace at a place, the longest first, until one is true. */
  const someAt = (text: FoldedText, at: number, is: (trace: string) => boolean): boolean => {
    const { units, length } = text;
    if (at + HEAD > length) return false;
    const head = headOf(units[at] ?? 0, units[at + 1] ?? 0, units[at + 2] ?? 0, units[at + 3] ?? 0);
    if (heads[head] !== 1) return false;
    // The last trace that does not come after the text: every trace with which the text begins is a beginning of it.
    let [low, high] = [0, traces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comesAfter(traces[middle] ?? "", units, at, length)) high = middle;
      else low = middle + 1;
    }
    for (let index = low - 1; index >= 0; index = beginsWith[index] ?? -1) {
      const trace = traces[index] ?? "";
      const end = at + trace.length;
      if (!standsAt(trace, units, at, length)) continue;
      const cut = end < length && isWord[units[end - 1] ?? 0] === 1 && isWord[units[end] ?? 0] === 1;
      if (!cut && is(trace)) return true;
    }
    return false;
  };
  const longestAt = (text: FoldedText, at: number): number => {
    let size = 0;
    someAt(text, at, (trace) => {
      size = trace.length;
      return true;
    });
    return size;
  };
  const eachAt = (text: FoldedText, at: number, call: (trace: string) => void) => {
    someAt(text, at, (trace) => {
      call(trace);
      return false;
    });
  };
  return { traces, longestAt, eachAt };
}

function headOf(a: number, b: number, c: number, d: number): number {
  return (Math.imul(Math.imul(Math.imul(a, 31) + b, 31) + c, 0x9e3779b1) + Math.imul(d, 0x85ebca6b)) >>> 12;
}

function comesAfter(trace: string, units: Uint16Array, at: number, length: number): boolean {
  const size = Math.min(trace.length, length - at);
  for (let index = 0; index < size; index += 1) {
    const difference = trace.charCodeAt(index) - (units[at + index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return trace.length > size;
}

function standsAt(trace: string, units: Uint16Array, at: number, length: number): boolean {
  if (at + trace.length > length) return false;
  for (let index = 0; index < trace.length; index += 1) {
    if (trace.charCodeAt(index) !== units[at + index]) return false;
  }
  return true;
}
