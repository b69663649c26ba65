/**
 * Two traps of transactions, closed for everybody.
 *
 * 1. A query made on the pool while a unit of work is open around it: on SQLite (one connection) it waits for ever, on
 *    MySQL it does not see what the unit wrote. Both refuse it at once, with the stack of the caller: a unit marks the
 *    asynchronous context that it runs in, and the pool looks at the mark.
 * 2. A transaction that the database has already rolled back (deadlock, full disk) while the work goes on: what follows
 *    would be written on its own. Such a transaction is *doomed*: every further statement is refused until ROLLBACK.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { PreauError } from "@preau/kernel";

interface Frame {
  /** The pool that the open transaction belongs to. */
  readonly pool: object;
  open: boolean;
  readonly outer: Frame | undefined;
}

// One for the process by nature: it holds the context of the running call, no data.
const frames = new AsyncLocalStorage<Frame>();

/** Runs the work with the mark that a transaction of this pool is open around it. */
export async function insideTransaction<T>(pool: object, work: () => Promise<T>): Promise<T> {
  const frame: Frame = { pool, open: true, outer: frames.getStore() };
  try {
    return await frames.run(frame, work);
  } finally {
    frame.open = false;
  }
}

/** True when a transaction of this pool is open around the caller. */
export function isInsideTransaction(pool: object): boolean {
  for (let frame = frames.getStore(); frame !== undefined; frame = frame.outer) {
    if (frame.open && frame.pool === pool) return true;
  }
  return false;
}

const doomed = new WeakMap<object, PreauError>();

/** No statement but ROLLBACK may follow on this connection. */
export function doom(connection: object, why: PreauError): void {
  doomed.set(connection, why);
}

/** Why nothing may follow on this connection, if so. */
export function doomOf(connection: object): PreauError | undefined {
  return doomed.get(connection);
}

/** The transaction is over. */
export function pardon(connection: object): void {
  doomed.delete(connection);
}
