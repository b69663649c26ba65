/** Places and lifts holds: each an instruction with its legal basis, its end and who gave it. Towards D6.2c */
import { dayIn, type LocalDate } from "@preau/calendar";
import type { ActorRole, ControllerId, SubjectId, Unit } from "@preau/kernel";
import type { PurgeDecider } from "./decide-purge.ts";
import { fault } from "./errors.ts";
import type { Hold, HoldCovers, HoldId } from "./hold.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { insertHold, markLifted, readHold } from "./store/holds.ts";

export interface NewHold {
  readonly controller: ControllerId;
  readonly covers: HoldCovers;
  readonly subject?: SubjectId | undefined;
  readonly category?: string | undefined;
  readonly lawful: boolean;
  readonly basis: string;
  readonly until?: LocalDate | undefined;
  readonly by: PurgeDecider;
}

const BASIS = 500;
/** An address or an opaque id: these words stand on receipts, and outlive whom they would name. */
export const NAMES_SOMEBODY = /@|\bsub_[0-9a-z]/;

/** A hold required by law outlasts every ceiling: whoever says so knows the law, or passes on the word of one who does. */
const SAYS_THE_LAW: ReadonlySet<ActorRole> = new Set(["controllerDpo", "publisherDpo", "operations"]);

/** @throws RETENTION_HOLD_NEEDS_DPO */
function requireOfficer(lawful: boolean, { role }: PurgeDecider): void {
  if (lawful && !SAYS_THE_LAW.has(role)) throw fault("RETENTION_HOLD_NEEDS_DPO", { clause: "D6.2c" });
}

/**
 * @throws RETENTION_HOLD_BAD naming the field, RETENTION_HOLD_NEEDS_DPO, RETENTION_NO_SUBJECT
 * Towards D6.2c
 */
export async function placeHold(unit: Unit, ports: RetentionPorts, wanted: NewHold): Promise<HoldId> {
  const { controller, covers, subject, category, lawful, until, by } = wanted;
  requireOfficer(lawful, by);
  const basis = wanted.basis.trim();
  if (basis === "" || basis.length > BASIS || NAMES_SOMEBODY.test(basis))
    throw fault("RETENTION_HOLD_BAD", { place: "basis" });
  const place = await ports.contracts.placeOf(unit, controller);
  const now = ports.clock.now();
  if (until !== undefined && until < dayIn(place.zone, now))
    throw fault("RETENTION_HOLD_BAD", { place: "until" });
  if (covers === "person") {
    if (subject === undefined) throw fault("RETENTION_HOLD_BAD", { place: "subject" });
    // Somebody who is nobody here could not be kept.
    const known = await ports.subjects.identifiers(unit, controller, subject);
    if (known.length === 0) throw fault("RETENTION_NO_SUBJECT", { place: "subject" });
  }
  const { categories } = ports.agreements.of(controller);
  if (covers === "category" && !categories.some(({ id }) => id === category))
    throw fault("RETENTION_HOLD_BAD", { place: "category" });
  const hold: Hold = {
    id: ports.ids.next("hld"),
    controller,
    covers,
    ...(covers === "person" && subject !== undefined ? { subject } : {}),
    ...(covers === "category" && category !== undefined ? { category } : {}),
    lawful,
    basis,
    ...(until === undefined ? {} : { until }),
    placedBy: by.role,
    placedAt: now,
  };
  await insertHold(unit, hold);
  await record(unit, ports, hold, "retention.holdPlaced", by);
  return hold.id;
}

/**
 * Undefined when it was lifted before: twice is once.
 * @throws RETENTION_NO_HOLD, RETENTION_HOLD_NEEDS_DPO
 * Towards D6.2c
 */
export async function liftHold(
  unit: Unit,
  ports: RetentionPorts,
  {
    controller,
    id,
    by,
  }: { readonly controller: ControllerId; readonly id: HoldId; readonly by: PurgeDecider },
): Promise<HoldId | undefined> {
  const hold = await readHold(unit, controller, id);
  if (hold === undefined) throw fault("RETENTION_NO_HOLD", { place: id });
  requireOfficer(hold.lawful, by);
  if (!(await markLifted(unit, hold, { by: by.role, at: ports.clock.now() }))) return undefined;
  await record(unit, ports, hold, "retention.holdLifted", by);
  return id;
}

async function record(
  unit: Unit,
  ports: Pick<RetentionPorts, "ids" | "journal">,
  { id, controller, covers, subject, category, lawful, basis, until }: Hold,
  type: string,
  by: PurgeDecider,
): Promise<void> {
  const reference = by.instructionReference?.trim();
  const said = {
    hold: id,
    covers,
    lawful,
    basis,
    ...(category === undefined ? {} : { category }),
    ...(until === undefined ? {} : { until }),
  };
  await ports.journal.record(unit, {
    log: "evidence",
    type,
    clause: "D6.2c",
    controller,
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    ...(subject === undefined ? {} : { subject: { id: subject, payload: said } }),
    payload: {
      instruction: ports.ids.next("ins"),
      ...said,
      ...(reference === undefined || reference === "" ? {} : { reference }),
    },
  });
}
