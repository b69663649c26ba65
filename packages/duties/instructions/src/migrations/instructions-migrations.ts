/** The package's migrations in their order: for the plugin, and for whoever needs the ledger alone. */
import type { MigrationList } from "@preau/database";
import { instructionsTable, linksTable } from "./001-ledger.ts";
import { flagsTable, restrictedTable } from "./002-doubts.ts";
import { observationsTable } from "./003-observations.ts";
import { noticesTable } from "./004-notices.ts";

export const instructionsMigrations = {
  owner: "instructions",
  migrations: [instructionsTable, linksTable, flagsTable, restrictedTable, observationsTable, noticesTable],
} as const satisfies MigrationList;
