/** A case whose words are not those of the person whose session it was: a child or a parent wrote there. @clause DC, D10.1c */
import type { SupportCase } from "./support-case.ts";

/** Why a case stands so, where somebody else seems to have written. */
export const SOMEBODY_ELSES: readonly string[] = ["CHILD", "PARENT"];

/** Nothing of it is shown to the session's person, and nothing answered. */
export function isSomebodyElses({ reason = "" }: Pick<SupportCase, "reason">): boolean {
  return SOMEBODY_ELSES.includes(reason);
}
