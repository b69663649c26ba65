/** The mailer on one screen: technical messages, queued with the change they belong to, let out by the gate. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { mailerMigrations } from "./migrations/index.ts";
import { type MailerOptions, mailerOptions } from "./options.ts";

export const mailerPlugin = {
  ...emptyPlugin,
  id: "mailer",
  clauses: ["DC"],
  options: mailerOptions,
  requires: ["clock", "unitOfWork"],
  tablePrefix: "mlr_",
  migrations: mailerMigrations,
  errors,
} as const satisfies Plugin<MailerOptions>;
