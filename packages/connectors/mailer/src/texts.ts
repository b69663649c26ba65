import type { Language } from "@preau/kernel";
import { en, messageWords as enWords } from "./locales/en.ts";
import { fr, messageWords as frWords, type MailTexts, type MessageWords } from "./locales/fr.ts";

const texts: Readonly<Record<Language, MailTexts>> = { fr, en };
const words: Readonly<Record<Language, MessageWords>> = { fr: frWords, en: enWords };

export function textsOf(language: Language): MailTexts {
  return texts[language];
}

/** What stands around every message. */
export function messageWordsOf(language: Language): MessageWords {
  return words[language];
}
