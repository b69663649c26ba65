import { type MariaDb, startMariaDb } from "./mariadb-server.ts";

const KEY = Symbol.for("preau.testing.mariadb");
// On globalThis, not in the module: workers that are shared between test files load this module once a file.
const store = globalThis as typeof globalThis & { [KEY]?: Promise<MariaDb | undefined> };

/**
 * The one server of this test process, started at the first call; undefined where MariaDB is not installed. It ends
 * with the process. Every test takes a schema of its own from it.
 */
export function sharedMariaDb(): Promise<MariaDb | undefined> {
  store[KEY] ??= startMariaDb();
  return store[KEY];
}
