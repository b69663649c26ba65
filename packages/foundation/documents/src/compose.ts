/** Short words with which documents are written. */
import type { Duration, LocalDate } from "@preau/calendar";
import type { Instant } from "@preau/kernel";
import type { Block, Cell, Column, Entry, Line, OpenBlock, Piece, Table } from "./document.ts";

export const strong = (text: string): Piece => ({ kind: "strong", text });
export const soft = (text: string): Piece => ({ kind: "soft", text });
export const unknown = (text: string): Piece => ({ kind: "unknown", text });
export const day = (date: LocalDate): Piece => ({ kind: "day", date });
export const fullDay = (date: LocalDate): Piece => ({ kind: "fullDay", date });
export const moment = (at: Instant, zone: string): Piece => ({ kind: "moment", at, zone });
export const period = (duration: Duration): Piece => ({ kind: "period", duration });
export const figure = (number: number): Piece => ({ kind: "figure", number });
export const siret = (digits: string): Piece => ({ kind: "siret", digits });
export const clause = (id: string): Piece => ({ kind: "clause", id });

/** A cell of one line. */
export const cell = (...pieces: readonly Piece[]): Cell => [pieces];
/** A cell of one line a text. */
export const lines = (texts: readonly string[]): Cell => texts.map((text) => [text]);

export function entry(term: string, value: Cell | Piece, from?: string): Entry {
  return { term, value: isCell(value) ? value : [[value]], clause: from };
}

export const heading = (
  level: 2 | 3 | 4,
  text: string,
  from: readonly string[] = [],
): Extract<Block, { kind: "heading" }> => ({
  kind: "heading",
  level,
  text,
  clauses: [...new Set(from)],
  startsPage: false,
});
export const paragraph = (line: Line | string, ...from: readonly string[]): Block => ({
  kind: "paragraph",
  line: typeof line === "string" ? [line] : line,
  clauses: from,
});
export const note = (line: Line | string, ...from: readonly string[]): Block => ({
  kind: "note",
  line: typeof line === "string" ? [line] : line,
  clauses: from,
});
export const list = (items: readonly Line[]): Block => ({ kind: "list", items });
export const definitions = (entries: readonly Entry[]): Block => ({ kind: "definitions", entries });

export const folded = (title: string, blocks: readonly Block[]): Block => ({ kind: "folded", title, blocks });

/** On paper nothing is folded: what was stands under a heading. */
export function unfold(blocks: readonly Block[]): readonly OpenBlock[] {
  return blocks.flatMap((block) =>
    block.kind === "folded" ? [heading(3, block.title), ...unfold(block.blocks)] : [block],
  );
}

/** Columns by title; one whose title begins with `>` holds figures. */
export function table(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Cell[])[],
  empty: string,
): Table {
  const columns = titles.map(
    (title): Column => (title.startsWith(">") ? { title: title.slice(1), align: "end" } : { title }),
  );
  return { kind: "table", caption, columns, rows, empty };
}

function isCell(value: Cell | Piece): value is Cell {
  return Array.isArray(value);
}
