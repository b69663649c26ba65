/**
 * What a page says when a request has come in: that it did, and who answers. The same bytes whoever asks, whatever they ask and
 * whether anybody knows them or their school: nobody learns from it who is whose client. It is no answer to the request, is
 * shown once on the page that took it in, and is never sent. @clause D10.1c
 */
import type { Language } from "@preau/kernel";
import { acknowledgement as en } from "./locales/acknowledgement-en.ts";
import { acknowledgement as fr } from "./locales/acknowledgement-fr.ts";

export interface Acknowledgement {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const TEXTS: Readonly<Record<Language, Acknowledgement>> = { en, fr };

/** @clause D10.1c */
export function acknowledgementIn(language: Language): Acknowledgement {
  return TEXTS[language];
}
