import path from "node:path";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import { freshDatabaseUrl, killLoop, spawnSource } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import type { ErasureId } from "../src/erasure.ts";
import { runErasure } from "../src/run-erasure.ts";
import { makeHouse, SCHOOL } from "./house.ts";
import { type Wrap, wrapped } from "./running.ts";
import { fillSchool } from "./school.ts";

const LOOKS = 40;
const KILLS = 4;
const script = path.join(import.meta.dirname, "programs/look-later.ts");
const slow: Wrap = ({ source, second }) => ({
  second,
  source: { ...source, describe: () => ({ ...source.describe(), documentedDelayHours: 1 }) },
});

it("kill -9 anywhere in a later look files each second receipt once, and leaves no key of its traces (D12.2)", async () => {
  const urls = [
    await freshDatabaseUrl("sqlite"),
    await freshDatabaseUrl("sqlite"),
    await freshDatabaseUrl("sqlite"),
  ];
  const [database, keysDatabase, schoolDatabase] = await Promise.all(
    urls.map((url) => openDatabase({ url })),
  );
  if (database === undefined || keysDatabase === undefined || schoolDatabase === undefined)
    throw new Error("no database");
  for (const each of [database, keysDatabase, schoolDatabase]) onTestFinished(() => each.close());
  await fillSchool(
    schoolDatabase,
    Array.from({ length: LOOKS }, (_, index) => index + 1),
  );
  const house = await makeHouse({ database, keysDatabase, schoolDatabase }, systemClock);
  const { ports } = house;
  const sources = wrapped(house, "school", slow);
  const ids: ErasureId[] = [];
  for (let pupil = 1; pupil <= LOOKS; pupil += 1) {
    const id = await house.order([pupil]);
    await runErasure(ports, { id, controller: SCHOOL }, { sources });
    ids.push(id);
  }
  const receipts = (state: "opened" | "closed") =>
    ports.unitOfWork.transaction((unit) => ports.receipts.receipts(unit, SCHOOL, state));
  const followUps = () =>
    database.knex("ret_later_look").whereNotNull("follow_up").select<{ follow_up: string }[]>("follow_up");
  const { killed } = await killLoop({
    script,
    args: urls,
    times: KILLS,
    withinMs: 250,
    check: async () => {
      expect((await receipts("closed")).length).toBe(LOOKS + (await followUps()).length);
      expect(await receipts("opened")).toEqual([]);
    },
  });
  expect(killed).toBeGreaterThan(0);
  expect((await spawnSource(script, urls).ended).code).toBe(0);
  expect(await receipts("closed")).toHaveLength(2 * LOOKS);
  expect(new Set((await followUps()).map(({ follow_up: id }) => id)).size).toBe(LOOKS);
  for (const id of ids)
    expect(
      await ports.vault.destruction({ controller: SCHOOL, kind: "controller", id: `${id}.later` }),
    ).toBeDefined();
}, 180_000);
