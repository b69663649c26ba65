/** Exports on one screen: data for whoever has a right to it, encrypted, handed over once, destroyed by its time. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { contentOf } from "./content-of.ts";
import { errors } from "./errors.ts";
import { exportDues } from "./export-dues.ts";
import { exportEvents } from "./export-order-events.ts";
import { cancelOnRevocation } from "./export-order-revoked.ts";
import { exportPersonalData } from "./export-personal-data.ts";
import { exportRoutes, exportsMenu } from "./http/export-routes.tsx";
import { fetchRoutes } from "./http/fetch-routes.tsx";
import { exportJobs } from "./jobs/exports.ts";
import { exports, fetches } from "./migrations/001-exports.ts";
import { exportInstructions } from "./migrations/003-instructions.ts";
import { type ExportOptions, exportOptions } from "./options.ts";

export const dataExportPlugin = {
  ...emptyPlugin,
  id: "data-export",
  clauses: ["D10.1a", "D6.2c", "DD.2", "S7", "S8", "S10", "S11"],
  options: exportOptions,
  requires: [
    "agreements",
    "clock",
    "contracts",
    "events",
    "ids",
    "instructions",
    "jobs",
    "journal",
    "log",
    "sources",
    "subjects",
    "unitOfWork",
    "vault",
  ],
  tablePrefix: "exp_",
  migrations: [exports, fetches, exportInstructions],
  routes: (ports, options) => [...exportRoutes(ports, options), ...fetchRoutes(ports, options)],
  pages: [exportsMenu],
  jobs: (ports, options) => exportJobs(ports, options, contentOf),
  personalData: (ports, options) => [exportPersonalData(ports, options)],
  on: (ports) => ({
    "instruction.revoked": (event, unit) => cancelOnRevocation(unit, ports, event),
  }),
  dues: (ports) => exportDues(ports),
  journalEvents: exportEvents,
  errors,
} as const satisfies Plugin<ExportOptions>;
