import type { Language } from "@preau/kernel";
import { en } from "./locales/en.ts";
import { fr, type RetentionTexts } from "./locales/fr.ts";

const texts: Readonly<Record<Language, RetentionTexts>> = { fr, en };

export function textsOf(language: Language): RetentionTexts {
  return texts[language];
}
