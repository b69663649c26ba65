/** One lint with an agreement that has the defect and one that has not. */
import type { LintCode } from "../src/index.ts";
import type { Draft } from "./minimal-agreement.ts";

export interface LintCase {
  readonly code: LintCode;
  readonly defect: string;
  readonly broken: Draft;
  readonly fixed: Draft;
}

/** Sections of the rules that have the defect, and that have it not. */
export const rules = (broken: Draft["rules"], fixed: Draft["rules"]) => ({
  broken: broken === undefined ? {} : { rules: broken },
  fixed: fixed === undefined ? {} : { rules: fixed },
});

/** French words under a clause that have the defect, and that have it not. */
export const words = (clause: string, broken: string, fixed: string) => ({
  broken: { fr: { [clause]: broken } },
  fixed: { fr: { [clause]: fixed } },
});
