/** What was refused, its clause, and what can be done about it. */
import type { Language, PreauError } from "@preau/kernel";

export interface SaidRefusal {
  readonly says: string;
  readonly remedy: string | undefined;
  readonly clause: string | undefined;
}

export function sayRefusal(error: PreauError, language: Language): SaidRefusal {
  return {
    says: error.entry.says[language],
    remedy: error.remedy(language),
    clause: error.clause,
  };
}
