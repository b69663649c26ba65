/** Handed over by hand: on paper, by telephone, in person. It counts with its evidence, from when it was done. @clause D10.1b */
import type { Instant } from "@preau/kernel";
import type { DeskActor, DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import type { Relay, RelayId } from "./relay.ts";
import { enqueueNews } from "./relay-enqueue.ts";
import { forwardLocked, tellLocked } from "./relay-forward.ts";
import { lockThing, type Thing } from "./relay-thing.ts";
import { insertRelay, lockRelay, updateRelay } from "./store/relays.ts";

export interface HandOver {
  readonly at: Instant;
  /** Under which its evidence is found again. Names nobody. */
  readonly reference: string;
  /** The link that was handed over, where it was one. */
  readonly relay?: RelayId | undefined;
  readonly by: DeskActor;
}

const MOST_REFERENCE = 200;

/**
 * @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER where it has left us already, REQUEST_FIELD_BAD
 * @clause D10.1b
 */
export async function recordHandOver(ports: DeskPorts, thing: Thing, given: HandOver): Promise<void> {
  const { at, by } = given;
  if (by.role !== "publisherDpo" && by.role !== "support") throw fault("REQUEST_NOT_FOR_YOU");
  const reference = requireReference(given.reference);
  return ports.unitOfWork.transaction(async (unit) => {
    const locked = await lockThing(unit, ports, thing);
    if (locked === undefined) throw fault("REQUEST_NO_REQUEST");
    if (!locked.waits) throw fault("REQUEST_OVER");
    const { controller, id } = locked;
    const from = locked.request?.receivedAt ?? locked.report?.learntAt ?? at;
    if (at > ports.clock.now() || at < from) throw fault("REQUEST_FIELD_BAD", { place: "at" });
    const made = given.relay && (await lockRelay(unit, controller, given.relay));
    if (made !== undefined && (made.thing !== id || made.how !== "hand" || made.state !== "queued"))
      throw fault("REQUEST_FIELD_BAD", { place: "relay" });
    const relay: Relay = {
      ...{ id: made?.id ?? ports.ids.next("rel"), controller, thing: id, state: "handed", how: "hand" },
      ...{ madeAt: made?.madeAt ?? at, settledAt: at, reference },
    };
    if (made === undefined) await insertRelay(unit, relay);
    else await updateRelay(unit, made, { state: "handed", settledAt: at });
    if (locked.request === undefined) await tellLocked(unit, ports, locked.report, { at, relay, by });
    else await forwardLocked(unit, ports, locked.request, { at, relay, by });
    // It counts on our word alone: where its officer can be written to, it hears of it.
    await enqueueNews(unit, ports, locked, relay.id);
  });
}

/** @throws REQUEST_FIELD_BAD for none, and for one that holds an address */
export function requireReference(given: string): string {
  const reference = given.trim();
  if (reference === "" || reference.length > MOST_REFERENCE || reference.includes("@"))
    throw fault("REQUEST_FIELD_BAD", { place: "reference" });
  return reference;
}
