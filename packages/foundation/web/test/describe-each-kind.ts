/** A suite on SQLite and on MariaDB, for those that open several databases themselves. */
import { type DatabaseKind, describeOnMariaDb } from "@preau/testing";
import { describe } from "vitest";

export function describeEachKind(title: string, suite: (kind: DatabaseKind) => void): void {
  describe(`${title} on SQLite`, () => suite("sqlite"));
  describeOnMariaDb(`${title} on MariaDB`, () => suite("mariadb"));
}
