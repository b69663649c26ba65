/** The words of notices, in mails and on pages. */
import type { Bilingual, Language, Operation } from "@preau/kernel";
import type { ChangeKind } from "./change.ts";

const fr = {
  what: "Changement",
  kinds: {
    add: "Un sous-traitant s’ajoute",
    replace: "Un sous-traitant en remplace un autre",
    extendScope: "Le périmètre d’un sous-traitant s’étend",
    transfer: "Des données partent vers un pays tiers",
  } satisfies Record<ChangeKind, string>,
  who: "Sous-traitant",
  replaces: "Remplace",
  activity: "Activité",
  origins: "Personnes",
  originsOf: {
    everyOrigin: "Toutes, y compris celles qui viennent du GAR",
    outsideGarOnly: "Celles qui ne viennent pas du GAR, elles seules",
  },
  operations: "Ce qu’il fait",
  categories: "Catégories de données",
  everyCategory: "toutes celles de l’annexe B",
  purpose: "Finalité",
  agreementPurposes: "Finalité, selon l’accord",
  everyPurpose: "toutes celles de l’annexe B",
  storage: "Pays de conservation",
  processing: "Pays de traitement",
  transfers: "Transfert hors de l’Union",
  none: "aucun",
  mechanisms: {
    adequacy: "décision d’adéquation",
    standardContractualClauses: "clauses contractuelles types",
    bindingCorporateRules: "règles d’entreprise contraignantes",
    other: "autre mécanisme du chapitre V",
  },
  retention: "Conservation",
  deletion: "Délai d’effacement documenté",
  keepsNothing: "ne garde pas de copie à lui",
  undocumented: "aucun",
  guarantees: "Garanties",
  startsOn: "Pas avant le",
  window: "Délai d’opposition",
  fromReceipt: "comptés depuis la réception de cette annonce, jour de réception exclu",
};

type Words = typeof fr;

const en: Words = {
  what: "Change",
  kinds: {
    add: "A subprocessor joins",
    replace: "One subprocessor replaces another",
    extendScope: "The scope of a subprocessor gets wider",
    transfer: "Data leaves for a third country",
  },
  who: "Subprocessor",
  replaces: "Replaces",
  activity: "Activity",
  origins: "Persons",
  originsOf: {
    everyOrigin: "All, those who come through GAR too",
    outsideGarOnly: "Those who do not come through GAR, and they alone",
  },
  operations: "What it does",
  categories: "Categories of data",
  everyCategory: "all of annex B",
  purpose: "Purpose",
  agreementPurposes: "Purpose, as the agreement has it",
  everyPurpose: "all of annex B",
  storage: "Countries of storage",
  processing: "Countries of processing",
  transfers: "Transfer outside the Union",
  none: "none",
  mechanisms: {
    adequacy: "adequacy decision",
    standardContractualClauses: "standard contractual clauses",
    bindingCorporateRules: "binding corporate rules",
    other: "another mechanism of chapter V",
  },
  retention: "Retention",
  deletion: "Documented delay of erasures",
  keepsNothing: "keeps no copy of its own",
  undocumented: "none",
  guarantees: "Guarantees",
  startsOn: "Not before",
  window: "Time to object",
  fromReceipt: "counted from receipt of this announcement, the day of receipt not included",
};

export const noticeWords: Readonly<Record<Language, Words>> = { fr, en };

export const operationWords: Readonly<Record<Operation, Bilingual>> = {
  store: { en: "stores", fr: "conserve" },
  show: { en: "shows", fr: "affiche" },
  send: { en: "sends", fr: "achemine" },
  export: { en: "exports", fr: "exporte" },
  answer: { en: "answers", fr: "répond" },
  erase: { en: "erases", fr: "efface" },
  return: { en: "gives back", fr: "restitue" },
};
