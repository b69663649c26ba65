/** The reader's language: the cookie of the switch, then `Accept-Language` (RFC 9110 §12.5.4), then French. */
import type { Bilingual, Language } from "@preau/kernel";
import type { Request } from "express";
import { cookieOf } from "./http/cookie.ts";
import { en } from "./locales/en.ts";
import { fr, type Texts } from "./locales/fr.ts";

export const LANGUAGE_COOKIE = "preau-language";
const texts: Readonly<Record<Language, Texts>> = { fr, en };

/** The shell's words in one language. */
export function textsIn(language: Language): Texts {
  return texts[language];
}

export function isLanguage(value: unknown): value is Language {
  return value === "fr" || value === "en";
}

/** The language of a request. */
export function languageOf(request: Request): Language {
  const chosen = cookieOf(request.headers.cookie, LANGUAGE_COOKIE);
  if (isLanguage(chosen)) return chosen;
  const accepted = request.acceptsLanguages("fr", "en");
  return isLanguage(accepted) ? accepted : "fr";
}

/** One text of a pair; a plain text is the same in both languages. */
export function say(text: Bilingual | string, language: Language): string {
  return typeof text === "string" ? text : text[language];
}
