/** The rights desk on one screen: requests of data subjects, their clocks, their relay, and what is done on instruction. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { executeEvents } from "./execute-journal.ts";
import { executeChecks, executeHandlers, executeJobs, executeMigrations } from "./execute-parts.ts";
import { pageEvents, requestPages, requestRoutes } from "./http/request-routes.ts";
import { alarmJobs } from "./jobs/escalate.ts";
import { relayJobs } from "./jobs/relay.ts";
import { deskMessages } from "./messages.ts";
import { inquiries, inquiryRequests, requests } from "./migrations/001-requests.ts";
import { inaccuracies, latestSeen, relays } from "./migrations/002-relays.ts";
import { type DataSubjectRequestsOptions, dataSubjectRequestsOptions } from "./options.ts";
import { sortJob } from "./receive-sort.ts";
import { settleRelay } from "./relay-settle.ts";
import { requestDues } from "./request-dues.ts";
import { deskEvents } from "./request-journal.ts";
import { requestsPersonalData } from "./requests-personal-data.ts";

export const dataSubjectRequestsPlugin = {
  ...emptyPlugin,
  id: "data-subject-requests",
  clauses: ["D10.1a", "D10.1b", "D10.1c", "D10.3b"],
  options: dataSubjectRequestsOptions,
  requires: [
    "agreements",
    "apiTokens",
    "clock",
    "contracts",
    "events",
    "ids",
    "instructions",
    "jobs",
    "journal",
    "links",
    "log",
    "mailer",
    "rightsDesk",
    "sessions",
    "sources",
    "subjects",
    "unitOfWork",
    "vault",
  ],
  tablePrefix: "dsr_",
  migrations: [inquiries, requests, inquiryRequests, relays, latestSeen, inaccuracies, ...executeMigrations],
  routes: requestRoutes,
  pages: requestPages,
  jobs: (ports, options) => [
    sortJob(ports, options),
    ...relayJobs(ports),
    ...alarmJobs(ports),
    ...executeJobs(ports),
  ],
  on: (ports) => ({
    ...executeHandlers(ports),
    "mail.settled": (event, unit) => settleRelay(unit, ports, event),
  }),
  dues: (ports) => requestDues(ports),
  personalData: (ports) => [requestsPersonalData(ports)],
  gateChecks: (ports) => executeChecks(ports),
  messages: deskMessages,
  journalEvents: [...deskEvents, ...executeEvents, ...pageEvents],
  errors,
} as const satisfies Plugin<DataSubjectRequestsOptions>;
