/** Everything that can be said of an agreement's folder at once: form, references, coverage, lints, chains. */
import type { Agreement } from "./agreement.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import type { Chain } from "./deadline-chains.ts";
import { AgreementInvalid, type Diagnostic, inOrder } from "./diagnostic.ts";
import { type Accepted, lintWithAccepted } from "./lint-agreement.ts";
import { locateAgreementFolder } from "./read-agreement-folder.ts";

export interface AgreementCheck {
  /** Absent when form or references are wrong; what else there is to say is then not known yet. */
  readonly agreement?: Agreement;
  /** In the order of files and places. */
  readonly diagnostics: readonly Diagnostic[];
  readonly chains: readonly Chain[];
  /** How much of the texts and of the rules is held together. */
  readonly coverage?: Coverage;
  /** Warnings that the agreement accepts, each with its reason. */
  readonly accepted: readonly Accepted[];
}

/** Checks a folder, given as its files' texts by name; never throws for what is wrong with it. */
export function checkAgreementFolder(files: ReadonlyMap<string, string>): AgreementCheck {
  try {
    const { agreement, source } = locateAgreementFolder(files);
    const { diagnostics, accepted, chains } = lintWithAccepted(agreement, source);
    const coverage = coverageOf(agreement, source);
    const found = inOrder([...coverage.diagnostics, ...diagnostics]);
    return { agreement, diagnostics: found, chains, coverage, accepted };
  } catch (error) {
    if (!(error instanceof AgreementInvalid)) throw error;
    return { diagnostics: error.diagnostics, chains: [], accepted: [] };
  }
}
