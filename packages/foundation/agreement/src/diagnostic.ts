/** What is wrong with an agreement file, where, and what to do: a list, so that one reading shows everything. */
import { type Bilingual, type Language, PreauError } from "@preau/kernel";
import type { CoverageCode } from "./coverage-words.ts";
import { errors } from "./errors.ts";
import type { LintCode } from "./lints.ts";

/** `error`: it cannot hold as written. `warning`: it can be read in two ways, or leaves something out. `unknown`: nobody has said. */
export type Severity = "error" | "warning" | "unknown";

/** Faults of form and of reference: with one of these there is no agreement at all. */
export type FormCode =
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

export type DiagnosticCode = FormCode | CoverageCode | LintCode | "ACCEPTANCE_WITHOUT_EFFECT";

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
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

const SEVERITIES: Readonly<Record<Severity, Bilingual>> = {
  error: { en: "error", fr: "erreur" },
  warning: { en: "warning", fr: "avertissement" },
  unknown: { en: "unknown", fr: "inconnu" },
};

/** One diagnostic a paragraph: `file:line:column severity CODE [clause] sentence`, and the remedy below it. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], language: Language): string {
  return diagnostics
    .map((each) => {
      const clause = each.clause === undefined ? "" : ` [${each.clause}]`;
      const severity = SEVERITIES[each.severity][language];
      return `${placeOf(each)} ${severity} ${each.code}${clause} ${each.says[language]}\n  → ${each.remedy[language]}\n`;
    })
    .join("");
}

/** By file, then by place. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) => a.file.localeCompare(b.file, "en") || a.line - b.line || a.column - b.column,
  );
}

function placeOf({ file, line, column }: Diagnostic): string {
  return `${file}:${line}:${column}`;
}
