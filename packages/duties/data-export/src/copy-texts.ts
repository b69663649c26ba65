/** The words of a person's copy, by language. */
import type { Language } from "@preau/kernel";
import { copyEn } from "./locales/copy-en.ts";
import { type CopyTexts, copyFr } from "./locales/copy-fr.ts";

export const copyTexts: Readonly<Record<Language, CopyTexts>> = { fr: copyFr, en: copyEn };
