/**
 * A purge acts: the facts of every person are read again, and holds, own periods and contracts asked again. Whoever has
 * moved drops out with the reason; the rest becomes one erasure under the rule's clause, with its receipt. A crash before
 * the order leaves nothing, one after it leaves the order; two workers make one. @clause D12.4. Towards D6.2c
 */
import { dayIn, startOfDay } from "@preau/calendar";
import {
  type AccountFacts,
  type ControllerId,
  type Identifier,
  type Instant,
  type Lifecycle,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { Decision } from "./effective-rule.ts";
import type { ErasureId } from "./erasure.ts";
import { fault } from "./errors.ts";
import type { Hold } from "./hold.ts";
import type { RetentionOptions } from "./options.ts";
import { orderErasure } from "./order-erasure.ts";
import { holdsDataOf } from "./plan-stores.ts";
import { actsAtOnce } from "./propose-purges.ts";
import { type DropWhy, mayAct, type Purge, type PurgeId, type PurgePerson } from "./purge.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { type RetentionStanding, readStanding } from "./retention-standing.ts";
import { readSurveys } from "./store/forecasts.ts";
import {
  countMass,
  lockPurge,
  markPersons,
  personsOf,
  readPurge,
  releasePersons,
  updatePurge,
} from "./store/purges.ts";

export interface Acted {
  readonly purge: Purge;
  /** What came of it: `waits` for its moment or for somebody's word. */
  readonly outcome: "ordered" | "empty" | "waits" | "tooLarge" | "over";
  readonly erasure?: ErasureId;
  readonly dropped: number;
}

/** Facts of one waiting person, as the store tells them now. */
export interface PersonNow {
  readonly person: PurgePerson;
  readonly facts: AccountFacts | "gone" | "forgotten";
  /** The person's other accounts, there and in every other store: an erasure reaches them too. */
  readonly others: readonly AccountFacts[];
}

/** Whether a person is still to go, and why not. */
export type Verdictum =
  | { readonly goes: true }
  | { readonly goes: false; readonly why: DropWhy; readonly hold?: Hold };

const FACTS_PAGE = 500;

/**
 * @throws RETENTION_NO_PURGE, RETENTION_NO_ACCOUNTS, and the store's own errors
 * @clause D12.4
 */
export async function actOnPurge(
  ports: RetentionPorts,
  options: RetentionOptions,
  { controller, id }: Pick<Purge, "controller" | "id">,
): Promise<Acted> {
  const found = await ports.unitOfWork.transaction((unit) => readPurge(unit, controller, id));
  if (found === undefined) throw fault("RETENTION_NO_PURGE", { place: id });
  if (!mayAct(found, ports.clock.now())) return { purge: found, outcome: waitsOrOver(found), dropped: 0 };
  const persons = await readPersonsNow(ports, found);
  return ports.unitOfWork.transaction((unit) => act(unit, { ports, options, persons }, found));
}

function waitsOrOver({ state }: Purge): "waits" | "over" {
  return state === "proposed" || state === "approved" ? "waits" : "over";
}

/**
 * The waiting persons of a purge with the facts of all their accounts, read from every store. One that does not answer
 * ends it: nobody is taken for idle because a store was silent.
 * @throws RETENTION_NO_ACCOUNTS, and the stores' own errors
 */
export async function readPersonsNow(
  ports: RetentionPorts,
  purge: Purge,
  page: { readonly limit?: number; readonly offset?: number } = {},
): Promise<readonly PersonNow[]> {
  const { controller, kind, source } = purge;
  const lifecycle = ports.sources.get(source)?.lifecycle;
  if (lifecycle === undefined) throw fault("RETENTION_NO_ACCOUNTS", { place: source, clause: purge.clause });
  const known = await ports.unitOfWork.transaction(async (unit) => {
    const persons = await personsOf(unit, purge, { ...page, state: "waiting" });
    const identifiers = new Map<SubjectId, readonly Identifier[]>();
    for (const { subject } of persons)
      identifiers.set(subject, await ports.subjects.identifiers(unit, controller, subject));
    return { persons, identifiers };
  });
  const asked = [...known.identifiers.values()].flat();
  const facts = await factsNow(
    lifecycle,
    controller,
    asked.filter((each) => each.kind === kind),
  );
  const elsewhere: ReadonlyMap<string, AccountFacts>[] = [];
  for (const [id, registered] of ports.sources) {
    if (id === source || registered.lifecycle === undefined) continue;
    if (!holdsDataOf(controller, registered.source)) continue;
    elsewhere.push(await factsNow(registered.lifecycle, controller, asked));
  }
  return known.persons.map((person) => {
    const all = known.identifiers.get(person.subject) ?? [];
    const own = all.filter((each) => each.kind === kind);
    const [now, ...more] = own.flatMap((each) => facts.get(keyOf(each)) ?? []);
    const others = [
      ...more,
      ...elsewhere.flatMap((store) => all.flatMap((each) => store.get(keyOf(each)) ?? [])),
    ];
    return { person, facts: now ?? (own.length === 0 ? "forgotten" : "gone"), others };
  });
}

function keyOf({ kind, value }: Identifier): string {
  return `${kind}\n${value}`;
}

async function factsNow(
  lifecycle: Lifecycle,
  controller: ControllerId,
  identifiers: readonly Identifier[],
): Promise<ReadonlyMap<string, AccountFacts>> {
  const found = new Map<string, AccountFacts>();
  for (let at = 0; at < identifiers.length; at += FACTS_PAGE) {
    const some = identifiers.slice(at, at + FACTS_PAGE);
    for (const facts of await lifecycle.factsOf(controller, some)) found.set(keyOf(facts.identifier), facts);
  }
  return found;
}

/** Is this person still to go under this purge, by the facts and the rules of now? @clause D12.4, D6.2c */
export function judgePerson(
  purge: Purge,
  { person, facts, others }: PersonNow,
  standing: RetentionStanding,
): Verdictum {
  if (typeof facts === "string") return { goes: false, why: facts };
  const holds = standing.holdsOf(person.subject);
  const decision = standing.decide(facts, holds);
  if (decision.rule === undefined) return { goes: false, why: "noRule" };
  if (!isDue(decision, standing)) return waiting(decision);
  if (decision.rule.id !== purge.rule) return { goes: false, why: "otherRule" };
  // Whoever rests in one application and works in another is not gone: an erasure would end both accounts.
  for (const other of others) {
    const elsewhere = standing.decide(other, holds);
    if (!isDue(elsewhere, standing)) return waiting(elsewhere);
  }
  return { goes: true };
}

/** What ends today goes in the morning of that day; a period in hours is over as soon as its event is seen. */
function isDue({ rule, dueAt, hold }: Decision, { place, now }: RetentionStanding): boolean {
  if (rule === undefined || dueAt === undefined) return false;
  return dayIn(place.zone, dueAt) <= dayIn(place.zone, now) || (actsAtOnce(rule) && hold === undefined);
}

function waiting({ hold }: Decision): Verdictum {
  return hold === undefined ? { goes: false, why: "notDue" } : { goes: false, why: "held", hold };
}

interface Acting {
  readonly ports: RetentionPorts;
  readonly options: RetentionOptions;
  readonly persons: readonly PersonNow[];
}

async function act(
  unit: Unit,
  { ports, options, persons }: Acting,
  { controller, id }: Purge,
): Promise<Acted> {
  const purge = await lockPurge(unit, controller, id);
  if (purge === undefined) throw fault("RETENTION_NO_PURGE", { place: id });
  const now = ports.clock.now();
  if (!mayAct(purge, now)) return { purge, outcome: waitsOrOver(purge), dropped: 0 };
  const source = ports.sources.get(purge.source)?.source;
  const standing = await readStanding(unit, ports, { controller, source });
  if (!wasLookedAt(purge, persons) && (await isMass(unit, purge, standing, options))) {
    // Nothing is lost: it stays as it is, late in what is due, until somebody has looked.
    await updatePurge(unit, purge, { needs: "human" });
    await recordTooLarge(unit, ports, purge, options);
    return { purge: { ...purge, needs: "human" }, outcome: "tooLarge", dropped: 0 };
  }
  const going: PersonNow[] = [];
  let dropped = 0;
  for (const each of persons) {
    const verdict = judgePerson(purge, each, standing);
    if (verdict.goes) {
      going.push(each);
      continue;
    }
    dropped += 1;
    await drop(unit, ports, purge, each.person.subject, verdict);
  }
  if (going.length === 0) {
    await updatePurge(unit, purge, { state: "empty", actedAt: now });
    await releasePersons(unit, purge, undefined);
    return { purge: { ...purge, state: "empty" }, outcome: "empty", dropped };
  }
  const subjects = going.map(({ person }) => person.subject);
  const erasure = await orderErasure(unit, ports, {
    controller,
    subjects,
    ground: purge.ground,
    clause: purge.clause,
    requestedBy: purge.approvedBy ?? "system",
    ...clockOf(purge, going, now),
    ...(purge.approval === undefined ? {} : { instruction: purge.approval }),
  });
  await markPersons(unit, purge, { subjects, state: "ordered", live: true });
  await updatePurge(unit, purge, { state: "ordered", actedAt: now, erasure });
  return { purge: { ...purge, state: "ordered", erasure }, outcome: "ordered", erasure, dropped };
}

/** The clock of a deleted account runs from its deletion, that of a purge from its moment: each in time for its persons. */
function clockOf(purge: Purge, going: readonly PersonNow[], now: Instant) {
  const earliest = (instants: readonly Instant[]) =>
    instants.reduce((least, each) => (each < least ? each : least), now);
  if (purge.ground === "account-deleted") {
    const deleted = going.flatMap(({ facts }) =>
      typeof facts === "string" || facts.deletedAt === undefined ? [] : [facts.deletedAt],
    );
    return { requestedAt: earliest(deleted) };
  }
  const [first] = going;
  const dueBy = going.reduce(
    (least, { person }) => (person.dueAt < least ? person.dueAt : least),
    first?.person.dueAt ?? now,
  );
  return { requestedAt: now, dueBy };
}

/**
 * Somebody has: by an approval, or by deleting the accounts. No clock that jumps deletes an account, and its 24 hours wait
 * for nobody; what is found when they are over already is looked at like the rest. @clause D12.2
 */
function wasLookedAt({ state, ground, proposedAt }: Purge, persons: readonly PersonNow[]): boolean {
  if (state === "approved") return true;
  return ground === "account-deleted" && persons.every(({ person }) => person.dueAt > proposedAt);
}

/** Would more than the agreed share of the store's accounts go on one day? Then somebody has to look first. */
async function isMass(
  unit: Unit,
  purge: Purge,
  { place, now }: RetentionStanding,
  { massPersons, massShare }: RetentionOptions,
): Promise<boolean> {
  const surveys = await readSurveys(unit, purge.controller);
  const survey = surveys.find(({ source }) => source === purge.source);
  const { persons, goneBefore } = await countMass(unit, purge, {
    since: startOfDay(place.zone, dayIn(place.zone, now)),
    now,
    surveyedAt: survey?.surveyedAt ?? now,
  });
  // The share of all that there were in the morning: a store that empties purge by purge stays as large as it was.
  return persons > massPersons && persons > ((survey?.accounts ?? 0) + goneBefore) * massShare;
}

async function recordTooLarge(
  unit: Unit,
  ports: RetentionPorts,
  purge: Purge,
  { massShare }: RetentionOptions,
): Promise<void> {
  if (purge.needs === "human") return;
  await ports.journal.record(unit, {
    log: "evidence",
    type: "retention.purgeTooLarge",
    clause: purge.clause,
    controller: purge.controller,
    actor: { role: "system" },
    payload: { purge: purge.id, source: purge.source, persons: purge.persons, share: massShare },
  });
}

async function drop(
  unit: Unit,
  ports: RetentionPorts,
  purge: Purge,
  subject: SubjectId,
  { why, hold }: Extract<Verdictum, { goes: false }>,
): Promise<void> {
  const state = why === "held" ? "held" : "moved";
  await markPersons(unit, purge, { subjects: [subject], state, why, hold: hold?.id, live: false });
  if (why === "forgotten") return;
  const payload = { purge: purge.id, why, ...(hold === undefined ? {} : { hold: hold.id }) };
  await ports.journal.record(unit, {
    log: "evidence",
    type: "retention.personDropped",
    clause: why === "held" ? "D6.2c" : purge.clause,
    controller: purge.controller,
    actor: { role: "system" },
    subject: { id: subject, payload },
    payload,
  });
}

/** Its erasure is closed: the purge bears the receipt, and its persons are free for another. */
export async function closePurge(
  unit: Unit,
  purge: Purge,
  closed: Pick<Required<Purge>, "receipt" | "verdict">,
): Promise<void> {
  if (purge.state !== "ordered") return;
  await updatePurge(unit, purge, { state: "closed", ...closed });
  await releasePersons(unit, purge, undefined);
}

/** Which purge a job is about. @throws RETENTION_NO_PURGE */
export function purgeIdIn(payload: { readonly [name: string]: unknown }): PurgeId {
  const { purge } = payload;
  if (typeof purge !== "string") throw fault("RETENTION_NO_PURGE");
  return purge as PurgeId;
}
