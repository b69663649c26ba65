/**
 * Guard time: archives and backups held when a contract ends are kept for the time that the contract settled within the
 * agreement's bounds, to resume the service or to try a hand-back again. Nothing settled is nothing kept. @clause S15
 */
import type { Unit } from "@preau/kernel";
import type { ContractEnd } from "./contract-end.ts";
import { standingOfEnd } from "./contract-end-check.ts";
import { periodEnd } from "./contract-end-terms.ts";
import { fault } from "./errors.ts";
import {
  type Holding,
  type HoldingId,
  type NewHolding,
  recordHolding,
  registerHolding,
  requireHolding,
} from "./loading-data.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { updateHolding } from "./store/holdings.ts";

/**
 * Registers an archive held at a contract's end. Its last day follows from what was settled; without a guard time it is due
 * at once.
 * @throws RETENTION_END_TOO_EARLY while the contract runs, and what a registration refuses
 * @clause S15
 */
export async function keepArchive(
  unit: Unit,
  ports: RetentionPorts,
  end: ContractEnd,
  wanted: Omit<NewHolding, "controller" | "store">,
): Promise<Holding> {
  const { controller } = end;
  const { endsAt, ended, place } = await standingOfEnd(unit, ports, end);
  if (!ended || endsAt === undefined) throw fault("RETENTION_END_TOO_EARLY", { clause: "S15" });
  const id: HoldingId = await registerHolding(unit, ports, { ...wanted, controller, store: "archive" });
  const holding = await requireHolding(unit, controller, id);
  const dueAt = periodEnd(endsAt, end.facts.guard, { place, rounding: "binds" }) ?? endsAt;
  await updateHolding(unit, holding, { anchorAt: endsAt, dueAt });
  const kept = { ...holding, anchorAt: endsAt, dueAt };
  await recordHolding(unit, ports, kept, "retention.holdingAccepted", wanted.by);
  return kept;
}
