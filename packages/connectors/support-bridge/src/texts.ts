import type { Bilingual, Language } from "@preau/kernel";
import { casesEn } from "./locales/cases-en.ts";
import { type CasesWords, casesFr } from "./locales/cases-fr.ts";
import { personEn } from "./locales/person-en.ts";
import { type PersonWords, personFr } from "./locales/person-fr.ts";

export interface SupportTexts {
  /** Of people who ask for help. */
  readonly support: PersonWords;
  /** Of agents. */
  readonly cases: CasesWords;
}

const texts: Readonly<Record<Language, SupportTexts>> = {
  fr: { support: personFr, cases: casesFr },
  en: { support: personEn, cases: casesEn },
};

/** The words of this package's pages. */
export function textsOf(language: Language): SupportTexts {
  return texts[language];
}

/** What can be done by whom the desk is not offered to. */
export const remedies: Readonly<Record<"form" | "none", Bilingual>> = {
  form: {
    en: "Load no widget. Lead the person to the support page of the hub: the answer waits there.",
    fr: "Ne chargez pas de discussion. Menez la personne à la page d’assistance de la plateforme\u202f: la réponse y attend.",
  },
  none: {
    en: "Load no widget. The person asks at their school; rights are exercised at /requests/new.",
    fr: "Ne chargez pas de discussion. La personne s’adresse à son établissement\u202f; les droits s’exercent sous /requests/new.",
  },
};

/** A word for a stable reason; what has none is said in general. */
export function wordOf(words: Readonly<Record<string, string>>, reason: string | undefined): string {
  return words[Object.hasOwn(words, reason ?? "") ? (reason ?? "") : "other"] ?? "";
}
