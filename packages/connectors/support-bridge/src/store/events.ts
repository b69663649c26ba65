/** The SQL of desks' events. They stand in the publisher's own scope: whose they are may not be known. */

import { PUBLISHER } from "@preau/contracts";
import { insertRows, inUnit } from "@preau/database";
import { type Id, type Instant, instant, type Unit } from "@preau/kernel";

export type EventId = Id<"spe">;

/** `stored`: to be dealt with; its bytes go with the next two. `mark`: no delivery, a line by which something is known or held. */
type EventState = "stored" | "done" | "dropped" | "mark";

export interface StoredEvent {
  readonly id: EventId;
  readonly source: string;
  readonly receivedAt: Instant;
  readonly sealed: Buffer;
}

export interface NewEvent extends StoredEvent {
  readonly keyHash: string;
}

interface EventRow {
  readonly id: string;
  readonly controller: string;
  readonly source: string;
  readonly key_hash: string;
  readonly state: EventState;
  readonly reason: string | null;
  readonly received_at: string;
  readonly settled_at: string | null;
  readonly sealed: Buffer | null;
}

export const EVENT = "spt_event";

/** Which of these keys stand already. */
export async function knownEvents(
  unit: Unit,
  source: string,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await own(unit)
    .where({ source })
    .whereIn("key_hash", [...hashes])
    .pluck<string[]>("key_hash");
  return new Set(found);
}

/** @throws DATABASE_DUPLICATE where one of them stands already; nothing is written then */
export async function insertEvents(unit: Unit, events: readonly NewEvent[]): Promise<void> {
  const rows = events.map(
    (each): EventRow => ({
      id: each.id,
      controller: PUBLISHER,
      source: each.source,
      key_hash: each.keyHash,
      ...{ state: "stored", reason: null },
      received_at: each.receivedAt,
      settled_at: null,
      sealed: each.sealed,
    }),
  );
  await insertRows(inUnit(unit), EVENT, rows);
}

/** A line without bytes, by which something is known later. @throws DATABASE_DUPLICATE */
export async function insertMark(
  unit: Unit,
  { id, source, keyHash, receivedAt, reason }: Omit<NewEvent, "sealed"> & { readonly reason: string },
): Promise<void> {
  await own(unit).insert({
    ...{ id, controller: PUBLISHER, source, key_hash: keyHash, state: "mark", reason },
    ...{ received_at: receivedAt, settled_at: receivedAt, sealed: null },
  });
}

/** Held until the unit ends; false where there is none. */
export async function lockMark(unit: Unit, source: string, keyHash: string): Promise<boolean> {
  const row = await own(unit)
    .where({ source, key_hash: keyHash })
    .forUpdate()
    .first<object | undefined>("id");
  return row !== undefined;
}

/** One that is to be dealt with, held until the unit ends. */
export async function lockEvent(unit: Unit, id: string): Promise<StoredEvent | undefined> {
  const row = await own(unit).where({ id, state: "stored" }).forUpdate().first<EventRow | undefined>();
  if (row === undefined || row.sealed === null) return undefined;
  return {
    id: row.id as EventId,
    source: row.source,
    receivedAt: instant(row.received_at),
    sealed: row.sealed,
  };
}

export async function isWaiting(unit: Unit, id: string): Promise<boolean> {
  return (await own(unit).where({ id, state: "stored" }).forUpdate().first("id")) !== undefined;
}

/** Ids of those that were received before that and are not dealt with, the oldest first; at most a thousand at once. */
export async function storedBefore(unit: Unit, before: Instant): Promise<readonly EventId[]> {
  return own(unit)
    .where({ state: "stored" })
    .where("received_at", "<", before)
    .orderBy("received_at")
    .limit(1_000)
    .pluck<EventId[]>("id");
}

/** Since when there are some that nobody could deal with, or that wait since before that; undefined where there are none. */
export async function failedSince(unit: Unit, waitingBefore: Instant): Promise<Instant | undefined> {
  const oldest = async (query: ReturnType<typeof own>) => {
    const [row] = await query.min<{ since: string | null }[]>({ since: "received_at" });
    return row?.since ?? undefined;
  };
  const failed = await oldest(own(unit).where({ state: "dropped", reason: "FAILED" }));
  const waits = await oldest(own(unit).where({ state: "stored" }).where("received_at", "<", waitingBefore));
  const since = [failed, waits].filter((each) => each !== undefined).sort()[0];
  return since === undefined ? undefined : instant(since);
}

/** Those that are to be dealt with, by their ids. */
export async function waitingEvents(
  unit: Unit,
  { after, limit }: { readonly after: EventId | undefined; readonly limit: number },
): Promise<readonly StoredEvent[]> {
  const query = own(unit).where({ state: "stored" }).orderBy("id").limit(limit);
  if (after !== undefined) void query.where("id", ">", after);
  const rows = await query.select<EventRow[]>("*");
  return rows.flatMap(({ id, source, received_at: at, sealed }) =>
    sealed === null ? [] : [{ id: id as EventId, source, receivedAt: instant(at), sealed }],
  );
}

/** Its line stays, so that another delivery of it is known; its bytes go. How many still waited: one or none. */
export async function settleEvent(
  unit: Unit,
  id: string,
  {
    state,
    reason,
    at,
  }: { readonly state: "done" | "dropped"; readonly reason?: string; readonly at: Instant },
): Promise<number> {
  return own(unit)
    .where({ id, state: "stored" })
    .update({ state, reason: reason ?? null, settled_at: at, sealed: null });
}

/** Days, `2026-11-27`, of which everything is dealt with, before that one. */
export async function settledDays(unit: Unit, before: string): Promise<readonly string[]> {
  const of = async (isStored: boolean) => {
    const query = own(unit).where("received_at", "<", before);
    void (isStored ? query.where({ state: "stored" }) : query.whereNot({ state: "stored" }));
    const rows = await query.distinct<{ day: string }[]>(
      inUnit(unit).raw("substr(received_at, 1, 10) as day"),
    );
    return new Set(rows.map(({ day }) => day));
  };
  const [stored, settled] = [await of(true), await of(false)];
  return [...settled].filter((day) => !stored.has(day)).sort();
}

/** Lines of what was dealt with before that. How many went. */
export async function purgeEvents(unit: Unit, before: Instant): Promise<number> {
  return own(unit).whereNot({ state: "stored" }).where("received_at", "<", before).delete();
}

function own(unit: Unit) {
  return inUnit(unit)(EVENT).where({ controller: PUBLISHER });
}
