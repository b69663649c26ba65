/**
 * Erases again, after a restore, whom the replay list names and the restored database has: those rows alone, with an
 * order, a plan and a receipt as every erasure. Doing it twice is doing it once; after a crash it goes on. A new account
 * under the key of an erased one has another creation time, and is nobody's on the list.
 */
import { type Ground, instant, type ReceiptId, type RegisteredSource, type SubjectId } from "@preau/kernel";
import { listOpenErasures, orderErasure, type RetentionPorts, runErasure } from "@preau/retention";
import { fault } from "./errors.ts";
import { changesOf, listedRows, planAgain, type RestoredStore } from "./listed-rows.ts";

export interface ReplayOptions {
  /** All stores of the hub, the restored one among them. */
  readonly sources: ReadonlyMap<string, RegisteredSource>;
  /** Persons of one order at most. */
  readonly batchPersons?: number;
  readonly leaveUnknown?: boolean;
  readonly onReceipt?: (receipt: ReceiptId) => void;
}

export interface Replayed {
  readonly persons: number;
  readonly receipts: readonly ReceiptId[];
}

/** What names these orders: a run that was killed finds its own again by it. */
const INSTRUCTION = "ins_restore-replay";
const BATCH_PERSONS = 500;
const FAR = instant("9999-12-31T00:00:00.000Z");

/**
 * @throws BACKUPS_NOT_ERASED_AGAIN, BACKUPS_LIST_MISSING, BACKUPS_LIST_BROKEN, and a store's refusal to plan
 * @clause D12.3
 */
export async function replayErasures(
  ports: RetentionPorts,
  store: RestoredStore,
  options: ReplayOptions,
): Promise<Replayed> {
  const receipts: ReceiptId[] = [];
  const run = async (id: Parameters<typeof runErasure>[1]["id"]) => {
    const outcome = await runErasure(ports, { id, controller: store.controller }, options);
    if (!outcome.closed) {
      const [first] = outcome.failed;
      throw fault("BACKUPS_NOT_ERASED_AGAIN", {
        ...{ place: first?.store, clause: "D12.3", cause: outcome.cause },
        log: { erasure: id, code: first?.code ?? "" },
      });
    }
    receipts.push(outcome.receipt);
    options.onReceipt?.(outcome.receipt);
  };

  // What an earlier run left open: whose row it has erased already is on no list any more.
  const open = await ports.unitOfWork.transaction((unit) => listOpenErasures(unit, store.controller, FAR));
  for (const { id, instruction } of open) if (instruction === INSTRUCTION) await run(id);

  let persons = 0;
  for (const [ground, keys] of await listedRows(ports.replay, store)) {
    for (const batch of inBatches(keys, options.batchPersons ?? BATCH_PERSONS)) {
      const plan = await planAgain(store, ground, batch);
      if (changesOf(plan) === 0 && plan.blocked.length === 0) continue;
      persons += batch.length;
      await run(await order(ports, store, ground, batch));
    }
  }
  return { persons, receipts };
}

async function order(ports: RetentionPorts, store: RestoredStore, ground: Ground, keys: readonly string[]) {
  const { controller, map } = store;
  return ports.unitOfWork.transaction(async (unit) => {
    const subjects: SubjectId[] = [];
    for (const value of keys) {
      const identifier = { kind: map.subject.kind, value };
      const subject = await ports.subjects.identify(unit, controller, identifier);
      const isForgotten =
        (await ports.vault.destruction({ controller, kind: "subject", id: subject })) !== undefined;
      // A directory that was restored too knows somebody whose key is gone: nothing can be sealed for that one any more.
      if (isForgotten) await ports.subjects.forget(unit, controller, subject);
      subjects.push(isForgotten ? await ports.subjects.identify(unit, controller, identifier) : subject);
    }
    const requestedAt = ports.clock.now();
    return orderErasure(
      unit,
      ports,
      { controller, subjects, ground, requestedBy: "operations", requestedAt, instruction: INSTRUCTION },
      { by: "caller" },
    );
  });
}

function inBatches<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
