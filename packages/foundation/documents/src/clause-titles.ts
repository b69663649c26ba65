/** What the text of an agreement calls a clause: the words of its heading, `### D8.3 · Opposition`. */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";

const HEADING = /^#{2,6} ([A-Z][A-Za-z0-9]*(?:\.[A-Za-z0-9-]+)*) · (\S.*)$/gmu;

/** By clause, in one language; in French where the agreement has no text in the other. */
export function clauseTitles({ texts }: Agreement, language: Language): ReadonlyMap<string, string> {
  const text = texts[language] ?? texts.fr ?? "";
  return new Map(
    [...text.matchAll(HEADING)].map(([, clause = "", title = ""]) => [clause, title.trim()] as const),
  );
}
