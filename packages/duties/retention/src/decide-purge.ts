/**
 * What a person decides of a purge before it acts: to approve it, to take that back, to cancel it. Each is an instruction,
 * written as evidence with who gave it and when. Towards D5, D12.1
 */
import type { ActorId, ActorRole, ControllerId, InstructionId, SubjectId, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import { wordOf } from "./ledger-word.ts";
import { enqueueActing } from "./propose-purges.ts";
import type { Purge, PurgeId } from "./purge.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { lockPurge, releasePersons, updatePurge } from "./store/purges.ts";

export interface PurgeDecider {
  readonly role: ActorRole;
  readonly id?: ActorId | SubjectId;
  /** Where the publisher writes down what the controller has ordered: the reference of the written instruction. */
  readonly instructionReference?: string | undefined;
}

export interface PurgeDecision {
  readonly controller: ControllerId;
  readonly id: PurgeId;
  readonly by: PurgeDecider;
}

const OWN: ReadonlySet<ActorRole> = new Set<ActorRole>(["controllerAdministrator", "controllerDpo"]);
const REFERENCE = 200;

/**
 * Approves it: at its moment it acts.
 * @throws RETENTION_NO_PURGE, RETENTION_PURGE_OVER, RETENTION_NEEDS_INSTRUCTION
 * Towards D12.1.
 */
export async function approvePurge(
  unit: Unit,
  ports: RetentionPorts,
  { controller, id, by }: PurgeDecision,
): Promise<InstructionId> {
  const purge = await livePurge(unit, controller, id);
  if (purge.state === "approved" && purge.approval !== undefined) return purge.approval;
  // A purge that only waits to be looked at needs no controller's word: whoever may, has looked.
  requireInstruction(by, purge.needs !== "human");
  const approval = await record(unit, ports, purge, "retention.purgeApproved", by);
  const approvedAt = ports.clock.now();
  await updatePurge(unit, purge, { state: "approved", approvedAt, approvedBy: by.role, approval });
  await enqueueActing(unit, ports, { ...purge, state: "approved" });
  return approval;
}

/**
 * Takes an approval back while it has not acted.
 * @throws RETENTION_NO_PURGE, RETENTION_PURGE_OVER
 */
export async function takeBackApproval(
  unit: Unit,
  ports: RetentionPorts,
  { controller, id, by }: PurgeDecision,
): Promise<InstructionId | undefined> {
  const purge = await livePurge(unit, controller, id);
  if (purge.state !== "approved") return undefined;
  requireInstruction(by, purge.needs !== "human");
  const instruction = await record(unit, ports, purge, "retention.approvalTakenBack", by);
  // Without the approval nothing would stop it: it waits for one from now on, where waiting is the controller's to choose.
  const needs = purge.needs === "nobody" && mayCancel(purge) ? "controller" : purge.needs;
  await updatePurge(unit, purge, {
    state: "proposed",
    approvedAt: null,
    approvedBy: null,
    approval: null,
    needs,
  });
  await enqueueActing(unit, ports, { ...purge, state: "proposed", needs });
  return instruction;
}

/**
 * Cancels it: its persons are kept under this rule, until their facts move or a ceiling comes. What a ceiling ends cannot
 * be cancelled: a hold that a law requires can be placed instead.
 * @throws RETENTION_NO_PURGE, RETENTION_PURGE_OVER, RETENTION_CEILING, RETENTION_NEEDS_INSTRUCTION
 * @clause D5, D12.4
 */
export async function cancelPurge(
  unit: Unit,
  ports: RetentionPorts,
  { controller, id, by }: PurgeDecision,
): Promise<InstructionId> {
  const purge = await livePurge(unit, controller, id);
  if (!mayCancel(purge)) throw fault("RETENTION_CEILING", { clause: purge.clause, place: id });
  requireInstruction(by, true);
  const approval = await record(unit, ports, purge, "retention.purgeCancelled", by);
  await updatePurge(unit, purge, { state: "cancelled", approval });
  await releasePersons(unit, purge, { state: "kept", why: "cancelled" });
  return approval;
}

/** Nothing but a law keeps what has reached a ceiling; and a deleted account was deleted. */
export function mayCancel({ ceilingAt, actsAt, ground }: Purge): boolean {
  return ground !== "account-deleted" && (ceilingAt === undefined || ceilingAt > actsAt);
}

/** @throws RETENTION_NO_PURGE, RETENTION_PURGE_OVER */
async function livePurge(unit: Unit, controller: ControllerId, id: PurgeId): Promise<Purge> {
  const purge = await lockPurge(unit, controller, id);
  if (purge === undefined) throw fault("RETENTION_NO_PURGE", { place: id });
  if (purge.state !== "proposed" && purge.state !== "approved")
    throw fault("RETENTION_PURGE_OVER", { place: id });
  return purge;
}

/** The controller's own people give the instruction; anybody else writes down which one they were given. */
function requireInstruction({ role, instructionReference }: PurgeDecider, needed: boolean): void {
  if (!needed || OWN.has(role)) return;
  const given = instructionReference?.trim() ?? "";
  if (given === "" || given.length > REFERENCE)
    throw fault("RETENTION_NEEDS_INSTRUCTION", { clause: "D6.1c" });
}

async function record(
  unit: Unit,
  ports: Pick<RetentionPorts, "ids" | "instructions" | "journal">,
  purge: Purge,
  type: string,
  { role, id, instructionReference }: PurgeDecider,
): Promise<InstructionId> {
  const { controller, clause } = purge;
  const kind = type === "retention.purgeApproved" ? "erase" : "other";
  const instruction = await wordOf(unit, ports, {
    ...{ controller, kind, clause, about: [purge.id] },
    by: { role, id },
  });
  await ports.journal.record(unit, {
    log: "evidence",
    type,
    clause: purge.clause,
    controller: purge.controller,
    actor: { role, ...(id === undefined ? {} : { id }) },
    payload: {
      instruction,
      purge: purge.id,
      source: purge.source,
      rule: purge.rule,
      persons: purge.persons,
      ...(instructionReference === undefined ? {} : { reference: instructionReference.trim() }),
    },
  });
  return instruction;
}
