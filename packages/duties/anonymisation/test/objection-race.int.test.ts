import { readFileSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import {
  type DatabaseKind,
  describeOnMariaDb,
  freshDatabaseUrl,
  makeFolder,
  spawnSource,
} from "@preau/testing";
import { describe, expect, it } from "vitest";
import { listObjections, listReleases } from "../src/index.ts";
import { ACACIAS, HAMEAU, makeHouse, TILLEULS } from "./house.ts";

const script = path.join(import.meta.dirname, "programs/release-or-object.ts");
const ROUNDS = 16;

/** Two processes that release, one that objects and takes it back, all at once. */
async function race(kind: DatabaseKind): Promise<void> {
  const [url, keysUrl] = [await freshDatabaseUrl(kind), await freshDatabaseUrl("sqlite")];
  const out = makeFolder();
  const [database, keysDatabase] = [await openDatabase({ url }), await openDatabase({ url: keysUrl })];
  try {
    const { register, inUnit } = await makeHouse({ database, keysDatabase }, systemClock);
    for (const each of [HAMEAU, ACACIAS, TILLEULS]) await register(each);
    const run = (what: string) => spawnSource(script, [what, url, keysUrl, String(ROUNDS), out.path]);
    const programs = [run("release"), run("object"), run("release")];
    for (const each of programs) expect([(await each.ended).code, each.errors()]).toEqual([0, ""]);

    const objections = await inUnit((unit) => listObjections(unit, HAMEAU));
    const releases = await inUnit((unit) => listReleases(unit, "all"));
    expect([objections.length, releases.length]).toEqual([ROUNDS, 2 * ROUNDS]);
    let [withIt, without, wrong] = [0, 0, 0];
    for (const { enteredAt, in: inIt, out: outOfIt, place, state } of releases) {
      expect(state).toBe("released");
      const has = inIt.some(({ controller }) => controller === HAMEAU);
      const opposed = objections.some(
        ({ receivedAt, withdrawn }) =>
          receivedAt < enteredAt && (withdrawn === undefined || enteredAt < withdrawn.receivedAt),
      );
      if (has && opposed) wrong += 1;
      // What the ledger says is what the file holds.
      const text = readFileSync(path.join(place ?? "", "rows.csv"), "utf8");
      expect(text.includes(HAMEAU)).toBe(has);
      expect(outOfIt.some(({ controller }) => controller === HAMEAU)).toBe(!has);
      if (has) withIt += 1;
      else without += 1;
    }
    process.stderr.write(
      `${kind}: ${withIt} releases with it, ${without} without, ${wrong} after it objected\n`,
    );
    expect(wrong).toBe(0);
    expect(Math.min(withIt, without)).toBeGreaterThan(0);
  } finally {
    await database.close();
    await keysDatabase.close();
    out.remove();
  }
}

describe("an objection against a release, in three processes", () => {
  it("is never followed by a release with its controller, on SQLite (D13.3)", () => race("sqlite"), 120_000);
});

describeOnMariaDb("an objection against a release on MariaDB", () => {
  it("is never followed by a release with its controller (D13.3)", () => race("mariadb"), 120_000);
});
