/** Sends a link to a controller's officer: the mail names nobody and nothing but the case. @clause D10.1b */
import { correspondenceFlow } from "@preau/agreement";
import type { JsonObject, Unit } from "@preau/kernel";
import { type DeskActor, type DeskPorts, SYSTEM } from "./desk-ports.ts";
import { escalateLocked } from "./escalate.ts";
import { REPORT_RELAY, REQUEST_RELAY } from "./messages.ts";
import { RELAY_PURPOSE, type Relay, relayKey, relayPath } from "./relay.ts";
import { officerToWrite } from "./relay-officer.ts";
import { type LockedThing, lockThing, type Thing } from "./relay-thing.ts";
import { type DeskEvent, record } from "./request-journal.ts";
import { OFFICERS, sayTo } from "./say-due.ts";
import { insertRelay, relaysOf } from "./store/relays.ts";

/** `byHand`: nobody can be written to, no time is left for a link, or the gate kept the last one here. */
export type Sent =
  | { readonly how: "mail"; readonly relay: Relay }
  | { readonly how: "byHand"; readonly why: ByHand };
type ByHand = "noCorrespondence" | "noOfficer" | "noTime" | "refused";

/**
 * What the job does: one that is on its way, or has left, is not sent again; where nobody can be written to the publisher's
 * officer is told at once.
 * @clause D10.1b
 */
export async function relayWaiting(ports: DeskPorts, thing: Thing): Promise<Sent | undefined> {
  return ports.unitOfWork.transaction(async (unit) => {
    const locked = await lockThing(unit, ports, thing);
    if (locked === undefined || !locked.waits) return undefined;
    const relays = await relaysOf(unit, thing.controller, thing.id);
    if (relays.some(({ state }) => state === "queued")) return undefined;
    const sent: Sent = relays.some(({ state }) => state === "refused")
      ? { how: "byHand", why: "refused" }
      : await sendLink(unit, ports, locked, SYSTEM);
    if (sent.how === "byHand" && locked.request !== undefined)
      await escalateLocked(unit, ports, locked.request, { cause: "noOfficer" });
    return sent;
  });
}

/**
 * A message that came later was merged into a request that the controller has seen: a new link tells it. One whose link nobody
 * has opened yet shows it by that very link; one that is not forwarded yet goes with all of it.
 * @clause D10.1b
 */
export function relayNews(ports: DeskPorts, thing: Thing): Promise<Sent | undefined> {
  return ports.unitOfWork.transaction(async (unit) => {
    const locked = await lockThing(unit, ports, thing);
    if (locked === undefined || locked.waits || locked.isOver) return undefined;
    const relays = await relaysOf(unit, thing.controller, thing.id);
    if (relays.some(({ state }) => state === "queued" || state === "accepted")) return undefined;
    return sendLink(unit, ports, locked, SYSTEM);
  });
}

/** A new link to whoever can be reached. The caller has locked the thing. */
export async function sendLink(
  unit: Unit,
  ports: DeskPorts,
  thing: LockedThing,
  by: DeskActor,
): Promise<Sent> {
  const { controller, id, until } = thing;
  const flow = correspondenceFlow(ports.agreements, controller);
  if (flow === undefined) return { how: "byHand", why: "noCorrespondence" };
  const now = ports.clock.now();
  if (until === undefined || now > until) return { how: "byHand", why: "noTime" };
  const officers = await ports.contracts.officers(unit, controller);
  const officer = officerToWrite(officers, await relaysOf(unit, controller, id));
  if (officer === undefined) return { how: "byHand", why: "noOfficer" };
  const relay: Relay = {
    ...{ id: ports.ids.next("rel"), controller, thing: id, state: "queued", how: "mail" },
    ...{ officer: officer.id, officerRole: officer.role, madeAt: now, until },
  };
  const token = await ports.links.make(unit, { controller, purpose: RELAY_PURPOSE, thing: relay.id, until });
  await insertRelay(unit, relay);
  await ports.mailer.send(unit, {
    ...{ template: thing.report === undefined ? REQUEST_RELAY : REPORT_RELAY, language: OFFICERS, flow },
    to: { name: officer.name, address: officer.email },
    variables: { link: relayPath(token), thing: id, ...(await duesOf(unit, ports, thing)) },
    ...{ key: relayKey(relay.id), priority: 20 },
  });
  await recordRelay(unit, ports, thing, {
    ...{ type: "data-subject-requests.linkSent", by },
    payload: { relay: relay.id, officer: officer.id, until },
  });
  return { how: "mail", relay };
}

/** About one person at most, under the clause that it is passed on for. */
export function recordRelay(
  unit: Unit,
  ports: Pick<DeskPorts, "journal">,
  { controller, id, subject, report }: LockedThing,
  { type, by, payload }: { readonly type: DeskEvent; readonly by: DeskActor; readonly payload: JsonObject },
): Promise<void> {
  return record(unit, ports, {
    ...{ controller, subject, type, by, clause: report === undefined ? "D10.1b" : "D10.3b" },
    payload: { [report === undefined ? "request" : "report"]: id, ...payload },
  });
}

async function duesOf(
  unit: Unit,
  ports: DeskPorts,
  { controller, request }: LockedThing,
): Promise<{ readonly dueAt?: string; readonly receivedAt?: string }> {
  if (request?.answerDueAt === undefined) return {};
  return {
    dueAt: await sayTo(unit, ports, controller, request.answerDueAt),
    receivedAt: await sayTo(unit, ports, controller, request.receivedAt),
  };
}
