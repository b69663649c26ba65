import { join } from "node:path";
import { onTestFinished } from "vitest";
import { mariaDbSkipReason } from "./mariadb-server.ts";
import { sharedMariaDb } from "./shared-mariadb.ts";
import { makeFolder } from "./temporary-folder.ts";

export type DatabaseKind = "sqlite" | "mariadb";

export interface FreshDatabase {
  /** `sqlite:<path>` or `mysql://root@127.0.0.1:<port>/<schema>`; a second process may open it too. */
  readonly url: string;
  remove(): Promise<void>;
}

/** A new empty database that the caller removes: for `beforeAll`. Throws where MariaDB is not installed. */
export async function freshDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  if (kind === "sqlite") {
    const folder = makeFolder();
    return { url: `sqlite:${join(folder.path, "test.sqlite")}`, remove: async () => folder.remove() };
  }
  const server = await sharedMariaDb();
  if (server === undefined) throw new Error(mariaDbSkipReason());
  const schema = await server.freshSchema();
  return { url: schema.url, remove: () => schema.drop() };
}

/** The URL of a new empty database, removed when the running test (or the test of this `beforeEach`) has finished. */
export async function freshDatabaseUrl(kind: DatabaseKind): Promise<string> {
  const database = await freshDatabase(kind);
  onTestFinished(() => database.remove());
  return database.url;
}
