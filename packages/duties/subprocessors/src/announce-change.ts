/** Announces a change: from now on each controller that is told has its own clock, which starts when it received it. @clause D8.2 */
import type { Subprocessor } from "@preau/agreement";
import { dayIn, mainland } from "@preau/calendar";
import { type Actor, PUBLISHER } from "@preau/contracts";
import type { ControllerId, Unit } from "@preau/kernel";
import { officers, recordAct, requireRole } from "./act.ts";
import { annexesInMemory } from "./baseline.ts";
import { type Change, type ChangeId, clauseOf } from "./change.ts";
import { fault } from "./errors.ts";
import { shutBy } from "./findings.ts";
import { enqueueLook, enqueueTelling } from "./jobs/names.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { sameDoor, says } from "./scope.ts";
import { announcedEntries, lockChange, updateChange } from "./store/changes.ts";
import { readFacts } from "./store/facts.ts";
import { insertNotices, toldControllers } from "./store/notices.ts";
import { hasWindow } from "./window.ts";

type AnnouncePorts = Pick<
  SubprocessorPorts,
  "agreements" | "clock" | "contracts" | "ids" | "jobs" | "journal"
>;

export interface Announced {
  /** How many controllers are told. */
  readonly controllers: number;
}

/**
 * To every controller with a contract that is not over, those of later contracts too, or to those that are named. The notices
 * are written down with this; a job sends them.
 * @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NO_CHANGE, SUBPROCESSORS_STATE, SUBPROCESSORS_CHANGED_MEANWHILE,
 * SUBPROCESSORS_RECIPIENT_TAKEN, SUBPROCESSORS_NO_WINDOW, SUBPROCESSORS_TRANSFER_UNAUTHORISED, SUBPROCESSORS_NOBODY
 * @clause D8.2, D9.2, D9.3
 */
export async function announceChange(
  unit: Unit,
  ports: AnnouncePorts,
  given: {
    readonly id: ChangeId;
    readonly version: number;
    readonly to: "all" | readonly ControllerId[];
    readonly by: Actor;
  },
): Promise<Announced> {
  const { id, version, to, by } = given;
  requireRole(by, officers);
  const change = await lockChange(unit, id);
  if (change === undefined) throw fault("SUBPROCESSORS_NO_CHANGE");
  if (change.state !== "draft") throw fault("SUBPROCESSORS_STATE");
  if (change.version !== version) throw fault("SUBPROCESSORS_CHANGED_MEANWHILE");
  await refuseWhatCannotOpen(unit, ports, change);
  const announcedAt = ports.clock.now();
  const audience = to === "all" ? "all" : "named";
  const announced: Change = { ...change, state: "announced", announcedAt, audience };
  if (!(await updateChange(unit, announced))) throw fault("SUBPROCESSORS_CHANGED_MEANWHILE");
  const controllers = await addNotices(unit, ports, announced, to);
  const missing = to === "all" ? undefined : to.find((each) => !controllers.includes(each));
  if (missing !== undefined || to.length === 0) throw fault("SUBPROCESSORS_NOBODY", { place: missing });
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.changeAnnounced", clause: clauseOf(change), by },
    payload: { change: id, recipient: change.entry.recipient, audience, controllers: controllers.length },
  });
  await enqueueTelling(unit, ports, id);
  await enqueueLook(unit, ports, id);
  return { controllers: controllers.length };
}

/** @clause D9.2 */
async function refuseWhatCannotOpen(unit: Unit, ports: AnnouncePorts, change: Change): Promise<void> {
  const agreement = ports.agreements.of(PUBLISHER);
  // A flow names a recipient alone: it is one company to everybody, whose data stays or goes alike.
  const others = [...agreement.annexC, ...(await announcedEntries(unit)).map(({ entry }) => entry)];
  const { recipient } = change.entry;
  if (others.some((each) => each.recipient === recipient && !sameDoor(each, change.entry)))
    throw fault("SUBPROCESSORS_RECIPIENT_TAKEN");
  if (!hasWindow(agreement, change)) throw fault("SUBPROCESSORS_NO_WINDOW", { clause: "D8.3" });
  const facts = (await readFacts(unit, change.entry.recipient))?.facts;
  const today = dayIn(mainland.zone, ports.clock.now());
  const finding = shutBy({ entry: change.entry, facts, agreement, today });
  if (finding === undefined) return;
  throw fault("SUBPROCESSORS_TRANSFER_UNAUTHORISED", {
    clause: finding.clause,
    log: { reason: finding.code },
  });
}

/**
 * Writes a notice down for each controller that has none of this change: those under contract, in the scope of the
 * announcement, unless each of their contracts was signed with an annex C that says as much. Whose contract came later is told
 * by the same way.
 */
export async function addNotices(
  unit: Unit,
  ports: Pick<AnnouncePorts, "clock" | "contracts" | "ids">,
  change: Pick<Change, "id" | "entry">,
  to: "all" | readonly ControllerId[],
): Promise<readonly ControllerId[]> {
  const named = to === "all" ? undefined : new Set(to);
  const told = await toldControllers(unit, change.id);
  const concerned = [...(await concernedControllers(unit, ports, change))].filter(
    (each) => !told.has(each) && named?.has(each) !== false,
  );
  const announcedAt = ports.clock.now();
  await insertNotices(
    unit,
    concerned.map((controller) => ({
      ...{ id: ports.ids.next("spn"), controller, change: change.id },
      ...{ recipient: change.entry.recipient, announcedAt },
    })),
  );
  return concerned;
}

/** Whether the annex C of an agreement says as much as an entry; one that was never seen here says nothing. @clause D8.1 */
function signedWith(unit: Unit, entry: Subprocessor): (agreement: string) => Promise<boolean> {
  const annexes = annexesInMemory();
  return async (agreement) =>
    (await annexes.of(unit, agreement))?.some((signed) => says(signed, entry)) ?? false;
}

/** Every controller with a contract that is not over, and whose annex C does not say as much already. */
export async function concernedControllers(
  unit: Unit,
  { contracts }: Pick<AnnouncePorts, "contracts">,
  { entry }: Pick<Change, "entry">,
): Promise<ReadonlySet<ControllerId>> {
  const every = await contracts.everything(unit, "all");
  const placeOf = new Map(every.controllers.map(({ id, place }) => [id, place]));
  const concerned = new Set<ControllerId>();
  const hasSigned = signedWith(unit, entry);
  for (const contract of every.contracts) {
    const place = placeOf.get(contract.controller);
    if (place === undefined || contracts.stateOf(contract, place) === "ended") continue;
    if (!(await hasSigned(contract.agreement))) concerned.add(contract.controller);
  }
  return concerned;
}
