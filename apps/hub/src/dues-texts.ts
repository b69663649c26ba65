/** The words of what is due, by language. */
import type { Language } from "@preau/kernel";
import { duesEn } from "./locales/dues-en.ts";
import { type DuesTexts, duesFr } from "./locales/dues-fr.ts";

const texts: Readonly<Record<Language, DuesTexts>> = { fr: duesFr, en: duesEn };

export function duesTextsOf(language: Language): DuesTexts {
  return texts[language];
}
