/** What acting on requests adds to the plugin. */
import type { EventHandlers, GateCheck, JobDefinition } from "@preau/kernel";
import { noteCopy } from "./access-copy.ts";
import { settleErasure } from "./erasure-of-request.ts";
import type { ExecutePorts } from "./execute-ports.ts";
import { stopOnRevocation } from "./execute-revoked.ts";
import { restrictionStores, restrictions } from "./migrations/051-restrictions.ts";
import { objections } from "./migrations/053-objections.ts";
import { actions, corrections, restrictedMarks, reviews } from "./migrations/054-actions.ts";
import { noReplyGuard } from "./no-reply-guard.ts";
import { objectedCheck } from "./objection-check.ts";
import { rectifyJob } from "./rectification-run.ts";
import { restrictionCheck } from "./restriction-check.ts";
import { settleRestrictionJob } from "./restriction-settle.ts";

export const executeMigrations = [
  restrictions,
  restrictionStores,
  objections,
  actions,
  corrections,
  reviews,
  restrictedMarks,
];

export function executeChecks(ports: Pick<ExecutePorts, "instructions">): readonly GateCheck[] {
  return [noReplyGuard(ports), restrictionCheck(), objectedCheck()];
}

export function executeJobs(ports: ExecutePorts): readonly JobDefinition[] {
  return [settleRestrictionJob(ports), rectifyJob(ports)];
}

export function executeHandlers(ports: ExecutePorts): EventHandlers {
  return {
    "erasure.closed": (event, unit) => settleErasure(unit, ports, event),
    "export.progressed": (event, unit) => noteCopy(unit, ports, event),
    "instruction.revoked": (event, unit) => stopOnRevocation(unit, ports, event),
  };
}
