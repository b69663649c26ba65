import type { MigrationList } from "@preau/database";
import { createJournal } from "./001-journal.ts";
import { createReceipt } from "./002-receipt.ts";
import { createArchive } from "./003-archive.ts";

/** All changes of the journal's schema, in order. */
export const journalMigrations: MigrationList = {
  owner: "journal",
  migrations: [createJournal, createReceipt, createArchive],
};
