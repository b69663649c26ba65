/** What is wrong with an agreement file, where, and what to do: a list, so that one reading shows everything. */
import { type Bilingual, type Language, PreauError } from "@preau/kernel";
import { errors } from "./errors.ts";

export type DiagnosticCode =
  | "SYNTAX"
  | "TOO_LARGE"
  | "TOO_DEEP"
  | "NOT_PLAIN"
  | "UNKNOWN_KEY"
  | "MISSING"
  | "BAD_VALUE"
  | "DUPLICATE"
  | "UNKNOWN_WORD"
  | "UNKNOWN_CLAUSE"
  | "MISSING_FILE"
  | "HEADING_WITHOUT_CLAUSE";

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** The clause of the entry that is wrong, when it names one. */
  readonly clause?: string;
  readonly says: Bilingual;
  readonly remedy: Bilingual;
}

/** AGREEMENT_INVALID with everything that was found; its place and clause are those of the first. */
export class AgreementInvalid extends PreauError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const first = diagnostics[0];
    super("AGREEMENT_INVALID", errors.AGREEMENT_INVALID, {
      clause: first?.clause,
      place: first === undefined ? undefined : placeOf(first),
      remedy: first?.remedy,
      log: { diagnostics: diagnostics.length },
    });
    this.diagnostics = diagnostics;
  }
}

/** One diagnostic a paragraph: `file:line:column CODE [clause] sentence`, and the remedy below it. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], language: Language): string {
  return diagnostics
    .map((each) => {
      const clause = each.clause === undefined ? "" : ` [${each.clause}]`;
      return `${placeOf(each)} ${each.code}${clause} ${each.says[language]}\n  → ${each.remedy[language]}\n`;
    })
    .join("");
}

function placeOf({ file, line, column }: Diagnostic): string {
  return `${file}:${line}:${column}`;
}
