/** Words looked for in the text of a clause, over the ends of its lines, and pointed at with line and column. */
import type { ClauseSection } from "./clause-sections.ts";

export interface TextMatch {
  /** The words found, on one line. */
  readonly words: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** Every match of a global pattern under one heading. Write a space in it as `\s+`: lines may break there. */
export function matchesIn({ body }: ClauseSection, pattern: RegExp): readonly TextMatch[] {
  const text = body.map((line) => line.text).join("\n");
  return [...text.matchAll(pattern)].map((match) => {
    const before = text.slice(0, match.index).split("\n");
    return {
      words: match[0].replace(/\s+/g, " "),
      line: body[before.length - 1]?.line ?? 1,
      column: (before.at(-1) ?? "").length + 1,
    };
  });
}
