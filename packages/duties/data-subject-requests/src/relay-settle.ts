/**
 * What became of a relay's mail. Taken by the next server, it has left us; come back, or kept by the gate, it has not: the case
 * is open again with its old clock, and the publisher's officer is told at once. @clause D10.1b
 */
import type { PreauEvents, Unit } from "@preau/kernel";
import { type DeskPorts, SYSTEM } from "./desk-ports.ts";
import { RELAY_PURPOSE, relayOfKey } from "./relay.ts";
import { enqueueRelay } from "./relay-enqueue.ts";
import { forwardLocked, tellLocked } from "./relay-forward.ts";
import { recordRelay } from "./relay-send.ts";
import { lockThing } from "./relay-thing.ts";
import { reopenLocked } from "./reopen-request.ts";
import { updateInaccuracy } from "./store/inaccuracies.ts";
import { lockRelay, readRelay, updateRelay } from "./store/relays.ts";

/** @clause D10.1b */
export async function settleRelay(
  unit: Unit,
  ports: DeskPorts,
  { controller, key, outcome, at }: PreauEvents["mail.settled"],
): Promise<void> {
  const id = relayOfKey(key);
  if (id === undefined) return;
  const known = await readRelay(unit, controller, id);
  const thing = known && (await lockThing(unit, ports, { controller, id: known.thing }));
  const found = thing && (await lockRelay(unit, controller, id));
  if (thing === undefined || found === undefined) return;
  if (outcome === "accepted") {
    if (found.state !== "queued") return;
    await updateRelay(unit, found, { state: "accepted", settledAt: at });
    if (thing.request === undefined) await tellLocked(unit, ports, thing.report, { at, relay: found });
    else await forwardLocked(unit, ports, thing.request, { at, relay: found });
    return;
  }
  if (found.state !== "queued" && found.state !== "accepted") return;
  await updateRelay(unit, found, { state: outcome, settledAt: at });
  await ports.links.kill(unit, controller, id, RELAY_PURPOSE);
  await recordRelay(unit, ports, thing, {
    ...{ type: "data-subject-requests.bounced", by: SYSTEM },
    payload: { relay: id, outcome, at },
  });
  if (thing.request !== undefined) await reopenLocked(unit, ports, thing.request, outcome);
  else if (thing.report.state === "told") await updateInaccuracy(unit, thing.report, { state: "noted" });
  // Somebody else at the controller may be reached.
  await enqueueRelay(unit, ports, thing);
}
