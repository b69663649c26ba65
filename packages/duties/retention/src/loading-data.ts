/**
 * A holding: a copy of a client's data that stands beside the service, with the period that ends it. Loading data (S9),
 * archives and backups held at a contract's end (S15), samples of presales (S6, S8). Whoever makes such a copy registers it
 * here, and tells when its anchor has happened.
 *
 *   const id = await registerHolding(unit, ports, { controller, store: "sample", kind: "folder", place, by });
 *   await anchorHolding(unit, ports, { controller, id, at, by }); // presalesClosed
 *
 * @clause S9, S15
 */
import { type RetentionRule, retentionRules } from "@preau/agreement";
import { deadlineOf, type Place } from "@preau/calendar";
import type { ControllerId, Id, Instant, ReceiptId, Unit, Verdict } from "@preau/kernel";
import type { PurgeDecider } from "./decide-purge.ts";
import { fault } from "./errors.ts";
import { identityOf, placeToHold } from "./loading-data-place.ts";
import { refuseWords } from "./loading-data-words.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { insertHolding, placesHeld, readHolding, updateHolding } from "./store/holdings.ts";

export type HoldingId = Id<"hdg">;
export const holdingStores = ["loadingData", "archive", "sample"] as const;
export type HoldingStore = (typeof holdingStores)[number];
/** A database is destroyed by its operator, who attests it; the others by this service. */
export const holdingKinds = ["file", "folder", "sqlite", "database"] as const;
export type HoldingKind = (typeof holdingKinds)[number];

export interface Holding {
  readonly id: HoldingId;
  readonly controller: ControllerId;
  readonly store: HoldingStore;
  readonly kind: HoldingKind;
  /** Absolute path, or the operator's name of a database: never a URL with a password. */
  readonly place: string;
  /** How people call it. */
  readonly label?: string;
  readonly bytes?: number;
  /** `sha256:…` of a file, or of the list of a folder's files. */
  readonly sha256?: string;
  readonly heldSince: Instant;
  /** The event that its period runs from. */
  readonly anchorAt?: Instant;
  readonly dueAt?: Instant;
  readonly clause: string;
  readonly state: "held" | "destroyed";
  readonly destroyedAt?: Instant;
  readonly receipt?: ReceiptId;
  readonly verdict?: Verdict;
  /** What the disk called it when it was registered. */
  readonly identity?: string;
  /** When its unlinking began: what is gone since went under its receipt. */
  readonly unlinkingAt?: Instant;
}

export interface NewHolding {
  readonly controller: ControllerId;
  readonly store: HoldingStore;
  readonly kind: HoldingKind;
  readonly place: string;
  readonly label?: string | undefined;
  /** What was measured of it; the caller reads the disk. */
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
  readonly heldSince?: Instant | undefined;
  /** Folders and files of the service itself: never a copy. */
  readonly forbidden?: readonly string[] | undefined;
  readonly by: PurgeDecider;
}

/** Which rule of the agreement, or of the policy beside it, ends a holding. */
const RULE_STORES = { loadingData: "loadingData", sample: "samples" } as const;

export function ruleOfHolding(
  agreements: RetentionPorts["agreements"],
  controller: ControllerId,
  store: HoldingStore,
): RetentionRule | undefined {
  if (store === "archive") return undefined;
  return [agreements.of(controller), agreements.policy]
    .flatMap((each) => (each === undefined ? [] : retentionRules(each)))
    .find((rule) => rule.store === RULE_STORES[store] && rule.then === "erase");
}

const LABEL = 200;
export const REFERENCE = 200;

/** @throws RETENTION_HOLDING_BAD naming the field */
export async function registerHolding(
  unit: Unit,
  ports: RetentionPorts,
  wanted: NewHolding,
): Promise<HoldingId> {
  const { controller, store, kind, label, bytes, sha256, forbidden = [], by } = wanted;
  const now = ports.clock.now();
  const heldSince = wanted.heldSince ?? now;
  if (wanted.place.trim() === "" || wanted.place.length > 1_000 || /:\/\/[^/]*@/.test(wanted.place))
    throw fault("RETENTION_HOLDING_BAD", { place: "place" });
  // Without a label, the last part of its place stands on certificates.
  refuseWords("label", holdingName({ place: wanted.place, ...(label ? { label } : {}) }), LABEL);
  refuseWords("reference", by.instructionReference, REFERENCE);
  if (heldSince > now) throw fault("RETENTION_HOLDING_BAD", { place: "since" });
  const place =
    kind === "database"
      ? wanted.place
      : await placeToHold(wanted, { others: await placesHeld(unit), forbidden });
  const identity = kind === "database" ? undefined : await identityOf(place);
  const clause =
    ruleOfHolding(ports.agreements, controller, store)?.clause ?? (store === "archive" ? "S15" : "S9");
  const holding: Holding = {
    id: ports.ids.next("hdg"),
    ...{ controller, store, kind, place, heldSince, clause, state: "held" as const },
    ...(label === undefined || label === "" ? {} : { label }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(identity === undefined ? {} : { identity }),
  };
  await insertHolding(unit, holding);
  await recordHolding(unit, ports, holding, "retention.holdingRegistered", by);
  return holding.id;
}

/**
 * The event that its period runs from has happened: the loading was accepted, presales closed. Its last day is reckoned
 * from the agreement; saying it again changes nothing.
 * @throws RETENTION_NO_HOLDING, RETENTION_HOLDING_BAD for a moment ahead, or before it was held
 * @figure S9
 */
export async function anchorHolding(
  unit: Unit,
  ports: RetentionPorts,
  {
    controller,
    id,
    at,
    by,
  }: {
    readonly controller: ControllerId;
    readonly id: HoldingId;
    readonly at: Instant;
    readonly by: PurgeDecider;
  },
): Promise<Holding> {
  const holding = await requireHolding(unit, controller, id);
  if (holding.anchorAt !== undefined) return holding;
  refuseWords("reference", by.instructionReference, REFERENCE);
  if (at > ports.clock.now() || at < holding.heldSince) throw fault("RETENTION_HOLDING_BAD", { place: "at" });
  const rule = ruleOfHolding(ports.agreements, controller, holding.store);
  const place = await ports.contracts.placeOf(unit, controller);
  const dueAt = rule && dueOf(rule, at, place);
  const changed = { ...holding, anchorAt: at, ...(dueAt === undefined ? {} : { dueAt }) };
  await updateHolding(unit, holding, { anchorAt: at, ...(dueAt === undefined ? {} : { dueAt }) });
  await recordHolding(unit, ports, changed, "retention.holdingAccepted", by);
  return changed;
}

function dueOf({ after }: RetentionRule, at: Instant, place: Place): Instant {
  return deadlineOf(at, after, { rounding: "binds", place }).dueAt;
}

/** @throws RETENTION_NO_HOLDING */
export async function requireHolding(unit: Unit, controller: ControllerId, id: HoldingId): Promise<Holding> {
  const holding = await readHolding(unit, controller, id);
  if (holding === undefined) throw fault("RETENTION_NO_HOLDING", { place: id });
  return holding;
}

/** How people see it: its label, else the last part of its place. */
export function holdingName({ label, place }: Pick<Holding, "label" | "place">): string {
  return label ?? place.split(/[\\/]/).findLast((part) => part !== "") ?? place;
}

export async function recordHolding(
  unit: Unit,
  ports: Pick<RetentionPorts, "journal">,
  { id, controller, store, kind, bytes, sha256, anchorAt, dueAt, clause }: Holding,
  type: string,
  { role, id: actor, instructionReference }: PurgeDecider,
): Promise<void> {
  const reference = instructionReference?.trim() ?? "";
  await ports.journal.record(unit, {
    log: "evidence",
    type,
    clause,
    controller,
    actor: { role, ...(actor === undefined ? {} : { id: actor }) },
    payload: {
      holding: id,
      store,
      kind,
      ...(bytes === undefined ? {} : { bytes }),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(anchorAt === undefined ? {} : { anchorAt }),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(reference === "" ? {} : { reference }),
    },
  });
}
