import type { Language } from "@preau/kernel";
import { en } from "./locales/en.ts";
import { fr, type RequestTexts } from "./locales/fr.ts";

const texts: Readonly<Record<Language, RequestTexts>> = { fr, en };

/** The words of this package's pages. */
export function textsOf(language: Language): RequestTexts {
  return texts[language];
}
