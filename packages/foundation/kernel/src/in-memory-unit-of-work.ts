/**
 * The in-memory reference of the unit of work. Units run one after the other, as with SQLite's single writer. A change
 * is made at once, so that its own unit reads it, and says how it is undone; what leaves the unit waits for the commit.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { fault } from "./errors.ts";
import type { Unit, UnitOfWork } from "./unit-of-work.ts";

interface Stage {
  readonly undo: (() => void)[];
  readonly publish: (() => void)[];
  open: boolean;
}

const stages = new WeakMap<Unit, Stage>();

/**
 * Units over plain values in memory. A transaction inside the work of another is refused: pass the unit on.
 * @throws UNIT_NESTED
 */
export function inMemoryUnitOfWork(): UnitOfWork {
  const running = new AsyncLocalStorage<Stage>();
  let last: Promise<unknown> = Promise.resolve();

  const run = async <T>(work: (unit: Unit) => Promise<T>): Promise<T> => {
    const unit = Object.freeze({}) as Unit;
    const stage: Stage = { undo: [], publish: [], open: true };
    stages.set(unit, stage);
    try {
      const value = await running.run(stage, () => work(unit));
      stage.open = false;
      for (const each of stage.publish) each();
      return value;
    } catch (error) {
      stage.open = false;
      for (const each of stage.undo.reverse()) each();
      throw error;
    }
  };

  return {
    transaction: async (work) => {
      if (running.getStore()?.open === true) throw fault("UNIT_NESTED");
      const turn = last.then(() => run(work));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

/**
 * For in-memory adapters: what to take back if this unit rolls back.
 * @throws UNIT_CLOSED when it has ended, or is not an in-memory unit
 */
export function onRollback(unit: Unit, undo: () => void): void {
  openStage(unit).undo.push(undo);
}

/**
 * For in-memory adapters: what happens once this unit has committed.
 * @throws UNIT_CLOSED when it has ended, or is not an in-memory unit
 */
export function onCommit(unit: Unit, publish: () => void): void {
  openStage(unit).publish.push(publish);
}

/** @throws UNIT_CLOSED when it has ended, or is not an in-memory unit */
export function assertOpen(unit: Unit): void {
  openStage(unit);
}

function openStage(unit: Unit): Stage {
  const stage = stages.get(unit);
  if (stage?.open !== true) throw fault("UNIT_CLOSED");
  return stage;
}
