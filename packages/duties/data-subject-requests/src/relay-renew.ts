/** A new link in place of those that were sent: lost, expired, opened by somebody else. The earlier ones die. @clause D10.1b */
import type { ActorRole, Unit } from "@preau/kernel";
import type { DeskActor, DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { RELAY_PURPOSE, type Relay, relayPath } from "./relay.ts";
import { recordRelay, sendLink } from "./relay-send.ts";
import { type LockedThing, lockThing, type Thing } from "./relay-thing.ts";
import { insertRelay, relaysOf, supersedeRelays } from "./store/relays.ts";

const MAY: ReadonlySet<ActorRole> = new Set<ActorRole>([
  "publisherDpo",
  "controllerDpo",
  "controllerAdministrator",
]);

/** By mail. @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER, REQUEST_NO_TIME_LEFT, REQUEST_NO_OFFICER */
export function renewRelay(ports: DeskPorts, thing: Thing, by: DeskActor): Promise<Relay> {
  return ports.unitOfWork.transaction(async (unit) => {
    const locked = await takeBack(unit, ports, thing, by);
    const sent = await sendLink(unit, ports, locked, by);
    if (sent.how === "byHand")
      throw fault(sent.why === "noTime" ? "REQUEST_NO_TIME_LEFT" : "REQUEST_NO_OFFICER", {
        clause: "D10.1b",
      });
    return sent.relay;
  });
}

/** A link to hand over, whose path is given this once. It counts as forwarded once the handing over is recorded, or it is opened. */
export function makeRelayLink(
  ports: DeskPorts,
  thing: Thing,
  by: DeskActor,
): Promise<{ readonly relay: Relay; readonly path: string }> {
  return ports.unitOfWork.transaction(async (unit) => {
    const locked = await takeBack(unit, ports, thing, by);
    const { controller, id, until } = locked;
    const now = ports.clock.now();
    if (until === undefined || now > until) throw fault("REQUEST_NO_TIME_LEFT", { clause: "D10.1b" });
    const relay: Relay = {
      ...{ id: ports.ids.next("rel"), controller, thing: id, state: "queued", how: "hand" },
      ...{ madeAt: now, until },
    };
    const terms = { controller, purpose: RELAY_PURPOSE, thing: relay.id, until };
    const token = await ports.links.make(unit, terms);
    await insertRelay(unit, relay);
    return { relay, path: relayPath(token) };
  });
}

async function takeBack(unit: Unit, ports: DeskPorts, thing: Thing, by: DeskActor): Promise<LockedThing> {
  if (!MAY.has(by.role)) throw fault("REQUEST_NOT_FOR_YOU");
  const locked = await lockThing(unit, ports, thing);
  if (locked === undefined) throw fault("REQUEST_NO_REQUEST");
  if (locked.isOver) throw fault("REQUEST_OVER");
  const { controller, id } = locked;
  for (const relay of await relaysOf(unit, controller, id))
    await ports.links.kill(unit, controller, relay.id, RELAY_PURPOSE);
  await supersedeRelays(unit, controller, id);
  await recordRelay(unit, ports, locked, {
    ...{ type: "data-subject-requests.linkRenewed", by },
    payload: {},
  });
  return locked;
}
