/** Retention on one screen: what must be erased, by when, and what may be said of it afterwards. */
import { addMillis, emptyPlugin, type Plugin } from "@preau/kernel";
import { closePurge } from "./act-on-purge.ts";
import { cancelErasures } from "./cancel-erasures.ts";
import { contractEndDues } from "./contract-end-dues.ts";
import { contractEndEvents } from "./contract-end-events.ts";
import { erasureDues } from "./erasure-dues.ts";
import { errors } from "./errors.ts";
import { contractEndRoutes } from "./http/contract-end-routes.tsx";
import { erasureRoutes } from "./http/erasure-routes.tsx";
import { retentionMenu, retentionRoutes } from "./http/retention-routes.tsx";
import { contractEndJob } from "./jobs/contract-end.ts";
import { destroyPlansJob } from "./jobs/destroy-plans.ts";
import { dropMarksJob } from "./jobs/drop-marks.ts";
import { eraseJob } from "./jobs/erase.ts";
import { keepLogsJob } from "./jobs/keep-logs.ts";
import { laterLookJob } from "./jobs/later-look.ts";
import { purgeJobs } from "./jobs/purge.ts";
import { erasureSubjects, erasures } from "./migrations/001-erasures.ts";
import { purgeMigrations } from "./migrations/002-purges.ts";
import { laterLooks } from "./migrations/003-later-looks.ts";
import { certificates, contractEndLeases, contractEnds } from "./migrations/010-contract-ends.ts";
import { holdings, restoreTests } from "./migrations/011-holdings.ts";
import { holdingIdentities } from "./migrations/012-holding-identities.ts";
import { openErasureCheck } from "./open-erasure-check.ts";
import { type RetentionOptions, retentionOptions } from "./options.ts";
import { orderErasure } from "./order-erasure.ts";
import { purgeDues } from "./purge-dues.ts";
import { retentionPersonalData } from "./retention-personal-data.ts";
import { purgeOfErasure } from "./store/purges.ts";

export const retentionPlugin = {
  ...emptyPlugin,
  id: "retention",
  clauses: ["D5", "D6.2c", "D12.1", "D12.2", "D12.3", "D12.4", "DB.D.self", "DD.8", "S9", "S10", "S15"],
  options: retentionOptions,
  requires: [
    "agreements",
    "backups",
    "clock",
    "contracts",
    "events",
    "ids",
    "instructions",
    "jobs",
    "journal",
    "log",
    "logKeeping",
    "receipts",
    "replay",
    "sources",
    "subjects",
    "unitOfWork",
    "vault",
  ],
  tablePrefix: "ret_",
  migrations: [
    erasures,
    erasureSubjects,
    ...purgeMigrations,
    laterLooks,
    contractEnds,
    certificates,
    holdings,
    restoreTests,
    contractEndLeases,
    holdingIdentities,
  ],
  routes: (ports, options) => [
    ...erasureRoutes(ports),
    ...retentionRoutes(ports, options),
    ...contractEndRoutes(ports, options),
  ],
  pages: [retentionMenu],
  jobs: (ports, options) => [
    eraseJob(ports),
    destroyPlansJob(ports),
    dropMarksJob(ports),
    laterLookJob(ports),
    ...purgeJobs(ports, options),
    keepLogsJob(ports, options),
    contractEndJob(ports, options),
  ],
  on: (ports, options) => ({
    "account.deletionRequested": async (event, unit) => {
      const at = addMillis(event.requestedAt, options.delayMinutes * 60_000);
      await orderErasure(unit, ports, { ...event, subjects: [event.subject] }, { by: "worker", at });
    },
    "instruction.revoked": (event, unit) => cancelErasures(unit, ports, event),
    "erasure.closed": async ({ controller, receipt, verdict }, unit) => {
      const purge = await purgeOfErasure(unit, controller, receipt);
      if (purge !== undefined) await closePurge(unit, purge, { receipt, verdict });
    },
  }),
  gateChecks: () => [openErasureCheck()],
  personalData: (ports) => [retentionPersonalData(ports)],
  dues: (ports) => {
    const all = [erasureDues(ports), purgeDues(ports), contractEndDues(ports)];
    return async (scope) => (await Promise.all(all.map((each) => each(scope)))).flat();
  },
  journalEvents: [
    ...contractEndEvents,
    "retention.approvalTakenBack",
    "retention.erasureCancelled",
    "retention.erasureGoesOn",
    "retention.erasureOrdered",
    "retention.holdLifted",
    "retention.holdPlaced",
    "retention.logRowsPurged",
    "retention.personDropped",
    "retention.purgeApproved",
    "retention.purgeCancelled",
    "retention.purgeNoticed",
    "retention.purgeProposed",
    "retention.purgeTooLarge",
    "retention.purgeWithdrawn",
  ],
  errors,
} as const satisfies Plugin<RetentionOptions>;
