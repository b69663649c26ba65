/**
 * The whole walk: a little school is dumped, a pupil erased, the dump restored. The gate says no, the replay erases again,
 * the gate says yes, the second look finds nothing, and a new account under the erased one's key lives on.
 */
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { makeDataMapLookAgain, makeDataMapSource, mappedReferences, parseDataMap } from "@preau/data-map";
import { type Database, openDatabase } from "@preau/database";
import { verifyReceiptOrProof } from "@preau/journal";
import { controllerId, silentLog, systemClock } from "@preau/kernel";
import { orderErasure, runErasure } from "@preau/retention";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl, temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";
import { preauHere } from "./preau-here.ts";

const SCHOOL = controllerId("college-du-hameau");
const MAP = `
id: hamlet
title: { fr: École du hameau, en: Hamlet school }
application: { name: Hamlet school, versions: ["1"] }
subject:
  kind: hamlet.pupil
  table: pupil
  key: id
  created: created_at
  identity: [{ column: login, trace: login }]
tables:
  pupil: { category: name, purpose: runPlatform, rows: [{ by: id, verdict: erase }] }
  result:
    category: productionsResults
    purpose: runPlatform
    rows: [{ by: pupil_id, verdict: erase }]
    texts: { remark: redact }
`;

async function fill({ knex }: Database): Promise<void> {
  await knex.schema.createTable("pupil", (t) => {
    t.integer("id").primary();
    t.string("login", 64);
    t.integer("created_at");
  });
  await knex.schema.createTable("result", (t) => {
    t.integer("id").primary();
    t.integer("pupil_id");
    t.string("remark", 200);
  });
  await knex("pupil").insert(
    [1, 2, 3].map((id) => ({ id, login: `eleve.erable.${id}x`, created_at: 1_700_000_000 + id })),
  );
  await knex("result").insert(
    [1, 1, 2, 3].map((pupil, index) => ({
      id: index + 1,
      pupil_id: pupil,
      remark: `Vu avec eleve.erable.${pupil}x`,
    })),
  );
}

async function rowsIn(url: string) {
  const database = await openDatabase({ url });
  try {
    const pupils = await database
      .knex("pupil")
      .orderBy("id")
      .select<{ id: number; created_at: number }[]>("id", "created_at");
    const results = await database
      .knex("result")
      .orderBy("id")
      .select<{ pupil_id: number; remark: string }[]>("pupil_id", "remark");
    return { pupils: pupils.map(({ id, created_at: at }) => [id, at - 1_700_000_000]), results };
  } finally {
    await database.close();
  }
}

/** A dump before, and what puts it back. */
function dumped(url: string, kind: DatabaseKind): () => void {
  if (kind === "sqlite") {
    const file = url.slice("sqlite:".length);
    const copy = path.join(temporaryFolder(), "dump.sqlite");
    copyFileSync(file, copy);
    return () => {
      for (const suffix of ["-wal", "-shm"]) rmSync(file + suffix, { force: true });
      copyFileSync(copy, file);
    };
  }
  const { hostname, port, pathname } = new URL(url);
  const server = ["--host", hostname, "--port", port, "--user", "root", "--protocol", "tcp"];
  const text = execFileSync("mariadb-dump", [...server, pathname.slice(1)]);
  return () => void execFileSync("mariadb", [...server, pathname.slice(1)], { input: text });
}

async function site(kind: DatabaseKind) {
  const cwd = temporaryFolder();
  const map = path.join(cwd, "hamlet.yaml");
  writeFileSync(map, MAP);
  writeFileSync(path.join(cwd, "preau.yaml"), "keyBackupHours: 0\n");
  const url = await freshDatabaseUrl(kind);
  const school = await openDatabase({ url });
  await fill(school);
  // What a checkpoint has not moved stands beside the file: the dump is of the whole.
  if (kind === "sqlite") await school.knex.raw("pragma wal_checkpoint(truncate)");
  const env = { PREAU_DATA: path.join(cwd, "data") };
  const restore = (verb: string, ...more: readonly string[]) =>
    preauHere(["restore", verb, "--db", url, "--map", map, "--controller", SCHOOL, "--json", ...more], {
      cwd,
      env,
    });
  await school.close();

  /** Erases as the hub does. */
  const erase = async (pupil: number) => {
    const database = await openDatabase({ url });
    const read = parseDataMap(MAP, "hamlet.yaml");
    const common = { database, controller: SCHOOL };
    const registered = {
      source: makeDataMapSource({ ...common, map: read, sourceId: "hamlet", clock: systemClock }),
      second: makeDataMapLookAgain({
        ...{ ...common, kind: "hamlet.pupil", person: { table: "pupil", key: "id" } },
        ...mappedReferences(read),
      }),
    };
    const hub = await openHub(readConfig(env, cwd), {
      clock: systemClock,
      log: silentLog,
      sources: [registered],
    });
    try {
      const { ports } = hub;
      const id = await ports.unitOfWork.transaction(async (unit) => {
        const subject = await ports.subjects.identify(unit, SCHOOL, {
          kind: "hamlet.pupil",
          value: String(pupil),
        });
        const requestedAt = ports.clock.now();
        return orderErasure(
          unit,
          ports,
          {
            controller: SCHOOL,
            subjects: [subject],
            ground: "account-deleted",
            requestedBy: "operations",
            requestedAt,
          },
          { by: "caller" },
        );
      });
      const outcome = await runErasure(ports, { id, controller: SCHOOL }, { sources: ports.sources });
      if (!outcome.closed) throw outcome.cause;
    } finally {
      await hub.close();
      await database.close();
    }
  };
  return { cwd, url, restore, erase, map, list: path.join(cwd, "data-replay"), env };
}

function walk(kind: DatabaseKind): void {
  describe("a restore (D12.3)", () => {
    it("brings nobody back: gate, replay, gate, and a new account under the same key lives", async () => {
      const { cwd, url, restore, erase, list, env } = await site(kind);
      const putBack = dumped(url, kind);
      const before = await rowsIn(url);
      expect((await restore("gate")).code).toBe(4); // no list: nobody knows
      await erase(1);
      await erase(2);
      expect((await rowsIn(url)).pupils).toEqual([[3, 3]]);
      expect(await restore("gate")).toMatchObject({ code: 0 });

      putBack();
      expect(await rowsIn(url)).toEqual(before);
      // Since then, the second pupil's number was given to somebody new.
      const database = await openDatabase({ url });
      await database
        .knex("pupil")
        .where({ id: 2 })
        .update({ login: "eleve.neuf.9z", created_at: 1_700_009_999 });
      await database.knex("result").where({ pupil_id: 2 }).update({ remark: "nouveau" });
      await database.close();

      const closed = await restore("gate");
      expect([closed.code, JSON.parse(closed.out)]).toEqual([
        1,
        { open: false, listed: 1, rows: 3, restricted: 0 },
      ]);
      expect((await restore("replay", "--dry-run")).code).toBe(0);
      expect((await rowsIn(url)).pupils).toHaveLength(3);

      const replayed = await restore("replay");
      expect(replayed).toMatchObject({ code: 0 });
      const { persons, receipts, gate } = JSON.parse(replayed.out);
      expect({ persons, gate }).toEqual({
        persons: 1,
        gate: { open: true, listed: 0, rows: 0, restricted: 0 },
      });
      expect(receipts).toMatchObject([{ verdict: "PASS" }]);
      const after = await rowsIn(url);
      expect(after.pupils).toEqual([
        [2, 9_999],
        [3, 3],
      ]);
      expect(after.results.map(({ pupil_id: pupil, remark }) => [pupil, remark])).toEqual([
        [2, "nouveau"],
        [3, "Vu avec eleve.erable.3x"],
      ]);
      expect((await restore("gate")).code).toBe(0);
      expect(JSON.parse((await restore("replay")).out)).toMatchObject({ persons: 0, receipts: [] });

      // The receipt is one as every other: it verifies offline, and says what the second look found.
      const file = await preauHere(["receipt", receipts[0].id, "--controller", SCHOOL], { cwd, env });
      const receipt = JSON.parse(file.out);
      expect(receipt.stores[0].lookAgain.hits).toBe(0);
      const keys = JSON.parse((await preauHere(["journal", "key", "--json"], { cwd, env })).out);
      expect(verifyReceiptOrProof(file.out, { vkey: keys.evidence ?? keys.keys?.evidence }).result).toBe(
        "TRUE",
      );

      // The list holds no key, no name, no time of anybody in clear.
      for (const name of readdirSync(list).filter((each) => each.startsWith("list-")))
        expect(readFileSync(path.join(list, name), "utf8")).not.toMatch(/erable|170000000/);
    });
  });
}

describe("on SQLite", () => walk("sqlite"));
describeOnMariaDb("on MariaDB", () => walk("mariadb"));

describe("a list that cannot be trusted keeps the service closed (D12.3)", () => {
  it("is missed, and nothing is erased any more without it", async () => {
    const { restore, erase, list, cwd } = await site("sqlite");
    await erase(1);
    renameSync(list, path.join(cwd, "elsewhere"));
    expect(await restore("gate")).toMatchObject({ code: 4, out: "" });
    expect((await restore("replay")).code).toBe(4);
    await expect(erase(2)).rejects.toMatchObject({ code: "BACKUPS_LIST_MISSING" });
    expect(existsSync(list)).toBe(false);
    expect((await restore("gate", "--list", "elsewhere")).code).toBe(0);
  });

  it("is refused when its key is gone, a line was cut off, or a letter changed", async () => {
    const { restore, erase, list } = await site("sqlite");
    await erase(1);
    const file = path.join(list, "list-1");
    const good = readFileSync(file, "latin1");
    for (const bad of [good.slice(0, -7), good.replace("+ ", "= "), ""]) {
      writeFileSync(file, bad);
      expect((await restore("gate")).code).toBe(2);
    }
    writeFileSync(file, `${good}+ half a line`); // never acknowledged
    expect((await restore("gate")).code).toBe(0);
    rmSync(path.join(list, "replay.key"));
    expect((await restore("gate")).code).toBe(4);
  });

  it("knows nothing of another controller, and says what it is asked for wrongly", async () => {
    const { restore, erase, url, cwd, env, map } = await site("sqlite");
    const putBack = dumped(url, "sqlite");
    await erase(1);
    putBack();
    expect((await restore("gate")).code).toBe(1);
    const stranger = await restore("gate", "--controller", "lycee-des-acacias");
    expect([stranger.code, stranger.err]).toEqual([2, expect.stringContaining("HUB_CONTROLLER_UNKNOWN")]);
    const source = await restore("gate", "--source", "shcool");
    expect([source.code, source.err]).toEqual([2, expect.stringContaining("BACKUPS_LIST_STRANGER")]);
    const ask = (...args: readonly string[]) =>
      preauHere(["restore", "gate", "--controller", SCHOOL, ...args], { cwd, env });
    expect((await ask("--db", url)).code).toBe(2);
    expect((await ask("--db", "mysql://root:secret@127.0.0.1/x", "--map", map)).code).toBe(2);
    writeFileSync(map, MAP.replace("  created: created_at\n", ""));
    expect((await restore("gate")).err).toContain("BACKUPS_NO_CREATION_TIME");
  });
});

describe("after a restore of the hub's own database (towards D12.3)", () => {
  it("a person erased since is forgotten again, and everybody else is known", async () => {
    const { cwd, env, erase } = await site("sqlite");
    const opened = () => openHub(readConfig(env, cwd), { clock: systemClock, log: silentLog, sources: [] });
    const find = async () => {
      const hub = await opened();
      const { ports } = hub;
      const found = await ports.unitOfWork.transaction(async (unit) => {
        const of = (value: string) => ports.subjects.find(unit, SCHOOL, { kind: "hamlet.pupil", value });
        return [await of("1"), await of("2")].map((each) => each !== undefined);
      });
      await hub.close();
      return found;
    };
    writeFileSync(
      path.join(cwd, "preau.yaml"),
      `keyBackupHours: 0
controllers:
  - id: ${SCHOOL}
    kind: school
    name: Collège du hameau
    legalForm: Établissement public
    seat: 1, rue du Hameau, 75000 Paris
    region: metropole
`,
    );
    const hub = await opened();
    await hub.ports.unitOfWork.transaction(async (unit) => {
      for (const value of ["1", "2"])
        await hub.ports.subjects.identify(unit, SCHOOL, { kind: "hamlet.pupil", value });
    });
    await hub.close();
    const file = path.join(env.PREAU_DATA, "hub.sqlite");
    const copy = path.join(cwd, "hub-dump.sqlite");
    const own = await openDatabase({ url: `sqlite:${file}` });
    await own.knex.raw(`vacuum into '${copy}'`);
    await own.close();
    await erase(1);
    expect(await find()).toEqual([false, true]);
    for (const suffix of ["-wal", "-shm"]) rmSync(file + suffix, { force: true });
    copyFileSync(copy, file);
    expect(await find()).toEqual([true, true]);
    const answer = await preauHere(["restore", "own", "--json"], { cwd, env });
    expect([answer.code, answer.out]).toEqual([0, '{"forgotten":1}\n']);
    expect(await find()).toEqual([false, true]);
  });
});
