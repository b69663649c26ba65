/** The mailer on one screen: technical messages, queued with the change they belong to, let out by the gate. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { type MailerOptions, mailerOptions } from "./options.ts";

export const mailerPlugin = {
  ...emptyPlugin,
  id: "mailer",
  clauses: ["DC"],
  options: mailerOptions,
  requires: ["clock", "unitOfWork"],
  tablePrefix: "mlr_",
  errors,
} as const satisfies Plugin<MailerOptions>;
