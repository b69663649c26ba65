/**
 * Who goes first where one connection serves everybody (SQLite): a page before work in the background. Such work comes one by one, and
 * only while no page waits; for so long at most, so that pages that never end do not stop it.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { pause } from "./backoff.ts";

// One for the process by nature: it marks the running call, and holds no data.
const background = new AsyncLocalStorage<true>();

/** What the work does to a database is done in the background. */
export function inBackground<T>(work: () => T): T {
  return background.run(true, work);
}

export interface Turnstile {
  /** Acquires by that call, when it is its turn. */
  acquire(call: () => Promise<object>): Promise<object>;
  released(connection: object): void;
}

/** Milliseconds that work in the background waits for pages, each time. */
const MOST_PATIENCE_MS = 250;
const LOOK_MS = 2;

export function makeTurnstile(): Turnstile {
  let pages = 0;
  let last: Promise<void> = Promise.resolve();
  const held = new WeakMap<object, () => void>();

  const asPage = async (call: () => Promise<object>): Promise<object> => {
    pages += 1;
    try {
      return await call();
    } finally {
      pages -= 1;
    }
  };

  const afterPages = async (): Promise<void> => {
    const end = performance.now() + MOST_PATIENCE_MS;
    // What a page goes on with after its last statement is asked for before anything else happens.
    await new Promise((resolve) => setImmediate(resolve));
    while (pages > 0 && performance.now() < end) await pause(LOOK_MS);
  };

  const asWork = async (call: () => Promise<object>): Promise<object> => {
    const before = last;
    let end: (() => void) | undefined;
    last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    try {
      await afterPages();
      const connection = await call();
      held.set(connection, () => end?.());
      return connection;
    } catch (error) {
      end?.();
      throw error;
    }
  };

  return {
    acquire: (call) => (background.getStore() === true ? asWork(call) : asPage(call)),
    released: (connection) => {
      held.get(connection)?.();
      held.delete(connection);
    },
  };
}
