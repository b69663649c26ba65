import type { Language } from "@preau/kernel";
import { en } from "./locales/page-en.ts";
import { fr, type PageTexts } from "./locales/page-fr.ts";

const texts: Readonly<Record<Language, PageTexts>> = { fr, en };

export function pageTextsOf(language: Language): PageTexts {
  return texts[language];
}
