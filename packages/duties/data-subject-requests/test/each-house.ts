/** A suite on both databases, over one house each, emptied before each test. */
import { instant, type ManualClock, manualClock } from "@preau/kernel";
import { type DatabaseKind, mariaDbSkipReason } from "@preau/testing";
import { describe, it } from "vitest";
import { type DeskHouse, sharedHouse } from "./desk-house.ts";

export const NOW = instant("2026-11-23T08:00:00.000Z");

export function describeEachHouse(
  title: string,
  suite: (open: () => Promise<DeskHouse & { readonly clock: ManualClock }>, kind: DatabaseKind) => void,
): void {
  for (const kind of ["sqlite", "mariadb"] as const) {
    const reason = kind === "mariadb" ? mariaDbSkipReason() : undefined;
    if (reason !== undefined) {
      if (process.env["CI"])
        it(`${title}: cannot run`, () => {
          throw new Error(reason);
        });
      else it.skip(`${title} on ${kind} (${reason})`, () => undefined);
      continue;
    }
    describe(`${title} on ${kind}`, () => {
      const shared = sharedHouse(kind);
      suite(async () => {
        const clock = manualClock(NOW);
        return { ...(await shared(clock)), clock };
      }, kind);
    });
  }
}
