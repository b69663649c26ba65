import type { Language } from "@preau/kernel";
import { en } from "./locales/en.ts";
import { type ExportTexts, fr } from "./locales/fr.ts";

const texts: Readonly<Record<Language, ExportTexts>> = { fr, en };

export function textsOf(language: Language): ExportTexts {
  return texts[language];
}
