import type { Language } from "@preau/kernel";
import { en } from "./locales/en.ts";
import { type AnonymisationTexts, fr } from "./locales/fr.ts";

const texts: Readonly<Record<Language, AnonymisationTexts>> = { fr, en };

export function textsOf(language: Language): AnonymisationTexts {
  return texts[language];
}
