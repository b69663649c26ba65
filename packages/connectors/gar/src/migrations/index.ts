import type { DatabaseMigration } from "@preau/database";
import { garRequests } from "./gar-001-requests.ts";
import { garAssertions } from "./gar-002-assertions.ts";
import { garAccounts } from "./gar-003-accounts.ts";

/** Migrations of the connector, in order. */
export const garMigrations: readonly DatabaseMigration[] = [garRequests, garAssertions, garAccounts];
