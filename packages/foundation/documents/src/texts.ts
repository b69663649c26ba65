/** The words of documents, by language. */
import type { Language } from "@preau/kernel";
import { documentEn } from "./locales/en.ts";
import { type DocumentTexts, documentFr } from "./locales/fr.ts";

export type { DocumentTexts } from "./locales/fr.ts";

export const documentTexts: Readonly<Record<Language, DocumentTexts>> = { fr: documentFr, en: documentEn };
