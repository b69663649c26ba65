/**
 * Opening a link is a person's POST. It shows the package once and proves the receipt; a look at the link changes nothing, so a
 * mail scanner opens nothing, and whoever comes second is told that somebody came first. @clause D10.1b
 */
import { type ControllerId, isFault, type Unit } from "@preau/kernel";
import type { LinkState } from "@preau/web";
import { type DeskActor, type DeskPorts, SYSTEM } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { RELAY_PURPOSE, type Relay, type RelayedThing, type RelayId } from "./relay.ts";
import { enqueueNews } from "./relay-enqueue.ts";
import { forwardLocked, tellLocked } from "./relay-forward.ts";
import { recordRelay } from "./relay-send.ts";
import { type LockedThing, lockThing } from "./relay-thing.ts";
import { isTakenBack } from "./request.ts";
import { updateInaccuracy } from "./store/inaccuracies.ts";
import { lockRelay, readRelay, updateRelay } from "./store/relays.ts";
import { updateRequest } from "./store/requests.ts";

export interface OpenedRelay {
  readonly controller: ControllerId;
  readonly thing: RelayedThing;
}

/** Changes nothing. `used`: somebody opened it before, and further reading needs an account of the controller. */
export async function lookAtRelay(ports: DeskPorts, token: string): Promise<LinkState["state"]> {
  const { state } = await ports.unitOfWork.transaction((unit) =>
    ports.links.look(unit, RELAY_PURPOSE, token),
  );
  return state;
}

/** @throws WEB_LINK_DEAD for one that was opened, is over, was taken back, or was never ours @clause D10.1b */
export async function openRelay(ports: DeskPorts, token: string): Promise<OpenedRelay> {
  try {
    return await ports.unitOfWork.transaction((unit) => openIn(unit, ports, token));
  } catch (error) {
    if (isFault(error, "WEB_LINK_DEAD")) await noteTry(ports, token);
    throw error;
  }
}

async function openIn(unit: Unit, ports: DeskPorts, token: string): Promise<OpenedRelay> {
  const { controller, thing: id } = await ports.links.use(unit, RELAY_PURPOSE, token);
  const known = await readRelay(unit, controller, id as RelayId);
  const thing = known && (await lockThing(unit, ports, { controller, id: known.thing }));
  const relay = thing && (await lockRelay(unit, controller, id as RelayId));
  if (thing === undefined || relay === undefined || thing.isOver) throw fault("REQUEST_OVER");
  const at = ports.clock.now();
  const by = behindLink(relay);
  await updateRelay(unit, relay, { state: "opened", openedAt: at });
  if (thing.request === undefined) await openReport(unit, ports, thing, { relay, by });
  else {
    // It left us before it came here, whether or not its mail server has said so.
    const request = await forwardLocked(unit, ports, thing.request, { at, relay, by });
    if (request.state === "forwarded")
      await updateRequest(unit, request, { state: "received", openedAt: at });
    else if (isTakenBack(request) && request.openedAt === undefined)
      await updateRequest(unit, request, { openedAt: at });
  }
  await recordRelay(unit, ports, thing, {
    ...{ type: "data-subject-requests.opened", by },
    payload: { relay: relay.id, at, by: relay.how === "hand" ? "handedLink" : "link" },
  });
  // Its officer hears that it was opened, where it can be written to.
  if (relay.how === "hand") await enqueueNews(unit, ports, thing, relay.id);
  return { controller, thing: thing.id };
}

async function openReport(
  unit: Unit,
  ports: DeskPorts,
  { report }: LockedThing & { readonly request?: never },
  { relay, by }: { readonly relay: Relay; readonly by: DeskActor },
): Promise<void> {
  const at = ports.clock.now();
  await tellLocked(unit, ports, report, { at, relay, by });
  await updateInaccuracy(unit, report, { openedAt: at });
}

/**
 * Whoever holds the link is taken for the officer that it was sent to: the receipt says that it was by the link. Of one that
 * went through our own hands nobody can say who opened it.
 */
function behindLink({ how, officerRole }: Pick<Relay, "how" | "officerRole">): DeskActor {
  if (how === "hand") return SYSTEM;
  return { role: officerRole === "dpo" ? "controllerDpo" : "controllerAdministrator" };
}

/** Of a link that is ours and dead: the publisher may see that somebody tried. */
async function noteTry(ports: DeskPorts, token: string): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const looked = await ports.links.look(unit, RELAY_PURPOSE, token);
    if (looked.state !== "used" && looked.state !== "expired") return;
    const { controller, thing: relay } = looked.link;
    await ports.journal.record(unit, {
      ...{ log: "activity", type: "data-subject-requests.linkTried", clause: "D10.1b", controller },
      actor: { role: "system" },
      payload: { relay, state: looked.state },
    });
  });
}
