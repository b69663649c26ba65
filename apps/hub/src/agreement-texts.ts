/** The words of the agreement's pages, and those of what an agreement file names by a code. */
import type { Agreement } from "@preau/agreement";
import type { Duration, DurationUnit, Region } from "@preau/calendar";
import type { Bilingual, Language, Operation } from "@preau/kernel";
import { sayNumber } from "@preau/web";
import type { Start } from "./clause-rules.ts";
import { agreementEn } from "./locales/agreement-en.ts";
import { type AgreementTexts, agreementFr } from "./locales/agreement-fr.ts";

const texts: Readonly<Record<Language, AgreementTexts>> = { fr: agreementFr, en: agreementEn };

export type { AgreementTexts };

export function agreementTextsOf(language: Language): AgreementTexts {
  return texts[language];
}

type Words<K extends string> = Readonly<Record<K, Bilingual>>;
type Forms = Readonly<Record<Language, readonly [one: string, many: string]>>;

const units: Readonly<Record<DurationUnit, Forms>> = {
  hours: { fr: ["heure", "heures"], en: ["hour", "hours"] },
  days: { fr: ["jour", "jours"], en: ["day", "days"] },
  workingDays: { fr: ["jour ouvré", "jours ouvrés"], en: ["working day", "working days"] },
  months: { fr: ["mois", "mois"], en: ["month", "months"] },
  years: { fr: ["an", "ans"], en: ["year", "years"] },
};

/** `7 jours ouvrés` · `7 working days`. */
export function sayPeriod({ unit, amount }: Duration, language: Language): string {
  const [one, many] = units[unit][language];
  return `${sayNumber(amount, language)}\u00a0${amount === 1 ? one : many}`;
}

/** `chaque jour`, `tous les 7 jours` · `every day`, `every 7 days`. */
export function sayEvery(duration: Duration, language: Language): string {
  const [one] = units[duration.unit][language];
  if (duration.amount === 1) return language === "fr" ? `chaque ${one}` : `every ${one}`;
  const said = sayPeriod(duration, language);
  return language === "fr" ? `tous les ${said}` : `every ${said}`;
}

export const startWords: Words<Start> = {
  accountDeleted: { fr: "la suppression du compte", en: "the deletion of the account" },
  liveDataDeleted: {
    fr: "la suppression des données du service",
    en: "the deletion of the data from the service",
  },
  lastActivity: { fr: "la dernière activité du compte", en: "the last activity of the account" },
  contractEnded: { fr: "la fin du contrat", en: "the end of the contract" },
  schoolYearEnded: { fr: "la fin de l’année scolaire", en: "the end of the school year" },
  loadingAccepted: { fr: "la vérification du service", en: "the verification of the service" },
  presalesClosed: { fr: "la fin de l’avant-vente", en: "the end of presales" },
  entryRecorded: { fr: "l’inscription au journal", en: "the entry in the log" },
  entryArchived: { fr: "l’archivage de l’inscription", en: "the archiving of the entry" },
  backupMade: { fr: "la sauvegarde", en: "the backup" },
  caseClosed: { fr: "la clôture du dossier", en: "the closing of the case" },
  announcementReceived: { fr: "la réception de l’annonce", en: "the receipt of the announcement" },
  requestReceived: { fr: "la réception de la demande", en: "the receipt of the request" },
  processorAware: {
    fr: "le moment où le sous-traitant en a connaissance",
    en: "the moment the processor becomes aware",
  },
  controllerAware: {
    fr: "le moment où le responsable de traitement en a connaissance",
    en: "the moment the controller becomes aware",
  },
  auditAnnounced: { fr: "l’annonce de l’audit", en: "the announcement of the audit" },
  sampleReceived: { fr: "la réception de l’échantillon", en: "the receipt of the sample" },
  lastReview: { fr: "la dernière revue", en: "the last review" },
  packageMade: { fr: "la fabrication du paquet", en: "the making of the package" },
  linkMade: { fr: "la création du lien", en: "the making of the link" },
  answerDue: { fr: "l’échéance de la réponse", en: "the day on which the answer is due" },
};

export const evidenceWords: Words<NonNullable<Agreement["retention"][number]["kinds"]>[number]> = {
  consent: { fr: "consentements", en: "consents" },
  instruction: { fr: "instructions", en: "instructions" },
  breach: { fr: "violations", en: "breaches" },
  receipt: { fr: "reçus d’effacement", en: "deletion receipts" },
  notice: { fr: "annonces", en: "announcements" },
  checkpoint: { fr: "états signés du journal", en: "signed states of the log" },
};

export const storeWords: Words<Agreement["retention"][number]["store"]> = {
  live: { fr: "données du service", en: "live data" },
  backups: { fr: "sauvegardes", en: "backups" },
  activityLog: { fr: "journal d’activité", en: "activity log" },
  loadingData: { fr: "données de chargement", en: "loading data" },
  samples: { fr: "échantillons", en: "samples" },
  evidence: { fr: "preuves", en: "evidence" },
};

export const generationWords: Words<"daily" | "weekly" | "monthly"> = {
  daily: { fr: "quotidiennes", en: "daily" },
  weekly: { fr: "hebdomadaires", en: "weekly" },
  monthly: { fr: "mensuelles", en: "monthly" },
};

export const operationWords: Words<Operation> = {
  store: { fr: "conserver", en: "store" },
  show: { fr: "afficher", en: "show" },
  send: { fr: "envoyer", en: "send" },
  export: { fr: "exporter", en: "export" },
  answer: { fr: "répondre", en: "answer" },
  erase: { fr: "effacer", en: "erase" },
  return: { fr: "restituer", en: "return" },
};

export const originWords: Words<"gar" | "outsideGar"> = {
  gar: { fr: "par le GAR", en: "through GAR" },
  outsideGar: { fr: "hors GAR", en: "outside GAR" },
};

export const regionWords: Words<Region> = {
  metropole: { fr: "France métropolitaine", en: "mainland France" },
  "alsace-moselle": { fr: "Alsace-Moselle", en: "Alsace-Moselle" },
  guadeloupe: { fr: "Guadeloupe", en: "Guadeloupe" },
  guyane: { fr: "Guyane", en: "French Guiana" },
  "la-reunion": { fr: "La Réunion", en: "Réunion" },
  martinique: { fr: "Martinique", en: "Martinique" },
  mayotte: { fr: "Mayotte", en: "Mayotte" },
  "saint-barthelemy": { fr: "Saint-Barthélemy", en: "Saint Barthélemy" },
  "saint-martin": { fr: "Saint-Martin", en: "Saint Martin" },
  "saint-pierre-et-miquelon": { fr: "Saint-Pierre-et-Miquelon", en: "Saint Pierre and Miquelon" },
};

/** The words of an id that the agreement declares. */
export function titleIn(
  terms: readonly { readonly id: string; readonly fr: string; readonly en: string }[],
  id: string,
  language: Language,
): string {
  return terms.find((each) => each.id === id)?.[language] ?? id;
}

/** `Enseignant, par le GAR`. */
export function sayRow(agreement: Agreement, row: Agreement["annexB"][number], language: Language): string {
  return `${titleIn(agreement.roles, row.role, language)}, ${originWords[row.origin][language]}`;
}
