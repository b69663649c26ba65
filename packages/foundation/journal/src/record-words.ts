/** What the journal's tables are called, for whoever reads a copy. @clause D10.1a */
import type { RecordWords, TableWords } from "@preau/kernel";

const columns: TableWords["columns"] = {
  recordedAt: { title: { fr: "Date", en: "Date" }, form: "isoMoment" },
  type: { title: { fr: "Événement", en: "Event" } },
  payload: { title: { fr: "Détails", en: "Details" } },
};

export const recordWords: RecordWords = {
  tables: {
    jrn_entry: { title: { fr: "Journal de Préau", en: "Préau’s journal" }, columns },
    jrn_archive: { title: { fr: "Journal archivé de Préau", en: "Préau’s archived journal" }, columns },
  },
  categories: {},
};
