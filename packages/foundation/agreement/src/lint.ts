/** What a lint is: one contradiction or gap that an agreement can have, looked for in its rules and in its words. */
import type { Bilingual, Language } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import type { Chain } from "./deadline-chains.ts";
import type { Severity } from "./diagnostic.ts";
import type { VisibleText } from "./visible-text.ts";

/** A path into `agreement.yaml`. */
export type Path = readonly (string | number)[];

/** One place where a lint holds. */
export interface Finding {
  /** In the rules, or in the text, with line and column from 1. */
  readonly at: Path | { readonly file: string; readonly line: number; readonly column: number };
  readonly clause?: string;
  readonly says: Bilingual;
  readonly remedy: Bilingual;
}

/** What stands under one heading that bears a clause, in one language. */
export interface ClauseText {
  readonly language: Language;
  readonly file: string;
  readonly clause: string;
  readonly visible: VisibleText;
}

/** What a lint may look at. */
export interface LintScope {
  readonly agreement: Agreement;
  readonly texts: readonly ClauseText[];
  readonly chains: readonly Chain[];
}

export interface Lint {
  readonly severity: Severity;
  /** What it concerns: agreements with controllers, policies, or both. */
  readonly of: "agreement" | "policy" | "both";
  readonly find: (scope: LintScope) => readonly Finding[];
}
