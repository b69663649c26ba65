/** What the directory's tables are called, for whoever reads a copy. @clause D10.1a */
import type { RecordWords } from "@preau/kernel";

export const recordWords: RecordWords = {
  tables: {
    sbj_subject: {
      title: { fr: "Numéro dans Préau", en: "Number in Préau" },
      columns: {
        subject: { title: { fr: "Numéro", en: "Number" } },
        since: { title: { fr: "Connu depuis", en: "Known since" }, form: "isoMoment" },
      },
    },
    sbj_identifier: {
      title: { fr: "Identifiants reliés à ce numéro", en: "Identifiers linked to this number" },
      columns: {
        kind: { title: { fr: "Sorte", en: "Kind" } },
        value: { title: { fr: "Valeur", en: "Value" } },
        linkedAt: { title: { fr: "Relié le", en: "Linked on" }, form: "isoMoment" },
      },
    },
  },
  categories: {},
};
