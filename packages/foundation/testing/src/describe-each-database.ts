import { describe, it, onTestFinished } from "vitest";
import { type DatabaseKind, freshDatabaseUrl } from "./fresh-database.ts";
import { mariaDbSkipReason } from "./mariadb-server.ts";

/** What a store's `open` is given: the same words as the hub's options. */
export interface OpenOptions {
  readonly url: string;
  readonly password?: string;
}

export type Suite<T> = (fresh: () => Promise<T>, kind: DatabaseKind) => void;

/**
 * Runs a suite on SQLite (a file) and on MariaDB. `fresh()` opens a new empty database at each call, inside a test or
 * `beforeEach`; it is closed and removed when that test has finished. Where MariaDB is not installed that half is
 * skipped and says why; under `CI` it fails instead.
 */
export function describeEachDatabase<T extends { close(): Promise<void> }>(
  title: string,
  open: (options: OpenOptions) => T | Promise<T>,
  suite: Suite<T>,
): void {
  const freshOf = (kind: DatabaseKind) => async () => {
    const url = await freshDatabaseUrl(kind);
    const opened = await open({ url });
    onTestFinished(() => opened.close());
    return opened;
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
