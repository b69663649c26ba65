/**
 * Writes corrections, store by store: each is written down as begun before it is asked, so that after a kill the run goes on, and
 * a value is gone once it was written. @clause D10.1a
 */
import { type ControllerId, type JobDefinition, overallVerdict, type Unit } from "@preau/kernel";
import type { Action, ActionId, Correction } from "./execute-action.ts";
import type { ExecutePorts } from "./execute-ports.ts";
import { endAction } from "./execute-settle.ts";
import { destroyValues, openValue } from "./rectification.ts";
import { codeOf } from "./restriction-settle.ts";
import {
  beginCorrections,
  correctionsOf,
  judgeCorrection,
  lockAction,
  type SealedCorrection,
} from "./store/actions.ts";

const RECTIFY = "data-subject-requests.rectify";
const ATTEMPTS = 10;

type Whose = Pick<Action, "controller" | "id">;

export async function enqueueRectifying(
  unit: Unit,
  { jobs }: Pick<ExecutePorts, "jobs">,
  { controller, id }: Whose,
): Promise<void> {
  await jobs.enqueue(unit, { name: RECTIFY, controller, key: id, payload: { action: id }, priority: 20 });
}

export function rectifyJob(ports: ExecutePorts): JobDefinition {
  return {
    name: RECTIFY,
    attempts: ATTEMPTS,
    handler: async ({ controller, payload }, { attempt, signal }) => {
      const id = payload["action"] as ActionId;
      await runRectification(ports, { controller, id }, { signal, isLast: attempt >= ATTEMPTS });
    },
  };
}

interface Run {
  readonly signal?: AbortSignal;
  /** No other try follows. */
  readonly isLast?: boolean;
}

/**
 * @throws what the first failing store threw, once the others were asked, unless no other try follows
 * @clause D10.1a
 */
export async function runRectification(
  ports: ExecutePorts,
  whose: Whose,
  { signal, isLast = false }: Run = {},
): Promise<void> {
  const { controller } = whose;
  const failures: unknown[] = [];
  const all = await ports.unitOfWork.transaction((unit) => correctionsOf(unit, whose));
  for (const store of new Set(all.map((each) => each.store))) {
    signal?.throwIfAborted();
    const begun = await begin(ports, whose, store);
    if (begun === undefined) continue;
    try {
      await writeIn(ports, whose, begun);
    } catch (error) {
      if (signal?.aborted === true) throw error;
      failures.push(error);
      await judge(ports, whose, begun, { verdict: "FAILED", why: codeOf(error), keep: !isLast });
    }
  }
  if (failures.length > 0 && !isLast) throw failures[0];
  await finish(ports, controller, whose);
}

interface BegunStore {
  readonly store: string;
  readonly action: Action;
  readonly corrections: readonly SealedCorrection[];
}

/** What is left to write there, if it may still begin: the instruction was not taken back, or this store had begun. */
function begin(ports: ExecutePorts, whose: Whose, store: string): Promise<BegunStore | undefined> {
  return ports.unitOfWork.transaction(async (unit) => {
    const action = await lockAction(unit, whose.controller, whose.id);
    if (action?.subject === undefined || action.state === "ended") return undefined;
    const corrections = (await correctionsOf(unit, whose)).filter(
      (each) => each.store === store && each.sealed !== undefined,
    );
    if (corrections.length === 0) return undefined;
    if (action.state === "stopped" && corrections.every(({ begunAt }) => begunAt === undefined))
      return undefined;
    await beginCorrections(unit, whose, { store, at: ports.clock.now() });
    return { store, action, corrections };
  });
}

async function writeIn(ports: ExecutePorts, whose: Whose, begun: BegunStore): Promise<void> {
  const { action, corrections } = begun;
  const { controller, subject } = action;
  const source = ports.sources.get(begun.store)?.source;
  if (subject === undefined || source === undefined)
    return judge(ports, whose, begun, { verdict: "UNKNOWN", why: "NOT_REGISTERED" });
  const identifiers = await ports.unitOfWork.transaction((unit) =>
    ports.subjects.identifiers(unit, controller, subject),
  );
  for (const correction of corrections) {
    const value = await openValue(ports, whose, correction.sealed);
    const { where, field } = correction;
    if (value === undefined) {
      await judge(ports, whose, { corrections: [correction] }, { verdict: "UNKNOWN", why: "VALUE_GONE" });
      continue;
    }
    // One at a time: so that of several it is known which was refused.
    const result = await source.rectify({
      ...{ controller, subject: { subject, identifiers }, changes: [{ where, field, value }] },
    });
    const judged =
      result.refused.length > 0
        ? ({ verdict: "FAILED", why: "REFUSED" } as const)
        : result.changed > 0
          ? ({ verdict: "PASS" } as const)
          : ({ verdict: "PASS", why: "AS_IT_WAS" } as const);
    await judge(ports, whose, { corrections: [correction] }, judged);
  }
}

function judge(
  ports: ExecutePorts,
  whose: Whose,
  { corrections }: Pick<BegunStore, "corrections">,
  judged: Pick<Correction, "verdict"> & { readonly why?: string; readonly keep?: boolean },
): Promise<void> {
  return ports.unitOfWork.transaction(async (unit) => {
    const now = await correctionsOf(unit, whose);
    for (const { id } of corrections)
      if (now.some((each) => each.id === id && each.sealed !== undefined))
        await judgeCorrection(unit, whose, { id, ...judged });
  });
}

/** The verdict of all corrections; their key goes after it. */
async function finish(ports: ExecutePorts, controller: ControllerId, whose: Whose): Promise<void> {
  const isOver = await ports.unitOfWork.transaction(async (unit) => {
    const action = await lockAction(unit, controller, whose.id);
    if (action === undefined) return false;
    if (action.endedAt !== undefined && action.state === "ended") return true;
    const corrections = await correctionsOf(unit, whose);
    if (action.state !== "stopped" && corrections.some(({ verdict }) => verdict === "PENDING")) return false;
    const verdict = overallVerdict(
      corrections.map((each) => each.verdict),
      0,
    );
    if (action.state !== "stopped" || action.verdict !== verdict)
      await endAction(unit, ports, action, { verdict });
    return true;
  });
  if (isOver) await destroyValues(ports, whose);
}
