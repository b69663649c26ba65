/**
 * A verified hook is stored, sealed, before it is answered. Those that come at the same time share one transaction, and with it
 * one look at the keys and one wait for the disk. @clause DC
 */

import { PUBLISHER } from "@preau/contracts";
import { type Id, type Instant, isFault } from "@preau/kernel";
import type { KeyScope } from "@preau/keys";
import type { DeskEvent } from "./desk-event.ts";
import { eventHash, publisherScope } from "./desk-keys.ts";
import { fault } from "./errors.ts";
import { type EventId, insertEvents, knownEvents, type NewEvent } from "./store/events.ts";
import type { SupportPorts } from "./support-ports.ts";

export type ReceivePorts = Pick<SupportPorts, "clock" | "ids" | "jobs" | "log" | "unitOfWork" | "vault">;

export interface ReceivedHook {
  readonly source: string;
  /** Of the delivery: once is once. */
  readonly key: string;
  readonly event: DeskEvent;
}

export type Receipt = "stored" | "repeated";

/** @throws SUPPORT_NOT_STORED where it is not: whoever delivers must come again */
export type Receive = (hook: ReceivedHook) => Promise<Receipt>;

export const PROCESS = "support-bridge.process";
/** Hooks of one transaction, their bytes (a statement writes each as two, and a server takes 16 MB), and hooks that wait. */
const MOST_TOGETHER = 100;
const MOST_BYTES = 4_000_000;
const MOST_WAITING = 2_000;

interface Waiting {
  readonly hook: ReceivedHook;
  readonly at: Instant;
  readonly bytes: Buffer;
  readonly done: (receipt: Receipt) => void;
  readonly failed: (error: unknown) => void;
}

/** A day's events have one key, which goes once all of them are dealt with. */
export function eventScope(day: string): KeyScope {
  return { controller: PUBLISHER, kind: "controller", id: `support-events-${day}` };
}

export function eventContext(id: EventId): string {
  return `spt_event ${id}`;
}

export function dayOf(at: Instant): string {
  return at.slice(0, 10);
}

export function makeReceive(ports: ReceivePorts): Receive {
  let waiting: Waiting[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, togetherIn(waiting));
      waiting = waiting.slice(batch.length);
      await storeTogether(ports, batch);
    }
    running = false;
  };

  return (hook) =>
    new Promise((done, failed) => {
      if (waiting.length >= MOST_WAITING) {
        failed(fault("SUPPORT_NOT_STORED", { place: "too many at once" }));
        return;
      }
      const bytes = Buffer.from(JSON.stringify(hook.event));
      waiting.push({ hook, at: ports.clock.now(), bytes, done, failed });
      // After what else arrived in this turn of the loop.
      if (!running) {
        running = true;
        setImmediate(() => void run());
      }
    });
}

/** How many of the first go together: one at least. */
function togetherIn(waiting: readonly Waiting[]): number {
  let size = 0;
  for (const [index, { bytes }] of waiting.slice(0, MOST_TOGETHER).entries()) {
    size += bytes.length;
    if (size > MOST_BYTES) return Math.max(index, 1);
  }
  return MOST_TOGETHER;
}

/** Never throws: each of them is told. */
async function storeTogether(ports: ReceivePorts, batch: readonly Waiting[]): Promise<void> {
  try {
    const events = await sealAll(ports, batch);
    const stored = await storeAll(ports, events);
    for (const [index, { done }] of batch.entries())
      done(stored.has(events[index]?.id ?? "") ? "stored" : "repeated");
  } catch (error) {
    ports.log.error("support-bridge.notStored", {
      code: isFault(error) ? error.code : "UNKNOWN",
      hooks: batch.length,
    });
    for (const { failed } of batch) failed(fault("SUPPORT_NOT_STORED", { cause: error }));
  }
}

function sealAll({ ids, vault }: ReceivePorts, batch: readonly Waiting[]): Promise<readonly NewEvent[]> {
  const scopes = [publisherScope, ...batch.map(({ at }) => eventScope(dayOf(at)))];
  return vault.withKeys(scopes, (keyOf) =>
    batch.map(({ hook: { source, key }, at, bytes }) => {
      const id = ids.next("spe");
      const day = keyOf(eventScope(dayOf(at)));
      if (day === undefined) throw fault("SUPPORT_NOT_STORED", { place: "the day's key is gone" });
      const sealed = day.seal(bytes, eventContext(id));
      return { id, source, receivedAt: at, keyHash: eventHash(keyOf, source, key), sealed };
    }),
  );
}

/** The ids of those that were new. */
async function storeAll(
  ports: ReceivePorts,
  events: readonly NewEvent[],
): Promise<ReadonlySet<Id<"spe"> | "">> {
  try {
    return await storeNew(ports, events);
  } catch (error) {
    // Another process stored one of them between our look and our insert: now it is known.
    if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
    return storeNew(ports, events);
  }
}

function storeNew(
  { jobs, unitOfWork }: ReceivePorts,
  events: readonly NewEvent[],
): Promise<ReadonlySet<EventId | "">> {
  return unitOfWork.transaction(async (unit) => {
    const source = events[0]?.source ?? "";
    const known = await knownEvents(
      unit,
      source,
      events.map(({ keyHash }) => keyHash),
    );
    const fresh = new Map<string, NewEvent>();
    for (const event of events)
      if (!known.has(event.keyHash) && !fresh.has(event.keyHash)) fresh.set(event.keyHash, event);
    if (fresh.size === 0) return new Set();
    const rows = [...fresh.values()];
    await insertEvents(unit, rows);
    await jobs.enqueue(unit, {
      name: PROCESS,
      controller: PUBLISHER,
      payload: { events: rows.map(({ id }) => id) },
      priority: 50,
    });
    return new Set(rows.map(({ id }) => id));
  });
}
