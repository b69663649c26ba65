/** Retention on one screen: what must be erased, by when, and what may be said of it afterwards. */
import { addMillis, emptyPlugin, type Plugin } from "@preau/kernel";
import { erasureDues } from "./erasure-dues.ts";
import { errors } from "./errors.ts";
import { erasureRoutes } from "./http/erasure-routes.tsx";
import { destroyPlansJob } from "./jobs/destroy-plans.ts";
import { eraseJob } from "./jobs/erase.ts";
import { erasureSubjects, erasures } from "./migrations/001-erasures.ts";
import { type RetentionOptions, retentionOptions } from "./options.ts";
import { orderErasure } from "./order-erasure.ts";

export const retentionPlugin = {
  ...emptyPlugin,
  id: "retention",
  clauses: ["D12.1", "D12.2", "D12.3"],
  options: retentionOptions,
  requires: [
    "agreements",
    "clock",
    "contracts",
    "events",
    "ids",
    "jobs",
    "journal",
    "log",
    "receipts",
    "sources",
    "subjects",
    "unitOfWork",
    "vault",
  ],
  tablePrefix: "ret_",
  migrations: [erasures, erasureSubjects],
  routes: erasureRoutes,
  jobs: (ports) => [eraseJob(ports), destroyPlansJob(ports)],
  on: (ports, options) => ({
    "account.deletionRequested": async (event, unit) => {
      const at = addMillis(event.requestedAt, options.delayMinutes * 60_000);
      await orderErasure(unit, ports, { ...event, subjects: [event.subject] }, { by: "worker", at });
    },
  }),
  dues: erasureDues,
  journalEvents: ["retention.erasureOrdered"],
  errors,
} as const satisfies Plugin<RetentionOptions>;
