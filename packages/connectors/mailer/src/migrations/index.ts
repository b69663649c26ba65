import type { DatabaseMigration } from "@preau/database";
import { mailerMessages } from "./mlr-001-messages.ts";
import { mailerLeaving } from "./mlr-002-leaving.ts";
import { mailerHooks } from "./mlr-010-hooks.ts";
import { mailerProvider } from "./mlr-011-provider.ts";

/** Migrations of the mailer, in order. */
export const mailerMigrations: readonly DatabaseMigration[] = [
  mailerMessages,
  mailerLeaving,
  mailerHooks,
  mailerProvider,
];
