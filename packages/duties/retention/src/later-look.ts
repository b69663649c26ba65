/**
 * A store that was PENDING when an erasure closed is looked at again once its documented delay is over: its traces stay
 * sealed until then, a second receipt says what was found and names the first, then the traces are destroyed.
 */
import type { StoreResult } from "@preau/journal";
import {
  type ControllerId,
  type ErasurePlan,
  type Ground,
  type Instant,
  instant,
  type NotCovered,
  type ReceiptId,
  type RegisteredSource,
  type Unit,
} from "@preau/kernel";
import type { ErasureId, OpenedErasure } from "./erasure.ts";
import { judgeStore } from "./judge-store.ts";
import { lastCopyOf } from "./last-copy.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { destroyPlans, openPlans, sealPlans } from "./sealed-plan.ts";
import { insertLaterLook, markLooked, readLaterLook, readLaterPlans } from "./store/later-looks.ts";

export interface LaterLook {
  readonly controller: ControllerId;
  readonly erasure: ErasureId;
  /** The receipt that said PENDING. */
  readonly receipt: ReceiptId;
  /** The one that follows it, once somebody has looked. */
  readonly followUp?: ReceiptId;
  readonly ground: Ground;
  readonly clause: string;
  readonly lookAt: Instant;
}

export const LATER_LOOK = "retention.lookLater";

/** What a closing hands over: sealed before its transaction, since keys stand in a database of their own. */
export interface Pending {
  readonly lookAt: Instant;
  readonly sealedPlans: Uint8Array;
}

/** Seals what the later look needs: the traces of the stores that are PENDING, and what they keep. */
export async function sealPending(
  ports: RetentionPorts,
  erasure: OpenedErasure,
  stores: readonly Pick<StoreResult, "store" | "verdict" | "until">[],
  plans: readonly ErasurePlan[],
): Promise<Pending | undefined> {
  const pending = stores.filter(({ verdict, until }) => verdict === "PENDING" && until !== undefined);
  const ends = pending.map(({ until }) => instant(until ?? ""));
  const [first, ...rest] = ends;
  if (first === undefined) return undefined;
  const named = new Set(pending.map(({ store }) => store));
  const kept = plans
    .filter(({ source }) => named.has(source))
    .map(({ creationMarks: _, ...plan }): ErasurePlan => ({ ...plan, tables: [], state: {} }));
  return {
    lookAt: rest.reduce((latest, each) => (each > latest ? each : latest), first),
    sealedPlans: await sealPlans(ports, keyOf(erasure), kept),
  };
}

/** In the closing's own transaction: the receipt says PENDING, and somebody will look. */
export async function orderLaterLook(
  unit: Unit,
  ports: Pick<RetentionPorts, "jobs">,
  erasure: OpenedErasure,
  { lookAt, sealedPlans }: Pending,
): Promise<void> {
  const { controller, id, receipt, ground, clause } = erasure;
  await insertLaterLook(unit, { controller, erasure: id, receipt, ground, clause, lookAt }, sealedPlans);
  await ports.jobs.enqueue(unit, {
    name: LATER_LOOK,
    controller,
    key: id,
    payload: { erasure: id },
    runAt: lookAt,
  });
}

/**
 * Looks, and files the second receipt, once. A look that fails throws, and is tried again; the traces go in the end.
 * towards D12.2
 */
export async function lookLater(
  ports: RetentionPorts,
  of: { readonly controller: ControllerId; readonly id: ErasureId },
  options: { readonly sources: ReadonlyMap<string, RegisteredSource>; readonly signal?: AbortSignal },
): Promise<ReceiptId | undefined> {
  const [look, sealed] = await ports.unitOfWork.transaction(async (unit) => [
    await readLaterLook(unit, of.controller, of.id),
    await readLaterPlans(unit, of.controller, of.id),
  ]);
  if (look === undefined) return undefined;
  if (look.followUp === undefined) await fileSecond(ports, look, sealed, options);
  await destroyPlans(ports, keyOf(of));
  return (await ports.unitOfWork.transaction((unit) => readLaterLook(unit, of.controller, of.id)))?.followUp;
}

async function fileSecond(
  ports: RetentionPorts,
  look: LaterLook,
  sealed: Uint8Array | undefined,
  { sources, signal }: Parameters<typeof lookLater>[2],
): Promise<void> {
  const { controller, erasure } = look;
  const startedAt = ports.clock.monotonic();
  const plans = await openPlans(ports, keyOf({ controller, id: erasure }), sealed);
  const found = await Promise.all(
    (plans ?? []).map((plan) => lookIn(ports, plan, sources.get(plan.source), signal)),
  );
  const lost: readonly NotCovered[] =
    plans === undefined
      ? [
          {
            what: "traces",
            why: "the sealed traces were lost with their key",
            remedy: "order the erasure again",
          },
        ]
      : [];
  const stores = found.map(({ result }) => result);
  const closing = {
    stores,
    kept: (plans ?? []).flatMap(({ kept }) => kept),
    notCovered: [...lost, ...found.flatMap(({ notCovered }) => notCovered)],
    lastCopy: await lastCopyOf(ports, controller, look.lookAt, stores),
    statements: 0,
    ms: Math.round(ports.clock.monotonic() - startedAt),
  };
  await ports.unitOfWork
    .transaction(async (unit) => {
      const opening = {
        ground: look.ground,
        clause: look.clause,
        dueAt: look.lookAt,
        agreement: ports.agreements.hashOf(controller),
        follows: look.receipt,
        stores: stores.map(({ store }) => store),
      };
      const followUp = await ports.receipts.openReceipt(unit, controller, opening);
      // Another worker that looked at the same moment has filed it: what this one opened goes with its transaction.
      if (!(await markLooked(unit, look, { followUp, at: ports.clock.now() }))) throw new AlreadyFiled();
      await ports.receipts.closeReceipt(unit, controller, followUp, closing);
    })
    .catch((error: unknown) => {
      if (!(error instanceof AlreadyFiled)) throw error;
    });
}

class AlreadyFiled extends Error {}

async function lookIn(
  ports: Pick<RetentionPorts, "clock">,
  plan: ErasurePlan,
  registered: RegisteredSource | undefined,
  signal: AbortSignal | undefined,
) {
  const report = await registered?.second.lookAgain(plan.controller, plan.traces, signal);
  const notCovered = report?.notCovered ?? [];
  const result = judgeStore({
    store: plan.source,
    tables: [],
    report,
    blocked: 0,
    kept: plan.kept,
    notCovered,
    documentedDelayHours: 0, // it is over: this is the look that waited for it
    endedAt: ports.clock.now(),
  });
  return { result, notCovered };
}

/** The traces have a key of their own: the plans' goes when the erasure closes. */
function keyOf({ controller, id }: { readonly controller: ControllerId; readonly id: ErasureId }) {
  return { controller, id: `${id}.later` as ErasureId };
}
