/** The support bridge on one screen: a desk for those outside the GAR, a form in the hub for everybody else, and a wall between. */
import { documentedHours } from "@preau/agreement";
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { caseEvents } from "./case-journal.ts";
import { casePersonalData } from "./case-personal-data.ts";
import { deskPersonalData } from "./desk-personal-data.ts";
import { deskRow } from "./desk-row.ts";
import { errors } from "./errors.ts";
import { hookRoutes } from "./http/hook-routes.ts";
import { supportPages, supportRoutes } from "./http/support-routes.ts";
import { answerJobs } from "./jobs/answer-jobs.ts";
import { knowJobs } from "./jobs/know-jobs.ts";
import { supportJobs } from "./jobs/support-jobs.ts";
import { supportBridgeMigrations } from "./migrations/index.ts";
import { type SupportBridgeOptions, supportBridgeOptions } from "./options.ts";
import { supportDues } from "./support-dues.ts";

export const supportBridgePlugin = {
  ...emptyPlugin,
  id: "support-bridge",
  clauses: ["DC", "D4.1", "D10.1b", "D10.1c", "D12.2", "DB.n"],
  options: supportBridgeOptions,
  requires: [
    "agreements",
    "apiTokens",
    "clock",
    "contracts",
    "gate",
    "ids",
    "jobs",
    "journal",
    "log",
    "rightsDesk",
    "sources",
    "subjects",
    "support",
    "unitOfWork",
    "vault",
  ],
  tablePrefix: "spt_",
  migrations: supportBridgeMigrations,
  routes: (ports, options) => [...hookRoutes(ports, options), ...supportRoutes(ports, options)],
  pages: supportPages,
  jobs: (ports, options) => [
    ...supportJobs(ports, options),
    ...answerJobs(ports, options),
    ...knowJobs(ports),
  ],
  dues: (ports) => supportDues(ports),
  personalData: (ports, options) => {
    const { client } = ports.support;
    const hours = documentedHours(deskRow(ports.agreements, options));
    return [
      casePersonalData(ports, options),
      ...(client === undefined ? [] : [deskPersonalData(ports, client, { ...options, hours })]),
    ];
  },
  journalEvents: caseEvents,
  errors,
} as const satisfies Plugin<SupportBridgeOptions>;
