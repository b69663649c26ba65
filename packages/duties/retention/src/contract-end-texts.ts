import type { Language } from "@preau/kernel";
import { contractEndEn } from "./locales/contract-end-en.ts";
import { type ContractEndTexts, contractEndFr } from "./locales/contract-end-fr.ts";

export function contractEndTextsOf(language: Language): ContractEndTexts {
  return language === "fr" ? contractEndFr : contractEndEn;
}
