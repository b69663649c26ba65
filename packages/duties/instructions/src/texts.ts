import type { Language } from "@preau/kernel";
import { en } from "./locales/en.ts";
import { fr, type InstructionsTexts } from "./locales/fr.ts";

const texts: Readonly<Record<Language, InstructionsTexts>> = { fr, en };

export function textsOf(language: Language): InstructionsTexts {
  return texts[language];
}
