/** Words looked for in the text of a clause as a reader sees it, over the ends of its lines, with line and column. */
import type { VisibleText } from "./visible-text.ts";

export interface TextMatch {
  /** The words found, on one line, with the apostrophe of print. */
  readonly words: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** Where it begins in the visible text. */
  readonly offset: number;
}

/** Every match of a global pattern. Write a space in it as `\s+`, an apostrophe as `'`, and bound what repeats. */
export function matchesIn(text: VisibleText, pattern: RegExp): readonly TextMatch[] {
  return [...text.cased.matchAll(pattern)].map(({ index, 0: words }) => ({
    words: words.replace(/\s+/g, " ").replaceAll("'", "’").trim(),
    ...text.placeOf(index),
    offset: index,
  }));
}
