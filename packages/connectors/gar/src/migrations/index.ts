import type { DatabaseMigration } from "@preau/database";
import { garRequests } from "./gar-001-requests.ts";
import { garAssertions } from "./gar-002-assertions.ts";
import { garAccounts } from "./gar-003-accounts.ts";
import { garAccountRestrictions } from "./gar-004-account-restrictions.ts";
import { garRelinks } from "./gar-005-relinks.ts";
import { garDestructions } from "./gar-006-destructions.ts";
import { garCertificates } from "./gar-007-certificates.ts";
import { garIdentifierKinds } from "./gar-008-identifier-kinds.ts";
import { garAttempts } from "./gar-010-attempts.ts";

/** Migrations of the connector, in order. */
export const garMigrations: readonly DatabaseMigration[] = [
  garRequests,
  garAssertions,
  garAccounts,
  garAccountRestrictions,
  garRelinks,
  garDestructions,
  garCertificates,
  garIdentifierKinds,
  garAttempts,
];
