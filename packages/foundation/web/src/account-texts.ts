import type { Language } from "@preau/kernel";
import { accountEn } from "./locales/account-en.ts";
import { type AccountTexts, accountFr } from "./locales/account-fr.ts";

const texts: Readonly<Record<Language, AccountTexts>> = { fr: accountFr, en: accountEn };

export function accountTexts(language: Language): AccountTexts {
  return texts[language];
}

/** A text with its `{place}` filled in. */
export function filled(text: string, place: string, value: string): string {
  return text.replace(`{${place}}`, () => value);
}
