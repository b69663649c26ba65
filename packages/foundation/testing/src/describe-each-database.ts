import { describe, it, onTestFinished } from "vitest";
import type { DatabaseKind } from "./fresh-database.ts";
import { mariaDbSkipReason } from "./mariadb-server.ts";
import { reusableDatabases } from "./reusable-database.ts";

/** What a store's `open` is given: the same words as the hub's options. */
export interface OpenOptions {
  readonly url: string;
  readonly password?: string;
}

export type Suite<T> = (fresh: () => Promise<T>, kind: DatabaseKind) => void;

/**
 * Runs a suite on SQLite (a file) and on MariaDB. `fresh()` opens an empty database at each call, inside a test or
 * `beforeEach`; it is closed when that test has finished. Its tables may be those of an earlier test of the suite, emptied. Where MariaDB is not installed that half is
 * skipped and says why; under `CI` it fails instead.
 */
export function describeEachDatabase<T extends { close(): Promise<void> }>(
  title: string,
  open: (options: OpenOptions) => T | Promise<T>,
  suite: Suite<T>,
): void {
  const freshOf = (kind: DatabaseKind) => {
    const databases = reusableDatabases(kind);
    return async () => {
      const database = await databases.take();
      const opened: T[] = [];
      onTestFinished(async () => {
        for (const each of opened) await each.close();
        await databases.giveBack(database);
      });
      const made = await open({ url: database.url });
      opened.push(made);
      await databases.isReady(database);
      return made;
    };
  };
  describe(`${title} on SQLite`, () => suite(freshOf("sqlite"), "sqlite"));
  describeOnMariaDb(`${title} on MariaDB`, () => suite(freshOf("mariadb"), "mariadb"));
}

/** A suite that needs MariaDB: skipped with its reason where there is none, and failing under `CI`. */
export function describeOnMariaDb(title: string, suite: () => void): void {
  const reason = mariaDbSkipReason();
  if (reason === undefined) {
    describe(title, suite);
  } else if (process.env["CI"]) {
    it(`${title}: cannot run`, () => {
      throw new Error(reason);
    });
  } else {
    process.stderr.write(`skipped: ${title}: ${reason}\n`);
    it.skip(`${title} (${reason})`, () => undefined);
  }
}
