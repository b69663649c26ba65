/**
 * Proposes what is due, or soon will be: in batches of one rule and one day, each with its reasons in the journal, its
 * moment, and whose word it waits for. A person stands in one living purge of a store at a time. @clause D12.4
 */
import { dayIn, startOfDay } from "@preau/calendar";
import {
  addHours,
  addMillis,
  type ControllerId,
  type Identifier,
  type Instant,
  isFault,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { AccountRule } from "./account-rule.ts";
import type { Decision } from "./effective-rule.ts";
import type { RetentionOptions } from "./options.ts";
import { livePurgeStates, type Purge, type PurgeId } from "./purge.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import type { RetentionStanding } from "./retention-standing.ts";
import {
  insertPurge,
  keptSubjects,
  listPurges,
  liveSubjects,
  releasePersons,
  updatePurge,
} from "./store/purges.ts";

export interface DueAccount {
  readonly identifier: Identifier;
  readonly rule: AccountRule;
  readonly dueAt: Instant;
  readonly ceilingAt?: Instant;
}

export interface Where {
  readonly controller: ControllerId;
  readonly source: string;
}

const DAY_HOURS = 24;

/** A rule whose period is counted in hours leaves no time to look: it acts as soon as its event is seen. @figure D12.2 */
export function actsAtOnce(rule: AccountRule): boolean {
  return rule.after.unit === "hours";
}

/** Until which end a survey proposes under a rule. */
function horizonOf(rule: AccountRule, now: Instant, options: RetentionOptions): Instant {
  if (actsAtOnce(rule)) return addHours(now, rule.after.amount);
  if (!rule.approval) return addHours(now, options.lookHours + 2 * options.surveyHours + DAY_HOURS);
  const notices = (rule.notices ?? []).map(({ unit, amount }) => (unit === "days" ? amount : 0));
  return addHours(now, Math.max(options.proposeDays, ...notices) * DAY_HOURS);
}

/** The account as it could be proposed now; undefined while its day is far. */
export function dueAccount(
  identifier: Identifier,
  decision: Decision,
  now: Instant,
  options: RetentionOptions,
): DueAccount | undefined {
  const { rule, dueAt, ceilingAt } = decision;
  if (rule === undefined || dueAt === undefined || dueAt > horizonOf(rule, now, options)) return undefined;
  return { identifier, rule, dueAt, ...(ceilingAt === undefined ? {} : { ceilingAt }) };
}

/** When a purge acts: at the beginning of the day that the period ends on, in time for every one of its persons. */
function momentOf(dueAt: Instant, standing: RetentionStanding, options: RetentionOptions): Instant {
  const { place, now } = standing;
  const morning = startOfDay(place.zone, dayIn(place.zone, dueAt));
  const looked = addHours(now, options.lookHours);
  const later = (one: Instant, other: Instant) => (one > other ? one : other);
  if (dueAt <= now) return looked;
  return dueAt > looked ? later(morning, looked) : later(morning, now);
}

export interface Proposer {
  /** Takes an account that is due; a full batch is proposed at once. */
  add(account: DueAccount): Promise<void>;
  /** Proposes the rest. */
  finish(): Promise<{
    readonly proposed: readonly PurgeId[];
    /** So many were due that some are left for the next survey. */
    readonly more: boolean;
  }>;
}

/**
 * Proposes as accounts come in, so that no more of them are held than make one batch a rule and day. Accounts that a
 * living purge names already, or that the controller has decided to keep, are left out.
 */
export function makeProposer(
  ports: RetentionPorts,
  options: RetentionOptions,
  where: Where,
  standing: RetentionStanding,
): Proposer {
  const groups = new Map<string, DueAccount[]>();
  const proposed: PurgeId[] = [];
  const purgesOf = new Map<string, number>();
  let more = false;

  const flush = async (batch: readonly DueAccount[]): Promise<void> => {
    const [first] = batch;
    if (first === undefined) return;
    try {
      const id = await ports.unitOfWork.transaction((unit) =>
        propose(unit, { ports, options, where, standing }, batch),
      );
      if (id === undefined) return;
      proposed.push(id);
      purgesOf.set(first.rule.id, (purgesOf.get(first.rule.id) ?? 0) + 1);
    } catch (error) {
      // Another survey of the same store was quicker.
      if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
    }
  };
  return {
    add: async (account) => {
      if ((purgesOf.get(account.rule.id) ?? 0) >= options.batches) {
        more = true;
        return;
      }
      const key = groupOf(account, standing);
      const group = groups.get(key) ?? [];
      group.push(account);
      groups.set(key, group);
      if (group.length < options.batchPersons) return;
      groups.delete(key);
      await flush(group);
    },
    finish: async () => {
      for (const group of groups.values()) await flush(group);
      return { proposed, more };
    },
  };
}

/**
 * Purges that were proposed at an instant that is still to come: the clock stood wrong, and is right again. They are
 * withdrawn, so that their persons are free for what is really due.
 */
export async function withdrawPremature(
  ports: RetentionPorts,
  { controller, source }: Where,
): Promise<number> {
  return ports.unitOfWork.transaction(async (unit) => {
    const now = ports.clock.now();
    const living = await listPurges(unit, { controller, states: livePurgeStates, limit: 10_000 });
    const premature = living.filter((purge) => purge.source === source && purge.proposedAt > now);
    for (const purge of premature) {
      await updatePurge(unit, purge, { state: "empty" });
      await releasePersons(unit, purge, { state: "moved", why: "notDue" });
      await ports.journal.record(unit, {
        log: "evidence",
        type: "retention.purgeWithdrawn",
        clause: purge.clause,
        controller,
        actor: { role: "system" },
        payload: { purge: purge.id, source, proposedAt: purge.proposedAt },
      });
    }
    return premature.length;
  });
}

/** Persons of one rule and one day go together; whatever is late goes as one. */
function groupOf({ rule, dueAt }: DueAccount, { now, place }: RetentionStanding): string {
  const day = dueAt <= now ? "late" : actsAtOnce(rule) ? "at once" : dayIn(place.zone, dueAt);
  return `${rule.id} ${day}`;
}

interface Proposing {
  readonly ports: RetentionPorts;
  readonly options: RetentionOptions;
  readonly where: Where;
  readonly standing: RetentionStanding;
}

async function propose(
  unit: Unit,
  { ports, options, where, standing }: Proposing,
  batch: readonly DueAccount[],
): Promise<PurgeId | undefined> {
  const { controller, source } = where;
  const [first] = batch;
  if (first === undefined) return undefined;
  const { rule } = first;
  const accounts = await identifyNew(unit, ports, where, batch);
  const kept = await keptSubjects(unit, { controller, source, rule: rule.id }, [...accounts.keys()]);
  const horizon = horizonOf(rule, standing.now, options);
  const persons = [...accounts].flatMap(([subject, { dueAt, ceilingAt }]) => {
    if (!kept.has(`${subject}|${dueAt}`)) return [{ subject, dueAt, ceilingAt }];
    // The controller keeps it; nothing but a law keeps it beyond a ceiling.
    return ceilingAt !== undefined && ceilingAt > dueAt && ceilingAt <= horizon
      ? [{ subject, dueAt: ceilingAt, ceilingAt }]
      : [];
  });
  if (persons.length === 0) return undefined;
  const purge = purgeOf(persons, first, { ports, options, where, standing });
  await insertPurge(unit, purge, persons);
  await ports.journal.record(unit, {
    log: "evidence",
    type: "retention.purgeProposed",
    clause: purge.clause,
    controller,
    actor: { role: "system" },
    payload: {
      purge: purge.id,
      source,
      rule: rule.id,
      persons: persons.length,
      needs: purge.needs,
      actsAt: purge.actsAt,
    },
  });
  await enqueueActing(unit, ports, purge);
  return purge.id;
}

/** Those whom no living purge names. The directory meets nobody new for one who is proposed already. */
async function identifyNew(
  unit: Unit,
  { subjects }: Pick<RetentionPorts, "subjects">,
  where: Where,
  batch: readonly DueAccount[],
): Promise<ReadonlyMap<SubjectId, DueAccount>> {
  const { controller } = where;
  const known = new Map<DueAccount, SubjectId>();
  for (const account of batch) {
    const subject = await subjects.find(unit, controller, account.identifier);
    if (subject !== undefined) known.set(account, subject);
  }
  const living = await liveSubjects(unit, where, [...known.values()]);
  const accounts = new Map<SubjectId, DueAccount>();
  for (const account of batch) {
    const subject = known.get(account) ?? (await subjects.identify(unit, controller, account.identifier));
    if (!living.has(subject)) accounts.set(subject, account);
  }
  return accounts;
}

function purgeOf(
  persons: readonly { readonly dueAt: Instant; readonly ceilingAt?: Instant | undefined }[],
  { rule, identifier }: DueAccount,
  { ports, options, where, standing }: Proposing,
): Purge {
  const { now, place } = standing;
  const earliest = (instants: readonly Instant[]) =>
    instants.reduce<Instant | undefined>(
      (least, each) => (least === undefined || each < least ? each : least),
      undefined,
    );
  const actsAt = actsAtOnce(rule)
    ? now
    : momentOf(earliest(persons.map(({ dueAt }) => dueAt)) ?? now, standing, options);
  const ceiling = earliest(persons.flatMap(({ ceilingAt }) => (ceilingAt === undefined ? [] : [ceilingAt])));
  const ceilingDay = ceiling && startOfDay(place.zone, dayIn(place.zone, ceiling));
  return {
    id: ports.ids.next("prg"),
    ...where,
    kind: identifier.kind,
    rule: rule.id,
    clause: rule.clause,
    ground: rule.anchor === "accountDeleted" ? "account-deleted" : "retention",
    state: "proposed",
    needs: rule.approval ? "controller" : "nobody",
    ...(ceilingDay === undefined ? {} : { ceilingAt: ceilingDay > actsAt ? ceilingDay : actsAt }),
    persons: persons.length,
    proposedAt: now,
    actsAt,
  };
}

/** One job a purge, at its moment; a second at the ceiling's, for one that nobody has approved by then. */
export async function enqueueActing(
  unit: Unit,
  ports: Pick<RetentionPorts, "jobs">,
  { controller, id, actsAt, ceilingAt, needs, state }: Purge,
): Promise<void> {
  const job = { name: "retention.purge", controller, payload: { purge: id }, priority: 20 };
  await ports.jobs.enqueue(unit, { ...job, key: `${id}.${state}`, runAt: actsAt });
  if (needs !== "nobody" && ceilingAt !== undefined && ceilingAt > actsAt)
    await ports.jobs.enqueue(unit, { ...job, key: `${id}.ceiling`, runAt: addMillis(ceilingAt, 1) });
}
