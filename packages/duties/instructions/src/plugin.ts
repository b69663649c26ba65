/** Instructions on one screen: what the controller wrote, how far it reaches, what was done on it. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { apiRoutes } from "./http/api-routes.ts";
import { ledgerMenu, ledgerRoutes } from "./http/ledger-routes.tsx";
import { linkRoutes } from "./http/link-routes.tsx";
import { noticeRoutes } from "./http/notice-routes.tsx";
import { observationRoutes } from "./http/observation-routes.tsx";
import { inForceCheck } from "./in-force-check.ts";
import { instructionDues } from "./instruction-dues.ts";
import { instructionsPersonalData } from "./instructions-personal-data.ts";
import { askToEnd, endingJobs } from "./jobs/end-ledger.ts";
import { tellingJobs } from "./jobs/tell.ts";
import { messages } from "./messages.ts";
import { instructionsMigrations } from "./migrations/instructions-migrations.ts";
import { type InstructionsOptions, instructionsOptions } from "./options.ts";
import { noteRestriction } from "./store/flag-rows.ts";

export const instructionsPlugin = {
  ...emptyPlugin,
  id: "instructions",
  clauses: ["D6.1c", "D6.1d", "D6.2a", "D13.3", "S4", "S14"],
  options: instructionsOptions,
  requires: [
    ...(["agreements", "apiTokens", "clock", "contracts", "events", "ids", "instructions", "jobs"] as const),
    ...(["journal", "links", "log", "mailer", "sources", "unitOfWork", "vault"] as const),
  ],
  tablePrefix: "ins_",
  migrations: instructionsMigrations.migrations,
  // Paths of words before paths of ids.
  routes: (ports, options) => [
    ...linkRoutes(ports),
    ...observationRoutes(ports, options),
    ...ledgerRoutes(ports, options),
    ...noticeRoutes(ports, options),
    ...apiRoutes(ports),
  ],
  pages: [ledgerMenu],
  jobs: (ports, options) => [...tellingJobs(ports, options), ...endingJobs(ports)],
  on: (ports) => ({
    "subject.restricted": (event, unit) => noteRestriction(unit, event, true),
    "subject.restrictionLifted": (event, unit) => noteRestriction(unit, event, false),
    "logs.ended": (_event, unit) => askToEnd(unit, ports),
  }),
  dues: (ports, options) => instructionDues(ports, options),
  gateChecks: ({ instructions }) => [inForceCheck(instructions)],
  personalData: (ports) => [instructionsPersonalData(ports)],
  messages,
  journalEvents: [
    "instructions.complianceNoticed",
    "instructions.confirmed",
    "instructions.flagLifted",
    "instructions.flagged",
    "instructions.linkHandedOver",
    "instructions.noticeAcknowledged",
    "instructions.observationApproved",
    "instructions.observationAsked",
    "instructions.observationChanged",
    "instructions.observationRefused",
    "instructions.observationWithdrawn",
    "instructions.recorded",
    "instructions.revoked",
    "instructions.withdrawn",
  ],
  errors,
} as const satisfies Plugin<InstructionsOptions>;
