/** Every lint run over one agreement; what the parties have accepted, with a reason, is set apart and not lost. */
import type { Bilingual } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import { clauseSections } from "./clause-sections.ts";
import { type Chain, solveChains } from "./deadline-chains.ts";
import { type Diagnostic, inOrder } from "./diagnostic.ts";
import type { Finding, Lint, LintScope } from "./lint.ts";
import { type LintCode, lints } from "./lints.ts";
import { textFileOf } from "./text-files.ts";
import { visibleText } from "./visible-text.ts";
import type { YamlSource } from "./yaml-source.ts";

/** A text can hold a vague word a hundred thousand times; nobody reads further than this. */
const MOST_OF_ONE_LINT = 500;

/** A warning that the parties know of, and why they leave it. */
export interface Accepted {
  readonly diagnostic: Diagnostic;
  readonly why: Bilingual;
}

/** What the lints find in an agreement, in the order of its files, without the warnings that it accepts. */
export function lintAgreement(agreement: Agreement, source: YamlSource): readonly Diagnostic[] {
  return lintWithAccepted(agreement, source).diagnostics;
}

/** What the lints find, the warnings that are accepted, and the chains that were solved on the way. */
interface Linted {
  readonly diagnostics: readonly Diagnostic[];
  readonly accepted: readonly Accepted[];
  readonly chains: readonly Chain[];
}

/** The same, with the accepted warnings beside it. Only a warning can be accepted: what cannot hold, or is not known, stays. */
export function lintWithAccepted(agreement: Agreement, source: YamlSource): Linted {
  const scope = scopeOf(agreement);
  const diagnostics: Diagnostic[] = [];
  const accepted: Accepted[] = [];
  const listed = new Map<string, number>();
  const used = new Set<number>();
  for (const diagnostic of findAll(scope, source)) {
    const index = agreement.accepted.findIndex(
      ({ lint, clause }) =>
        diagnostic.severity === "warning" &&
        lint === diagnostic.code &&
        (clause === undefined || diagnostic.clause === undefined || clause === diagnostic.clause),
    );
    const acceptance = agreement.accepted[index];
    if (acceptance === undefined) {
      const before = listed.get(diagnostic.code) ?? 0;
      listed.set(diagnostic.code, before + 1);
      if (before < MOST_OF_ONE_LINT) diagnostics.push(diagnostic);
    } else {
      used.add(index);
      accepted.push({ diagnostic, why: acceptance.why });
    }
  }
  agreement.accepted.forEach((_, index) => {
    if (!used.has(index)) diagnostics.push(withoutEffect(agreement, source, index));
  });
  return { diagnostics: inOrder(diagnostics), accepted, chains: scope.chains };
}

function scopeOf(agreement: Agreement): LintScope {
  return {
    agreement,
    texts: (["fr", "en"] as const).flatMap((language) =>
      clauseSections(agreement.texts[language] ?? "").flatMap(({ clause, body }) =>
        clause === undefined
          ? []
          : [{ language, file: textFileOf(language), clause, visible: visibleText(body) }],
      ),
    ),
    chains: solveChains(agreement),
  };
}

function findAll(scope: LintScope, source: YamlSource): readonly Diagnostic[] {
  return (Object.entries(lints) as [LintCode, Lint][]).flatMap(([code, lint]) =>
    lint.of === "both" || lint.of === scope.agreement.kind
      ? lint.find(scope).map((finding) => diagnosticOf(code, lint, finding, source))
      : [],
  );
}

function diagnosticOf(code: LintCode, lint: Lint, finding: Finding, source: YamlSource): Diagnostic {
  const { at, clause, says, remedy } = finding;
  const place = "file" in at ? at : { file: source.file, ...source.positionOf(at) };
  return {
    code,
    severity: lint.severity,
    ...place,
    ...(clause === undefined ? {} : { clause }),
    says,
    remedy,
  };
}

function withoutEffect({ accepted }: Agreement, source: YamlSource, index: number): Diagnostic {
  const { lint, clause } = accepted[index] ?? { lint: "" };
  return {
    code: "ACCEPTANCE_WITHOUT_EFFECT",
    severity: "warning",
    file: source.file,
    ...source.positionOf(["accepted", index]),
    ...(clause === undefined ? {} : { clause }),
    says: {
      en: `Nothing here gives rise to the warning ${lint}, so that accepting it does nothing.`,
      fr: `Rien ne donne lieu à l’avertissement ${lint} : l’accepter est sans effet.`,
    },
    remedy: {
      en: "Remove the entry. Only a warning can be accepted, not an error and not what is unknown.",
      fr: "Retirez l’entrée. Seul un avertissement s’accepte, ni une erreur ni une inconnue.",
    },
  };
}
