import type { Language } from "@preau/kernel";
import type { Release } from "../ledger.ts";

export interface ReleaseQuestionsProps {
  readonly language: Language;
  readonly release: Release;
}

/** The three questions of the working party, with their figures. @clause D13.2 */
export function ReleaseQuestions(_: ReleaseQuestionsProps) {
  return null;
}
