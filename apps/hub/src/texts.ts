import type { Language } from "@preau/kernel";
import { en } from "./locales/en.ts";
import { fr, type HubTexts } from "./locales/fr.ts";

const texts: Readonly<Record<Language, HubTexts>> = { fr, en };

export function textsOf(language: Language): HubTexts {
  return texts[language];
}
