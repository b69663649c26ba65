import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl, killLoop, makeFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { listReleases, type Release, settleReleases } from "../src/index.ts";
import { ACACIAS, HAMEAU, makeHouse } from "./house.ts";

/** Kills on each database. */
const KILLS = 3;
const script = path.join(import.meta.dirname, "programs/make-releases.ts");

/** The files stand in their place, byte for byte as the ledger says, and nobody else reads them. */
function expectInPlace({ place = "", files }: Release): void {
  expect(statSync(place).mode & 0o777).toBe(0o700);
  expect(readdirSync(place).sort()).toEqual(files.map(({ name }) => name).sort());
  for (const { name, sha256 } of files) {
    const at = path.join(place, name);
    expect(createHash("sha256").update(readFileSync(at)).digest("hex")).toBe(sha256);
    expect(statSync(at).mode & 0o777).toBe(0o600);
  }
}

async function killOn(kind: DatabaseKind): Promise<void> {
  const [url, keysUrl] = [await freshDatabaseUrl(kind), await freshDatabaseUrl("sqlite")];
  const out = makeFolder();
  const [database, keysDatabase] = [await openDatabase({ url }), await openDatabase({ url: keysUrl })];
  try {
    const { register, inUnit, ports, entries } = await makeHouse({ database, keysDatabase }, systemClock);
    for (const each of [HAMEAU, ACACIAS]) await register(each);
    const left = { parts: 0, entered: 0 };
    const check = async (): Promise<void> => {
      const ledger = await inUnit((unit) => listReleases(unit, "all", 10_000));
      const folders = readdirSync(out.path);
      const placed = folders.filter((name) => name.startsWith("rel_"));
      for (const name of placed) {
        const release = ledger.find(({ id }) => id === name);
        if (release === undefined) throw new Error(`${name} stands in its place and not in the ledger`);
        expectInPlace(release);
      }
      for (const release of ledger) {
        if (release.state === "released") expectInPlace(release);
        else expect(release.state).toBe("entered");
      }
      left.parts += folders.length - placed.length;
      left.entered += ledger.filter(({ state }) => state === "entered").length;
      expect((await settleReleases(ports, { out: out.path })).lost).toEqual([]);
      expect(readdirSync(out.path).filter((name) => !name.startsWith("rel_"))).toEqual([]);
      for (const release of await inUnit((unit) => listReleases(unit, "all", 10_000))) {
        expect(release.state).toBe("released");
        expect(existsSync(release.place ?? "")).toBe(true);
      }
    };
    const args = [url, keysUrl, out.path];
    const result = await killLoop({ script, args, times: KILLS, withinMs: 700, check });
    const made = (await inUnit((unit) => listReleases(unit, "all", 10_000))).length;
    process.stderr.write(`${kind}: ${JSON.stringify({ ...result, ...left, made })}\n`);
    expect(result.killed).toBe(KILLS);
    expect(made).toBeGreaterThan(0);
    // One entry of evidence each, of each school: as many as the journal gives at once.
    expect((await entries(HAMEAU, "anonymisation.released")).length).toBe(Math.min(made, 50));
  } finally {
    await database.close();
    await keysDatabase.close();
    out.remove();
  }
}

describe("kill -9 during a release", () => {
  it(
    "leaves files in their place and their entry, or neither, on SQLite (D13.1)",
    () => killOn("sqlite"),
    120_000,
  );
});

describeOnMariaDb("kill -9 during a release on MariaDB", () => {
  it("leaves files in their place and their entry, or neither (D13.1)", () => killOn("mariadb"), 120_000);
});
