import type { MigrationList } from "@preau/database";
import { createJournal } from "./001-journal.ts";
import { createReceipt } from "./002-receipt.ts";

/** All changes of the journal's schema, in order. */
export const journalMigrations: MigrationList = {
  owner: "journal",
  migrations: [createJournal, createReceipt],
};
