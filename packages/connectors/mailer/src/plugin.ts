/** The mailer on one screen: technical messages, queued with the change they belong to, let out by the gate. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { hookRoutes } from "./http/hook-routes.ts";
import { mailReaders, mailRoutes } from "./http/mail-routes.tsx";
import { suppressedRoutes } from "./http/suppressed-routes.tsx";
import { templateRoutes } from "./http/template-routes.tsx";
import { hookJobs } from "./jobs/hook-jobs.ts";
import { mailJobs } from "./jobs/mail-jobs.ts";
import { mailDues } from "./mail-dues.ts";
import { messagePersonalData } from "./message-personal-data.ts";
import { mailerMigrations } from "./migrations/index.ts";
import { transportNameOf } from "./open-transport.ts";
import { type MailerOptions, mailerOptions } from "./options.ts";
import { erasureHours } from "./provider-delay.ts";
import { providerPersonalData } from "./provider-personal-data.ts";
import { endLog } from "./store/ended-messages.ts";

export const mailerPlugin = {
  ...emptyPlugin,
  id: "mailer",
  clauses: ["D4.1", "D10.1a", "D12.2", "DC"],
  options: mailerOptions,
  requires: ["agreements", "clock", "events", "gate", "ids", "jobs", "log", "post", "unitOfWork", "vault"],
  tablePrefix: "mlr_",
  migrations: mailerMigrations,
  routes: (ports, options) => [
    ...hookRoutes(ports, options),
    ...suppressedRoutes(ports, options),
    ...templateRoutes(ports, options),
    ...mailRoutes(ports, options),
  ],
  pages: [{ path: "/mail", title: { fr: "Messages", en: "Messages" }, who: mailReaders }],
  jobs: (ports, options) => [...mailJobs(ports, options), ...hookJobs(ports, options)],
  dues: (ports, options) => mailDues(ports, options),
  personalData: (ports, options) => [
    messagePersonalData(ports, transportNameOf(options) === "brevo" ? ["brevo"] : []),
    ...(transportNameOf(options) === "brevo"
      ? [providerPersonalData(ports, options, { hours: erasureHours(ports.agreements, options) })]
      : []),
  ],
  on: (ports) => ({
    "logs.ended": async ({ before }, unit) => {
      const ended = await endLog(unit, before);
      if (ended > 0) ports.log.info("mailer.logEnded", { messages: ended });
    },
  }),
  errors,
} as const satisfies Plugin<MailerOptions>;
