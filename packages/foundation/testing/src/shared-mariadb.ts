import { type MariaDb, startMariaDb } from "./mariadb-server.ts";

// On globalThis, not in the module: workers that are shared between test files load this module once a file.
const worker = globalThis as unknown as { preauMariaDb?: Promise<MariaDb | undefined> };

/**
 * The one server of this test process, started at the first call; undefined where MariaDB is not installed. It ends
 * with the process. Every test takes a schema of its own from it.
 */
export function sharedMariaDb(): Promise<MariaDb | undefined> {
  worker.preauMariaDb ??= startMariaDb();
  return worker.preauMariaDb;
}
