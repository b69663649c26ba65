/** Records an objection: from the instant at which the writing reached us, its controller is out. @clause D13.3 */
import type { Clock, ControllerId, Instant, JsonObject, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { ReleaseId } from "./ledger.ts";
import { type Actor, type Evidence, type Objection, type ObjectionId, opposedSince } from "./objection.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { insertObjection, listObjections, lockStandings, writeStanding } from "./store/objections.ts";
import { flagReleases, releasesSince } from "./store/releases.ts";

export interface NewObjection {
  readonly controller: ControllerId;
  readonly by: Actor;
  /** What was received on paper; absent when the controller's own people press the button, which is the writing. */
  readonly evidence?: Evidence;
}

export interface RecordedObjection {
  readonly objection: ObjectionId;
  /** Out since. */
  readonly since: Instant;
  /** Releases that were made after it had been received: their copies are to be destroyed. */
  readonly releases: readonly ReleaseId[];
  /** False when it stood already: twice is once. */
  readonly isNew: boolean;
}

const REFERENCE = 200;
/** An address or an opaque id of a person: a reference outlives whom it would name. */
const NAMES_SOMEBODY = /@|\bsub_[0-9a-z]/;
const OWN_PEOPLE: ReadonlySet<string> = new Set(["controllerAdministrator", "controllerDpo"]);

/**
 * Twice is once: another objection while one stands counts only when it had been received before that one.
 * @throws ANONYMISATION_NO_CONTROLLER, ANONYMISATION_OBJECTION_NEEDS_WRITING, ANONYMISATION_OBJECTION_BAD naming the field
 * @clause D13.3
 */
export async function recordObjection(
  unit: Unit,
  ports: Pick<ReleasePorts, "clock" | "contracts" | "ids" | "instructions" | "journal">,
  { controller, by, evidence }: NewObjection,
): Promise<RecordedObjection> {
  if ((await ports.contracts.controller(unit, controller)) === undefined)
    throw fault("ANONYMISATION_NO_CONTROLLER", { clause: "D13.3" });
  // Before the clock is read: of an objection and a release at the same time, the instants follow the lock.
  await lockStandings(unit, [controller]);
  const written = readWriting(ports.clock, by, evidence);
  const standing = (await listObjections(unit, controller)).filter((each) => each.withdrawn === undefined);
  const since = opposedSince(standing);
  const first = standing.find(({ receivedAt }) => receivedAt === since);
  if (first !== undefined && since !== undefined && since <= written.receivedAt)
    return { objection: first.id, since, releases: [], isNew: false };
  const objection: Objection = { id: ports.ids.next("obj"), controller, ...written };
  await insertObjection(unit, objection);
  await writeStanding(unit, controller, objection.receivedAt);
  const { receivedAt, recordedAt } = objection;
  const late = await releasesSince(unit, controller, {
    since: receivedAt,
    // Of what bears the same instant as the button that was pressed, the lock has shown that it came before.
    strictly: receivedAt === recordedAt,
  });
  await flagReleases(unit, controller, { releases: late, objection: objection.id });
  const instruction = await ports.instructions?.record(unit, {
    ...{ controller, kind: "opposeAnonymisation", clause: "D13.3", by, key: objection.id },
    scope: { about: [objection.id] },
    ...(evidence === undefined ? {} : { writing: evidence }),
  });
  if (instruction !== undefined) await ports.instructions?.link(unit, controller, instruction, objection.id);
  await journalWriting(unit, ports, {
    ...{ type: "anonymisation.objected", controller, by, written },
    more: {
      objection: objection.id,
      ...(instruction === undefined ? {} : { instruction }),
      ...(late.length === 0 ? {} : { releases: late }),
    },
  });
  return { objection: objection.id, since: receivedAt, releases: late, isNew: true };
}

type Writing = Omit<Objection, "id" | "controller" | "withdrawn">;

/** @throws ANONYMISATION_OBJECTION_NEEDS_WRITING, ANONYMISATION_OBJECTION_BAD */
export function readWriting(clock: Clock, by: Actor, evidence: Evidence | undefined): Writing {
  const now = clock.now();
  if (evidence === undefined) {
    if (!OWN_PEOPLE.has(by.role)) throw fault("ANONYMISATION_OBJECTION_NEEDS_WRITING", { clause: "D13.3" });
    return { receivedAt: now, recordedAt: now, recordedBy: by.role, means: "page" };
  }
  const reference = readReference(evidence.reference);
  if (reference === undefined) throw fault("ANONYMISATION_OBJECTION_BAD", { place: "reference" });
  if (evidence.receivedAt > now) throw fault("ANONYMISATION_OBJECTION_BAD", { place: "receivedAt" });
  const { receivedAt, means, writer } = evidence;
  return { receivedAt, recordedAt: now, recordedBy: by.role, means, writer, reference };
}

/** Undefined for what is none, is too long, or names somebody. */
export function readReference(text: string): string | undefined {
  const reference = text.trim();
  return reference === "" || reference.length > REFERENCE || NAMES_SOMEBODY.test(reference)
    ? undefined
    : reference;
}

export async function journalWriting(
  unit: Unit,
  ports: Pick<ReleasePorts, "journal">,
  {
    type,
    controller,
    by,
    written,
    more,
  }: {
    readonly type: string;
    readonly controller: ControllerId;
    readonly by: Actor;
    readonly written: Writing;
    readonly more: JsonObject;
  },
): Promise<void> {
  const { receivedAt, means, writer, reference } = written;
  await ports.journal.record(unit, {
    ...{ log: "evidence", type, clause: "D13.3", controller },
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    payload: {
      ...more,
      ...{ receivedAt, means },
      ...(writer === undefined ? {} : { writer }),
      ...(reference === undefined ? {} : { reference }),
    },
  });
}
