/** The package's migrations in their order: for the plugin, and for whoever needs the ledger alone. */
import type { MigrationList } from "@preau/database";
import { instructionsTable, linksTable } from "./001-ledger.ts";

export const instructionsMigrations = {
  owner: "instructions",
  migrations: [instructionsTable, linksTable],
} as const satisfies MigrationList;
