/** A suite on both databases, over one house each, emptied before each test. */
import { instant, type ManualClock, manualClock } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb } from "@preau/testing";
import { describe } from "vitest";
import { type DeskHouse, sharedHouse } from "./desk-house.ts";

export const NOW = instant("2026-11-23T08:00:00.000Z");

export function describeEachHouse(
  title: string,
  suite: (open: () => Promise<DeskHouse & { readonly clock: ManualClock }>, kind: DatabaseKind) => void,
): void {
  const over = (kind: DatabaseKind) => () => {
    const shared = sharedHouse(kind);
    suite(async () => {
      const clock = manualClock(NOW);
      return { ...(await shared(clock)), clock };
    }, kind);
  };
  describe(`${title} on SQLite`, over("sqlite"));
  describeOnMariaDb(`${title} on MariaDB`, over("mariadb"));
}
