import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { dumpDatabase, openDatabase } from "@preau/database";
import { addMillis, type Dump, type ExportSource, type RecordFile } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { handBackInto } from "../src/return-or-delete-hand-back.ts";
import { openContractEnd } from "./contract-end-house.ts";
import { OTHER_SCHOOL, SCHOOL } from "./house.ts";

/** A school that can be given back whole: its own database, and files. `spoil` stands between a dump and its reader. */
async function openWhole(files: readonly RecordFile[], spoil: (dump: Dump) => Dump = (dump) => dump) {
  const house = await openContractEnd(await openDatabase({ url: "sqlite::memory:" }));
  const folder = makeFolder();
  onTestFinished(async () => {
    folder.remove();
    await house.databases.keysDatabase.close();
    await house.databases.schoolDatabase.close();
  });
  const asked: string[] = [];
  const exports: ExportSource = {
    projectKinds: [],
    projects: () => Promise.resolve([]),
    // biome-ignore lint/suspicious/useAwait: the port is a stream
    collectProject: async function* () {},
    // biome-ignore lint/suspicious/useAwait: the port is a stream
    rows: async function* () {},
    restitution: (of) => {
      asked.push(of);
      if (of !== SCHOOL) return Promise.resolve(undefined);
      const dump = dumpDatabase(house.databases.schoolDatabase);
      return Promise.resolve({
        dumps: [spoil({ ...dump, name: "school.sql" })],
        files: () => stream(files),
        notCovered: [{ what: "caches", why: "they are made anew" }],
      });
    },
  };
  const school = house.sources.get("school");
  if (school === undefined) throw new Error("no school");
  house.sources.set("school", { ...school, exports });
  const out = path.join(folder.path, "out");
  const run = (controller = SCHOOL, mayGoOn: () => Promise<void> = () => Promise.resolve()) =>
    handBackInto(
      house.ports,
      { id: "end_1", controller, contract: house.contract },
      controller === SCHOOL ? out : `${out}-other`,
      { mayGoOn },
    );
  return { ...house, out, run, asked };
}

// biome-ignore lint/suspicious/useAwait: the port is a stream
async function* stream<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

const file = (name: string): RecordFile => ({ name, bytes: () => stream([Buffer.from(name)]) });
const manifestIn = (out: string) =>
  JSON.parse(readFileSync(path.join(out, "manifest.json"), "utf8")) as Record<string, unknown>;

describe("the hand-back of whole stores (D6.2c)", () => {
  it("holds each database as a dump that stock tools load, and the file archive, with their sums (D6.2c)", async () => {
    const missing: RecordFile = { ...file("filedir/ff/gone"), notGiven: "missing" };
    const files = [file("filedir/aa/bb/content"), file("../../outside"), missing];
    const { out, run, databases } = await openWhole(files);
    await run();
    execFileSync("sha256sum", ["-c", "--quiet", "--strict", "SHA256SUMS"], { cwd: out });
    execFileSync(
      "/bin/bash",
      ["-c", "set -o pipefail; zstd -dc school/database/school.sql.zst | sqlite3 ../restored.db"],
      {
        cwd: out,
      },
    );
    const restored = await openDatabase({ url: `sqlite:${path.join(out, "../restored.db")}` });
    onTestFinished(() => restored.close());
    for (const table of ["pupil", "result", "visit"])
      expect(await restored.knex(table)).toEqual(await databases.schoolDatabase.knex(table));
    expect(readFileSync(path.join(out, "school/archive/filedir/aa/bb/content"), "utf8")).toBe(
      "filedir/aa/bb/content",
    );
    expect(existsSync(path.join(out, "../outside"))).toBe(false);
    expect(manifestIn(out)).toMatchObject({
      stores: expect.arrayContaining([
        expect.objectContaining({
          store: "school",
          databases: [
            { path: "school/database/school.sql.zst", load: expect.stringContaining("sqlite3") as unknown },
          ],
          archived: 2,
        }),
      ]) as unknown,
      notCovered: expect.arrayContaining([
        { what: "caches", why: "they are made anew", places: [] },
        expect.objectContaining({ what: "1 files of the archive" }),
      ]) as unknown,
    });
  });

  it("begins a dump anew that was not committed, and writes none again that was (D6.2c)", async () => {
    let dumps = 0;
    let breaks = true;
    const { out, run } = await openWhole([file("a"), file("b")], (dump) => ({
      ...dump,
      bytes: async function* (signal) {
        dumps += 1;
        yield* dump.bytes(signal);
        if (breaks) throw new Error("the connection is lost");
      },
    }));
    await expect(run()).rejects.toThrow("lost");
    expect(existsSync(path.join(out, "manifest.json"))).toBe(false);
    breaks = false;
    await run();
    const first = readFileSync(path.join(out, "school/database/school.sql.zst"));
    expect(dumps).toBe(2);
    await run();
    expect(dumps).toBe(2);
    expect(readFileSync(path.join(out, "school/database/school.sql.zst")).equals(first)).toBe(true);
    execFileSync("sha256sum", ["-c", "--quiet", "--strict", "SHA256SUMS"], { cwd: out });
    execFileSync("zstd", ["-tq", path.join(out, "school/database/school.sql.zst")]);
  });

  it("says that it is still at it while it writes a large file, and stops where it was overtaken (D6.2c)", async () => {
    const clock = { by: (_ms: number) => undefined as unknown };
    const slow: RecordFile = {
      name: "slow",
      bytes: async function* () {
        for (let n = 0; n < 5; n += 1) {
          yield Buffer.from(`part ${n}`);
          clock.by(10_000);
        }
      },
    };
    const { out, run, ...house } = await openWhole([slow]);
    clock.by = (ms) => house.clock.set(addMillis(house.clock.now(), ms));
    const asked: string[] = [];
    await run(SCHOOL, () => {
      asked.push(house.clock.now());
      return Promise.resolve();
    });
    expect(new Set(asked).size).toBe(3); // as it begins, after 20 seconds, after 40
    expect(readFileSync(path.join(out, "school/archive/slow"), "utf8")).toHaveLength(30);
    const overtaken = await openWhole([slow]);
    clock.by = (ms) => overtaken.clock.set(addMillis(overtaken.clock.now(), ms));
    const begun = overtaken.clock.now();
    const stopping = overtaken.run(SCHOOL, () =>
      overtaken.clock.now() === begun ? Promise.resolve() : Promise.reject(new Error("overtaken")),
    );
    await expect(stopping).rejects.toThrow("overtaken");
    expect(existsSync(path.join(overtaken.out, "school/archive/slow"))).toBe(false);
  });

  it("asks no store of another controller for its whole (D6.2c)", async () => {
    const { out, run, asked } = await openWhole([file("a")]);
    await run(OTHER_SCHOOL).catch(() => undefined);
    expect(existsSync(path.join(`${out}-other`, "school", "database"))).toBe(false);
    expect(asked.filter((of) => of === SCHOOL)).toEqual([]);
  });
});
