/**
 * Brings every store to where a restriction, or its lifting, wants it: one after the other, each written down before it is asked
 * and after, so that a run that was killed goes on. Never called done while a store failed.
 * @clause D10.1a
 */
import {
  addMillis,
  type ControllerId,
  isFault,
  type JobDefinition,
  overallVerdict,
  type RegisteredSource,
  type SubjectId,
  type SubjectTarget,
  type Unit,
  type Verdict,
} from "@preau/kernel";
import { journalDone } from "./execute-journal.ts";
import type { ExecutePorts } from "./execute-ports.ts";
import { endAction } from "./execute-settle.ts";
import type { Restriction, RestrictionId, RestrictionStore, RestrictionView } from "./restriction.ts";
import { follows, isKept, isOf, liftIn, type OneStore, restrictIn } from "./restriction-stores.ts";
import { lockActions } from "./store/actions.ts";
import {
  addStore,
  beginStore,
  endRestriction,
  judgeStore,
  listRestrictions,
  lockRestriction,
  storesOf,
  tellSettled,
} from "./store/restrictions.ts";

const SETTLE = "data-subject-requests.settleRestriction";
const ATTEMPTS = 10;
/** A run that was overtaken may still have asked a store: looked at again when every lease is over. */
const AGAIN_MS = 10 * 60_000;
const SYSTEM = { role: "system" } as const;

type Whose = Pick<Restriction, "controller" | "id">;

export async function enqueueSettling(
  unit: Unit,
  { jobs, clock }: Pick<ExecutePorts, "clock" | "jobs">,
  { controller, id }: Whose,
): Promise<void> {
  const job = { name: SETTLE, controller, payload: { restriction: id }, priority: 10 };
  await jobs.enqueue(unit, { ...job, key: id });
  await jobs.enqueue(unit, { ...job, key: `${id}.again`, runAt: addMillis(clock.now(), AGAIN_MS) });
}

export function settleRestrictionJob(ports: ExecutePorts): JobDefinition {
  return {
    name: SETTLE,
    attempts: ATTEMPTS,
    handler: async ({ controller, payload }, { attempt, signal }) => {
      const id = payload["restriction"] as RestrictionId;
      await settleRestriction(ports, { controller, id }, { signal, isLast: attempt >= ATTEMPTS });
    },
  };
}

export interface SettlingRun {
  readonly signal?: AbortSignal;
  /** No other try follows. */
  readonly isLast?: boolean;
}

/**
 * @throws what the first failing store threw, once all the others were asked, unless no other try follows
 * @clause D10.1a
 */
export async function settleRestriction(
  ports: ExecutePorts,
  whose: Whose,
  { signal, isLast = false }: SettlingRun = {},
): Promise<void> {
  const begun = await begin(ports, whose);
  if (begun === undefined) return;
  const failures: unknown[] = [];
  for (const [store, { source }] of begun.stores) {
    signal?.throwIfAborted();
    const one = { source, controller: whose.controller, target: begun.target };
    try {
      await settleStore(ports, whose, { store, one });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      failures.push(error);
      await noteFailure(ports, whose, store, error);
    }
  }
  await noteGone(ports, whose, new Set(begun.stores.map(([store]) => store)));
  if (failures.length > 0 && !isLast) throw failures[0];
  await finish(ports, whose);
}

/** Stores that are registered no more: nobody can say what they hold. */
function noteGone(ports: ExecutePorts, whose: Whose, known: ReadonlySet<string>): Promise<void> {
  const judged = { verdict: "UNKNOWN", why: "NOT_REGISTERED" } as const;
  return ports.unitOfWork.transaction(async (unit) => {
    const restriction = await lockRestriction(unit, whose.controller, whose.id);
    if (restriction === undefined) return;
    const which = restriction.lifted === undefined ? "restrict" : "lift";
    for (const { store, begunAt } of await storesOf(unit, whose))
      if (!known.has(store) && !(which === "lift" && begunAt === undefined))
        await judgeStore(unit, whose, { name: store, [which]: judged });
  });
}

interface Begun {
  readonly target: SubjectTarget;
  readonly stores: readonly (readonly [string, RegisteredSource])[];
}

/** Undefined for one that is over, or about nobody any more. */
function begin(ports: ExecutePorts, whose: Whose): Promise<Begun | undefined> {
  const { controller } = whose;
  return ports.unitOfWork.transaction(async (unit) => {
    const restriction = await lockRestriction(unit, controller, whose.id);
    const { subject, isLive = false } = restriction ?? {};
    if (restriction === undefined || subject === undefined || !isLive) return undefined;
    const stores = [...ports.sources].filter(([, { source }]) => isOf(controller, source));
    // A store that was registered since is asked too.
    if (restriction.lifted === undefined)
      for (const [store] of stores) await addStore(unit, whose, { store });
    const identifiers = await ports.subjects.identifiers(unit, controller, subject);
    return { target: { subject, identifiers }, stores };
  });
}

interface Asked {
  readonly store: string;
  readonly one: OneStore;
}

async function settleStore(ports: ExecutePorts, whose: Whose, asked: Asked): Promise<void> {
  const now = await ports.unitOfWork.transaction((unit) => look(unit, whose, asked.store));
  if (now === undefined) return;
  if (now.restriction.lifted === undefined) await restrictStore(ports, whose, { ...asked, ...now });
  else await liftStore(ports, whose, { ...asked, ...now });
}

interface Now {
  readonly restriction: Restriction;
  readonly row: RestrictionStore;
}

async function look(unit: Unit, whose: Whose, store: string): Promise<Now | undefined> {
  const restriction = await lockRestriction(unit, whose.controller, whose.id);
  if (restriction === undefined || !restriction.isLive) return undefined;
  const row = (await storesOf(unit, whose)).find((each) => each.store === store);
  return row && { restriction, row };
}

/** What the store was under before us is written down before it is asked, in the unit that sees that it may still begin. */
async function restrictStore(
  ports: ExecutePorts,
  whose: Whose,
  { store, one, row }: Asked & Now,
): Promise<void> {
  const isNow = await isKept(one);
  if (row.verdict === "PASS" && (isNow || row.why === "NOTHING_HELD" || row.why === "KEPT_UNUSED")) return;
  const wasBefore = isNow && !follows(one);
  const mayBegin = await ports.unitOfWork.transaction(async (unit) => {
    const now = await look(unit, whose, store);
    if (now === undefined || now.restriction.lifted !== undefined) return false;
    if (now.restriction.stoppedAt !== undefined && now.row.begunAt === undefined) {
      await judgeStore(unit, whose, { name: store, restrict: { verdict: "FAILED", why: "NOT_BEGUN" } });
      return false;
    }
    await beginStore(unit, whose, { name: store, wasBefore, at: ports.clock.now() });
    return true;
  });
  if (!mayBegin) return;
  const judged = await restrictIn(one);
  await ports.unitOfWork.transaction(async (unit) => {
    const now = await look(unit, whose, store);
    // Lifted meanwhile: the lifting asks this store again.
    if (now === undefined || now.restriction.lifted !== undefined) return;
    const why = judged.verdict === "PASS" && now.row.wasBefore === true ? "RESTRICTED_BEFORE" : judged.why;
    await judgeStore(unit, whose, { name: store, restrict: { verdict: judged.verdict, why } });
  });
}

async function liftStore(ports: ExecutePorts, whose: Whose, { store, one, row }: Asked & Now): Promise<void> {
  if (row.lift?.verdict === "PASS") return;
  const judged = await lifting(one, row);
  await ports.unitOfWork.transaction(async (unit) => {
    await judgeStore(unit, whose, { name: store, lift: judged });
  });
}

/** What was restricted before us stays so; what was not asked has nothing to lift. */
async function lifting(one: OneStore, { begunAt, wasBefore }: RestrictionStore) {
  if (wasBefore === true) return { verdict: "PASS", why: "RESTRICTED_BEFORE" } as const;
  if (begunAt === undefined && wasBefore === undefined) return { verdict: "PASS", why: "NOT_BEGUN" } as const;
  return liftIn(one);
}

function noteFailure(ports: ExecutePorts, whose: Whose, store: string, error: unknown): Promise<void> {
  const judged = { verdict: "FAILED", why: codeOf(error) } as const;
  return ports.unitOfWork.transaction(async (unit) => {
    const now = await look(unit, whose, store);
    if (now === undefined) return;
    const lifted = now.restriction.lifted !== undefined;
    await judgeStore(unit, whose, { name: store, ...(lifted ? { lift: judged } : { restrict: judged }) });
  });
}

/** Says what came out; a lifting is over with it. Twice is once. */
async function finish(ports: ExecutePorts, whose: Whose): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const restriction = await lockRestriction(unit, whose.controller, whose.id);
    if (restriction?.isLive !== true) return;
    const stores = await storesOf(unit, whose);
    const verdict = verdictOf(restriction, stores);
    if (verdict === "PENDING") return;
    const lifted = restriction.lifted !== undefined;
    if (lifted) await endRestriction(unit, restriction);
    else if (!(await tellSettled(unit, restriction, verdict))) return;
    else
      for (const action of await lockActions(unit, whose.controller, { thing: whose.id }))
        await endAction(unit, ports, action, { verdict });
    await journalDone(unit, ports, {
      type: lifted ? "data-subject-requests.restrictionEnded" : "data-subject-requests.restrictionSettled",
      ...{ controller: whose.controller, by: SYSTEM, subject: restriction.subject },
      instruction: restriction.lifted?.instruction ?? restriction.instruction,
      payload: { restriction: whose.id, verdict },
    });
  });
}

/** Of all stores; nobody calls it done while one failed, or cannot. */
function verdictOf({ lifted }: Pick<Restriction, "lifted">, stores: readonly RestrictionStore[]): Verdict {
  const parts = stores.map(
    ({ verdict, lift }): Verdict => (lifted === undefined ? verdict : (lift?.verdict ?? "PENDING")),
  );
  return overallVerdict(parts, 0);
}

/** Of one person, of a controller, or of everybody for the publisher's own; with what each store did. Newest first. */
export async function viewRestrictions(
  unit: Unit,
  controller: ControllerId | "all",
  of: { readonly subjects?: readonly SubjectId[]; readonly limit?: number } = {},
): Promise<readonly RestrictionView[]> {
  const views: RestrictionView[] = [];
  for (const restriction of await listRestrictions(unit, controller, of)) {
    const stores = await storesOf(unit, restriction);
    views.push({ ...restriction, stores, verdict: verdictOf(restriction, stores) });
  }
  return views;
}

/** The error's code or class: its text may hold personal data and is not kept. */
export function codeOf(error: unknown): string {
  if (isFault(error)) return error.code.slice(0, 64);
  return error instanceof Error && /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : "UNKNOWN";
}
