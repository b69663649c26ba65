/** Purges under test: a house with a few pupils, a clock, and what is asked of it again and again. */
import type { Database } from "@preau/database";
import { instant, manualClock } from "@preau/kernel";
import { onTestFinished } from "vitest";
import { actOnPurge } from "../src/act-on-purge.ts";
import type { Purge } from "../src/purge.ts";
import { countPersons, listPurges } from "../src/store/purges.ts";
import { SCHOOL } from "./house.ts";
import { account, databasesWith, openRetentionHouse, type RetentionHouseOptions } from "./retention-house.ts";

export const NOW = instant("2026-11-26T08:00:00.000Z");
export const LONG_AGO = instant("2024-03-01T09:00:00.000Z");
export const RECENT = instant("2026-11-01T09:00:00.000Z");

export async function openPurging(database: Database, more: Partial<RetentionHouseOptions> = {}) {
  const accounts = more.accounts ?? [
    account(1, { lastActivity: LONG_AGO }),
    account(2, { lastActivity: RECENT }),
    account(3, { lastActivity: LONG_AGO }),
  ];
  const pupils = accounts.map(({ identifier }) => Number(identifier.value));
  const databases = await databasesWith(database, pupils);
  onTestFinished(async () => {
    await databases.keysDatabase.close();
    await databases.schoolDatabase.close();
  });
  const clock = manualClock(NOW);
  const house = await openRetentionHouse(databases, { clock, ...more, accounts });
  const { unitOfWork } = house.ports;
  const purges = (controller = SCHOOL) =>
    unitOfWork.transaction((unit) =>
      listPurges(unit, {
        controller,
        states: ["proposed", "approved", "ordered", "closed", "cancelled", "empty"],
      }),
    );
  const one = async (): Promise<Purge> => {
    const [first] = await purges();
    if (first === undefined) throw new Error("no purge");
    return first;
  };
  const counts = async () => {
    const purge = await one();
    return unitOfWork.transaction((unit) => countPersons(unit, purge));
  };
  const act = async () => actOnPurge(house.ports, house.options, await one());
  const events = async () => {
    const entries = await unitOfWork.transaction((unit) =>
      house.ports.journal.entries(unit, { controller: SCHOOL, log: "evidence", limit: 200 }),
    );
    return entries
      .map(({ type }) => type)
      .filter((type) => type.startsWith("retention."))
      .reverse();
  };
  return { ...house, databases, purges, one, counts, act, events };
}

export const needsApproval: Partial<RetentionHouseOptions> = {
  agreement: (reference) => ({
    ...reference,
    retention: reference.retention.map((rule) =>
      rule.id === "unusedData" ? { ...rule, approval: "controller" as const } : rule,
    ),
  }),
};
export const notCeiling: Partial<RetentionHouseOptions> = {
  agreement: (reference) => ({
    ...reference,
    retention: reference.retention.map((rule) =>
      rule.id === "unusedData" ? { ...rule, approval: "controller" as const, ceiling: false } : rule,
    ),
  }),
};
