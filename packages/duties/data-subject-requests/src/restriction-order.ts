/**
 * Restricts the processing of one person's data, and lifts it again, each on the controller's instruction. From the commit on
 * the gate refuses; the stores follow in a job, one by one.
 * @clause D10.1a
 */
import type { ControllerId, InstructionId, RequestId, SubjectId, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import { journalDone } from "./execute-journal.ts";
import type { ExecutePorts, Executor } from "./execute-ports.ts";
import { requireStanding } from "./instruct-standing.ts";
import type { Restriction, RestrictionId } from "./restriction.ts";
import { enqueueSettling } from "./restriction-settle.ts";
import { isOf } from "./restriction-stores.ts";
import {
  addStore,
  endRestriction,
  goOn,
  insertRestriction,
  leftRestricted,
  listRestrictions,
  lockLive,
  markLifted,
} from "./store/restrictions.ts";

export interface RestrictionOrder {
  readonly controller: ControllerId;
  readonly subject: SubjectId;
  readonly instruction: InstructionId;
  readonly by: Executor;
  /** Where a request asked for it. */
  readonly request?: RequestId;
}

/**
 * In force from the caller's commit on: the gate refuses every flow about the person, and their sessions are over. Twice is
 * once; one that was stopped goes on.
 * @throws REQUEST_NOT_INSTRUCTED
 * @clause D10.1a
 */
export async function restrictSubject(
  unit: Unit,
  ports: ExecutePorts,
  order: RestrictionOrder,
): Promise<RestrictionId> {
  const { controller, subject, instruction, by } = order;
  await requireStanding(unit, ports, { ...order, kind: "restrict", does: "restrict" });
  const live = await lockLive(unit, controller, subject);
  if (live !== undefined && live.lifted === undefined) return goOnWith(unit, ports, live, order);
  if (live !== undefined) await endRestriction(unit, live);
  const id = ports.ids.next("rsn");
  const isNew = await insertRestriction(unit, {
    ...{ id, controller, subject, instruction, by: by.role, since: ports.clock.now() },
    request: order.request,
  });
  if (!isNew) return restrictSubject(unit, ports, order);
  const left = await leftRestricted(unit, controller, subject);
  for (const [store, { source }] of ports.sources)
    if (isOf(controller, source))
      await addStore(unit, { controller, id }, { store, wasBefore: left.has(store) ? false : undefined });
  await journalDone(unit, ports, {
    ...{ type: "data-subject-requests.restricted", controller, by, subject, instruction },
    payload: { restriction: id, ...(order.request === undefined ? {} : { request: order.request }) },
  });
  await ports.instructions.link(unit, controller, instruction, id);
  await ports.sessions.revoke(controller, subject, unit);
  await ports.events.emit(unit, "subject.restricted", { controller, subject });
  await enqueueSettling(unit, ports, { controller, id });
  return id;
}

async function goOnWith(
  unit: Unit,
  ports: ExecutePorts,
  live: Restriction,
  { controller, instruction, by, subject }: RestrictionOrder,
): Promise<RestrictionId> {
  await ports.instructions.link(unit, controller, instruction, live.id);
  if (live.stoppedAt === undefined) return live.id;
  await goOn(unit, live, instruction);
  await journalDone(unit, ports, {
    ...{ type: "data-subject-requests.restricted", controller, by, subject, instruction },
    payload: { restriction: live.id, again: true },
  });
  await enqueueSettling(unit, ports, live);
  return live.id;
}

/**
 * From the caller's commit on the gate lets the person's data be used again; each store that was free before is freed, each that
 * was restricted before stays so. Twice is once.
 * @throws REQUEST_NOT_INSTRUCTED, REQUEST_NOT_RESTRICTED
 * @clause D10.1a
 */
export async function liftRestriction(
  unit: Unit,
  ports: ExecutePorts,
  order: RestrictionOrder,
): Promise<RestrictionId> {
  const { controller, subject, instruction, by } = order;
  await requireStanding(unit, ports, { ...order, kind: "liftRestriction", does: "liftRestriction" });
  const live = await lockLive(unit, controller, subject);
  if (live === undefined || live.lifted !== undefined) {
    const [last] = await listRestrictions(unit, controller, { subjects: [subject], limit: 1 });
    if (last?.lifted === undefined) throw fault("REQUEST_NOT_RESTRICTED", { clause: "D10.1a" });
    return last.id;
  }
  await markLifted(unit, live, { at: ports.clock.now(), instruction, by: by.role });
  await journalDone(unit, ports, {
    ...{ type: "data-subject-requests.restrictionLifted", controller, by, subject, instruction },
    payload: { restriction: live.id },
  });
  await ports.instructions.link(unit, controller, instruction, live.id);
  await ports.events.emit(unit, "subject.restrictionLifted", { controller, subject });
  await enqueueSettling(unit, ports, live);
  return live.id;
}
