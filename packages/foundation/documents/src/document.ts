/**
 * A document before it has a form: what it says, with its dates, periods and figures as values, and the clause that each
 * statement comes from. `render-markdown.ts`, `render-html.ts` and `render-pdf.ts` give it a form.
 */
import type { Duration, LocalDate } from "@preau/calendar";
import type { Instant, Language } from "@preau/kernel";

/** A word, or a value that each language writes in its own way. */
export type Piece =
  | string
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "soft"; readonly text: string }
  /** What the data does not hold: said, and never left blank. */
  | { readonly kind: "unknown"; readonly text: string }
  | { readonly kind: "day"; readonly date: LocalDate }
  /** With its weekday. */
  | { readonly kind: "fullDay"; readonly date: LocalDate }
  | { readonly kind: "moment"; readonly at: Instant; readonly zone: string }
  | { readonly kind: "period"; readonly duration: Duration }
  | { readonly kind: "figure"; readonly number: number }
  /** Fourteen digits, of which nine name the company. */
  | { readonly kind: "siret"; readonly digits: string }
  | { readonly kind: "clause"; readonly id: string };

/** One line of text; it breaks where the page is too narrow. */
export type Line = readonly Piece[];
/** Lines under each other. */
export type Cell = readonly Line[];

export interface Entry {
  readonly term: string;
  readonly value: Cell;
  readonly clause?: string | undefined;
}

export interface Column {
  readonly title: string;
  /** Figures stand at the end of their column, so that they can be compared. */
  readonly align?: "end";
}

export interface Table {
  readonly kind: "table";
  /** What the table is, for whoever cannot see it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly Cell[])[];
  /** Said in the place of a table without rows. */
  readonly empty: string;
}

export type Block =
  | {
      readonly kind: "heading";
      readonly level: 2 | 3 | 4;
      readonly text: string;
      readonly clauses: readonly string[];
      /** On a new page, where the form has pages. */
      readonly startsPage: boolean;
    }
  | { readonly kind: "paragraph"; readonly line: Line; readonly clauses: readonly string[] }
  /** What a reader must not miss. */
  | { readonly kind: "note"; readonly line: Line; readonly clauses: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly Line[] }
  | { readonly kind: "definitions"; readonly entries: readonly Entry[] }
  /** What few readers need: a page shows it to whoever opens it, paper always. */
  | { readonly kind: "folded"; readonly title: string; readonly blocks: readonly Block[] }
  | Table;

/** As it stands on paper, where nothing is folded. */
export type OpenBlock = Exclude<Block, { readonly kind: "folded" }>;

/** Something that the data does not hold, and the clause that asks for it. */
export interface Gap {
  readonly says: string;
  readonly clause: string;
}

export interface Document {
  readonly language: Language;
  readonly title: string;
  /** Between whom, or of whom; under the title and at the head of each page. */
  readonly subtitle: string;
  /** What it rests on: the agreement, its fingerprint, the day. */
  readonly facts: readonly Entry[];
  readonly blocks: readonly Block[];
  readonly gaps: readonly Gap[];
  /** A page begins with links to its headings of level 2; a PDF has its bookmarks. */
  readonly contents?: true;
  readonly madeAt: Instant;
}
