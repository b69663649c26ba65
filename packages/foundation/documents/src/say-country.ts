import type { Language } from "@preau/kernel";

const names: Readonly<Record<Language, Intl.DisplayNames>> = {
  fr: new Intl.DisplayNames("fr", { type: "region" }),
  en: new Intl.DisplayNames("en", { type: "region" }),
};

/** A country by the two letters of ISO 3166; letters that name none stand for themselves. */
export function sayCountry(code: string, language: Language): string {
  return names[language].of(code) ?? code;
}
