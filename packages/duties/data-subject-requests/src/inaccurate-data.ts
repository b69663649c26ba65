/**
 * Data that we learn to be inaccurate or outdated is told to its controller without delay, by the relay that requests take. What
 * is wrong is sealed, and goes once the controller has acknowledged it. @clause D10.3b
 */
import {
  type ActorRole,
  type ControllerId,
  type Id,
  type Instant,
  isFault,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { DeskActor, DeskPorts, IntakePorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { openJson, sealJson, thingScope } from "./inquiry-seal.ts";
import { enqueueRelay } from "./relay-enqueue.ts";
import { type ByController, requireController } from "./request-actor.ts";
import { forgetClosed } from "./request-forget.ts";
import { record } from "./request-journal.ts";
import {
  inaccuracyOfKey,
  insertInaccuracy,
  lockInaccuracy,
  readInaccuracy,
  sealedOfInaccuracy,
  updateInaccuracy,
} from "./store/inaccuracies.ts";

export type InaccuracyId = Id<"inx">;

export interface InaccurateData {
  readonly id: InaccuracyId;
  readonly controller: ControllerId;
  readonly subject?: SubjectId;
  readonly state: "noted" | "told" | "acknowledged";
  /** `store/table.column`. */
  readonly place: string;
  readonly learntAt: Instant;
  readonly notedAt: Instant;
  readonly notedBy: ActorRole;
  readonly toldAt?: Instant;
  readonly toldBy?: "mail" | "hand";
  readonly openedAt?: Instant;
  readonly acknowledgedAt?: Instant;
  readonly acknowledgedBy?: ActorRole;
}

export interface NewInaccuracy {
  readonly controller: ControllerId;
  readonly subject?: SubjectId | undefined;
  readonly place: string;
  /** In clear; sealed before it rests. */
  readonly what: string;
  /** When we learnt of it. */
  readonly learntAt: Instant;
  readonly by: DeskActor;
  /** Idempotency of a connector: the same key of a controller is the same report. Opaque, 64 characters at most. */
  readonly key?: string | undefined;
}

const MAY: ReadonlySet<ActorRole> = new Set<ActorRole>(["publisherDpo", "support", "operations", "system"]);
const PLACE = /^[a-z][\w.-]{0,63}(?:\/[\w.-]{1,128})?$/i;
const MOST_WHAT = 4_000;

/** @throws REQUEST_NOT_FOR_YOU, REQUEST_FIELD_BAD, REQUEST_NO_CONTROLLER @clause D10.3b */
export async function noteInaccurateData(
  unit: Unit,
  ports: IntakePorts,
  given: NewInaccuracy,
): Promise<InaccuracyId> {
  const { controller, subject, place, what, learntAt, by, key } = given;
  const now = ports.clock.now();
  if (!MAY.has(by.role)) throw fault("REQUEST_NOT_FOR_YOU");
  if (!PLACE.test(place)) throw fault("REQUEST_FIELD_BAD", { place: "place" });
  if (what.trim() === "" || what.length > MOST_WHAT) throw fault("REQUEST_FIELD_BAD", { place: "what" });
  if (learntAt > now) throw fault("REQUEST_FIELD_BAD", { place: "learntAt" });
  if (key !== undefined && !/^[\x21-\x7e]{1,64}$/.test(key))
    throw fault("REQUEST_FIELD_BAD", { place: "key" });
  if ((await ports.contracts.controller(unit, controller)) === undefined)
    throw fault("REQUEST_NO_CONTROLLER");
  const twinOf = () => (key === undefined ? undefined : inaccuracyOfKey(unit, controller, key));
  const twin = await twinOf();
  if (twin !== undefined) return twin;
  const id: InaccuracyId = ports.ids.next("inx");
  const report: InaccurateData = {
    ...{ id, controller, place, learntAt, notedAt: now, notedBy: by.role, state: "noted" },
    ...(subject === undefined ? {} : { subject }),
  };
  const sealed = await sealJson(ports, thingScope(report), { what });
  try {
    await insertInaccuracy(unit, { ...report, key, sealed });
  } catch (error) {
    const first = isFault(error, "DATABASE_DUPLICATE") ? await twinOf() : undefined;
    if (first === undefined) throw error;
    return first;
  }
  await record(unit, ports, {
    ...{ controller, subject, by, clause: "D10.3b", type: "data-subject-requests.inaccuracyNoted" },
    payload: { report: id, place, learntAt },
  });
  await enqueueRelay(unit, ports, report);
  return id;
}

/** What the controller is shown. @throws REQUEST_NO_REQUEST for another controller's too @clause D10.3b */
export function inaccuracyPackage(
  ports: DeskPorts,
  controller: ControllerId,
  id: InaccuracyId,
): Promise<{ readonly report: InaccurateData; readonly what?: string }> {
  return ports.unitOfWork.transaction(async (unit) => {
    const report = await readInaccuracy(unit, controller, id);
    if (report === undefined) throw fault("REQUEST_NO_REQUEST");
    const sealed = await sealedOfInaccuracy(unit, report);
    const opened = sealed && (await openJson<{ what: string }>(ports, thingScope(report), sealed));
    return { report, ...(opened === undefined ? {} : { what: opened.what }) };
  });
}

/** @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER @clause D10.3b */
export async function acknowledgeInaccuracy(
  ports: DeskPorts,
  { controller, id }: { readonly controller: ControllerId; readonly id: InaccuracyId },
  given: ByController,
): Promise<void> {
  const reference = requireController(given);
  await ports.unitOfWork.transaction(async (unit) => {
    const report = await lockInaccuracy(unit, controller, id);
    if (report === undefined) throw fault("REQUEST_NO_REQUEST");
    if (report.state === "acknowledged") throw fault("REQUEST_OVER");
    const { subject } = report;
    const acknowledgedAt = ports.clock.now();
    // They speak of it: it has reached them, whatever the mail says.
    const told = report.state === "noted" ? ({ toldAt: acknowledgedAt, toldBy: "hand" } as const) : {};
    await updateInaccuracy(unit, report, {
      ...{ ...told, state: "acknowledged", acknowledgedAt, acknowledgedBy: given.by.role, sealed: null },
    });
    await record(unit, ports, {
      ...{ controller, subject, by: given.by, clause: "D10.3b" },
      type: "data-subject-requests.inaccuracyAcknowledged",
      payload: { report: id, ...(reference === undefined ? {} : { reference }) },
    });
  });
  await forgetClosed(ports);
}
