/** The files of an agreement's folder. */
import type { Language } from "@preau/kernel";

/** The rules. */
export const RULES_FILE = "agreement.yaml";

/** The text in one language; the French one is binding. */
export function textFileOf(language: Language): string {
  return `text.${language}.md`;
}
