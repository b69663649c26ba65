import { join } from "node:path";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import {
  type DatabaseKind,
  describeOnMariaDb,
  freshDatabaseUrl,
  killLoop,
  spawnSource,
} from "@preau/testing";
import { describe, expect, it } from "vitest";
import { makePurgingHouse, PURGED, purgingOptions } from "./purging-house.ts";
import { countSchool, fillSchool } from "./school.ts";

/** Kills on each database, 10 in all; `npm run soak` has more. */
const KILLS = 5;
const PUPILS = 36;
const script = join(import.meta.dirname, "programs/purge-pupils.ts");

interface PurgeRow {
  readonly id: string;
  readonly state: string;
  readonly persons: number;
  readonly erasure: string | null;
  readonly receipt: `ers_${string}` | null;
  readonly verdict: string | null;
}

async function killOn(kind: DatabaseKind): Promise<void> {
  const urls = [
    await freshDatabaseUrl(kind),
    await freshDatabaseUrl("sqlite"),
    await freshDatabaseUrl(kind),
  ] as const;
  const [database, keysDatabase, schoolDatabase] = [
    await openDatabase({ url: urls[0] }),
    await openDatabase({ url: urls[1] }),
    await openDatabase({ url: urls[2] }),
  ];
  try {
    await fillSchool(
      schoolDatabase,
      Array.from({ length: PUPILS }, (_, n) => n + 1),
    );
    const house = await makePurgingHouse({ database, keysDatabase, schoolDatabase }, systemClock);
    let unfinished = 0;

    const check = async (): Promise<void> => {
      const purges = await database.knex<PurgeRow>("ret_purge").select();
      const erasures = await database
        .knex<{ id: string; state: string }>("ret_erasure")
        .select("id", "state");
      const ordered = purges.filter(({ erasure }) => erasure !== null);
      // One erasure a purge that was ordered, and none that no purge ordered.
      expect(erasures.map(({ id }) => id).sort()).toEqual(ordered.map(({ erasure }) => erasure).sort());
      const open = new Set(erasures.filter(({ state }) => state !== "closed").map(({ id }) => id));
      for (const { state, erasure } of ordered)
        expect(state).toBe(open.has(erasure ?? "") ? "ordered" : "closed");
      const closed = purges.filter(({ state }) => state === "closed");
      for (const { verdict } of closed) expect(verdict).toBe("PASS");
      if (purges.length > closed.length) unfinished += 1;
      // Who is in no purge that was ordered is whole; who is in a closed one is gone.
      const { pupil } = await countSchool(schoolDatabase, () => ({}));
      const sum = (rows: readonly PurgeRow[]) => rows.reduce((all, { persons }) => all + persons, 0);
      expect(pupil).toBeLessThanOrEqual(PUPILS - sum(closed));
      expect(pupil).toBeGreaterThanOrEqual(PUPILS - sum(ordered));
      const named = await database
        .knex("ret_purge_person")
        .where({ live: 1 })
        .select<{ subject: string }[]>("subject");
      expect(new Set(named.map(({ subject }) => subject)).size).toBe(named.length);
    };

    const looped = await killLoop({ script, args: urls, times: KILLS, withinMs: 700, check });
    expect(looped.killed).toBeGreaterThan(0);
    expect(unfinished).toBeGreaterThan(0);
    const last = spawnSource(script, urls);
    expect([(await last.ended).code, last.errors()]).toEqual([0, ""]);
    await check();
    const purges = await database.knex<PurgeRow>("ret_purge").select();
    const listed = await house.ports.unitOfWork.transaction((unit) =>
      house.ports.receipts.receipts(unit, PURGED.controller, "closed"),
    );
    expect(await countSchool(schoolDatabase, () => ({}))).toMatchObject({ pupil: 0, result: 0 });
    expect(purges.length).toBeGreaterThanOrEqual(PUPILS / purgingOptions.batchPersons);
    expect(purges.reduce((all, { persons }) => all + persons, 0)).toBe(PUPILS);
    expect(listed.map(({ id }) => id).sort()).toEqual(purges.map(({ receipt }) => receipt).sort());
    process.stderr.write(`${kind}: ${JSON.stringify({ ...looped, unfinished, purges: purges.length })}\n`);
  } finally {
    for (const each of [database, keysDatabase, schoolDatabase]) await each.close();
  }
}

const TITLE = "orders every person once, closes a purge with its erasure alone, and ends with nobody left";

describe("kill -9 anywhere between a survey and a receipt (D12.4)", () => {
  it(`${TITLE}, on SQLite`, () => killOn("sqlite"), 180_000);
});
describeOnMariaDb("kill -9 anywhere between a survey and a receipt, on MariaDB (D12.4)", () => {
  it(TITLE, () => killOn("mariadb"), 180_000);
});
