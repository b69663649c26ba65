import { type DatabaseKind, describeOnMariaDb } from "@preau/testing";
import { describe } from "vitest";

/** A suite on both databases whose tests open them themselves. */
export function describeKinds(suite: (kind: DatabaseKind) => void): void {
  describe("on SQLite", () => suite("sqlite"));
  describeOnMariaDb("on MariaDB", () => suite("mariadb"));
}
