import type { Language } from "@preau/kernel";
import { en } from "../locales/en.ts";
import { type AccountTexts, fr } from "../locales/fr.ts";

const texts: Readonly<Record<Language, AccountTexts>> = { fr, en };

export function accountTextsOf(language: Language): AccountTexts {
  return texts[language];
}
