import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { temporaryFolder } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Database, dumpDatabase, openDatabase } from "../src/index.ts";

interface Raw {
  exec(sql: string): unknown;
  prepare(sql: string): {
    run(...values: unknown[]): unknown;
    all(): unknown[];
    pluck(): { all(): unknown[] };
  };
  close(): void;
}
const Driver = createRequire(import.meta.url)("better-sqlite3") as new (file: string) => Raw;

/** The stock program; where it is not installed, Node's own SQLite loads the dump. */
const STOCK = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3"].find((file) => existsSync(file));
if (STOCK === undefined) process.stderr.write("sqlite3 is not installed: dumps are loaded by node:sqlite\n");

function load(file: string, sql: Uint8Array): void {
  if (STOCK !== undefined) {
    execFileSync(STOCK, ["-bail", file], { input: sql, stdio: ["pipe", "ignore", "pipe"] });
    return;
  }
  const { DatabaseSync } = createRequire(import.meta.url)("node:sqlite") as {
    DatabaseSync: new (file: string, options: object) => { exec(sql: string): void; close(): void };
  };
  const opened = new DatabaseSync(file, { defensive: false });
  opened.exec(
    Buffer.from(sql)
      .toString()
      .replace(/^\..*\n/, ""),
  );
  opened.close();
}

async function dumped(
  make: (raw: Raw) => void,
): Promise<{ was: Raw; is: Raw; sql: Buffer; database: Database }> {
  const folder = temporaryFolder();
  const [from, to] = [path.join(folder, "from.db"), path.join(folder, "to.db")];
  const was = new Driver(from);
  make(was);
  const database = await openDatabase({ url: `sqlite:${from}` });
  onTestFinished(() => database.close());
  const sql = await bytesOf(dumpDatabase(database).bytes());
  load(to, sql);
  const is = new Driver(to);
  onTestFinished(() => {
    was.close();
    is.close();
  });
  return { was, is, sql, database };
}

async function bytesOf(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Every value of a table with its type, byte by byte. */
function cells(raw: Raw, table: string, columns: readonly string[], order = "rowid"): unknown[] {
  const each = columns.map((column) => `typeof("${column}"), hex("${column}"), quote("${column}")`);
  return raw
    .prepare(`SELECT ${each.join(", ")} FROM "${table.replaceAll('"', '""')}" ORDER BY ${order}`)
    .all();
}

const SCHEMA =
  "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";

describe("dump of a SQLite database", () => {
  it("is loaded by the stock program: schema, indexes, triggers, views, counters (S8)", async () => {
    const { was, is } = await dumped((raw) => raw.exec(FOREIGN));
    expect(is.prepare(SCHEMA).all()).toEqual(was.prepare(SCHEMA).all());
    for (const [table, columns, order] of [
      ["pupil", ["id", "name", "upper_name", "half"], "id"],
      ["keyed", ["a", "b"], "a"],
      ['odd "name', ["order", "a b"], "rowid"],
      ["no_key", ["rowid", "oid", "x"], "_rowid_"],
      ["sqlite_sequence", ["name", "seq"], "name"],
      ["strict_one", ["n", "t"], "n"],
    ] as const) {
      expect(cells(is, table, columns, order)).toEqual(cells(was, table, columns, order));
      expect(cells(was, table, columns, order)).not.toEqual([]);
    }
    for (const sql of [
      "SELECT * FROM adults",
      "SELECT rowid, * FROM notes WHERE notes MATCH 'cour'",
      "SELECT rowid, * FROM older WHERE older MATCH 'cour'",
      "SELECT rowid FROM outside WHERE outside MATCH 'zoé'",
      "SELECT id, minX FROM boxes WHERE minX > 0",
      "PRAGMA user_version",
      "PRAGMA application_id",
      "SELECT count(*) FROM sqlite_stat1",
    ]) {
      expect(is.prepare(sql).all()).toEqual(was.prepare(sql).all());
      expect(was.prepare(sql).all()).not.toEqual([]);
    }
    expect(is.prepare("PRAGMA integrity_check").pluck().all()).toEqual(["ok"]);
    expect(() =>
      is.exec("INSERT INTO pupil (name) VALUES ('x'); INSERT INTO notes VALUES ('y', 'z')"),
    ).not.toThrow();
    expect(is.prepare("SELECT max(id) FROM pupil").pluck().all()).toEqual([901]);
  });

  it("keeps every value to the bit: integers, reals, blobs, texts with NUL and ends of lines, texts that are no UTF-8", async () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({
        unit: fc.constantFrom("\0", "\r", "\n", "\\", "r", "'", '"', ";", ".", "é", "🎒", "\u001a", "-- "),
      }),
    );
    const value = fc.oneof(
      text,
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.double({ noNaN: true, min: -1e200, max: 1e200 }).filter((real) => Math.abs(real) > 1e-200),
      fc.constantFrom(0, Infinity, -Infinity, 0.1, 1 / 3, 1e15 + 0.3),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.constant(null),
    );
    const values = fc.sample(value, { numRuns: 3000, seed: 8 });
    const { was, is } = await dumped((raw) => {
      raw.exec("CREATE TABLE t (v); CREATE TABLE r (v REAL); BEGIN");
      const insert = raw.prepare("INSERT INTO t VALUES (?)");
      const real = raw.prepare("INSERT INTO r VALUES (?)");
      for (const each of values) {
        insert.run(each);
        if (typeof each === "number") real.run(each);
      }
      raw.exec(
        "INSERT INTO t VALUES (CAST(X'ff41c3280d0a' AS TEXT)), (CAST(X'ff00' AS TEXT)), ('a\r\nb\\rc\r')",
      );
      raw.exec("COMMIT");
    });
    for (const table of ["t", "r"]) expect(cells(is, table, ["v"])).toEqual(cells(was, table, ["v"]));
  });

  it("keeps a database in UTF-16", async () => {
    const { was, is } = await dumped((raw) =>
      raw.exec(
        "PRAGMA encoding='UTF-16le'; CREATE TABLE t (v); INSERT INTO t VALUES ('Zoé 🎒'), ('a' || char(0) || 'é'), (X'00ff'), ('a\r\nb'), ('\\r\r')",
      ),
    );
    expect(is.prepare("PRAGMA encoding").pluck().all()).toEqual(["UTF-16le"]);
    expect(cells(is, "t", ["v"])).toEqual(cells(was, "t", ["v"]));
  });

  it("is one snapshot of what others write meanwhile, in pieces; whoever stops reading frees the file (S8)", async () => {
    const { was, database } = await dumped((raw) =>
      raw.exec(
        "PRAGMA journal_mode=WAL; CREATE TABLE t (v); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t SELECT 'row ' || i || hex(zeroblob(30)) FROM n",
      ),
    );
    const chunks: Uint8Array[] = [];
    for await (const chunk of dumpDatabase(database).bytes()) {
      if (chunks.length === 0)
        was.exec("DELETE FROM t WHERE rowid > 5; CREATE TABLE later (x); INSERT INTO later VALUES (1)");
      chunks.push(chunk);
    }
    expect(chunks.length).toBeGreaterThan(5);
    const text = Buffer.concat(chunks).toString();
    expect(text.match(/^INSERT/gm)).toHaveLength(20_000);
    expect(text).not.toContain("later");
    for await (const _chunk of dumpDatabase(database).bytes()) break;
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _chunk of dumpDatabase(database).bytes(stop.signal)) stop.abort();
    })();
    await expect(reading).resolves.toBeUndefined(); // what is left fits into the piece that was given
    await expect(bytesOf(dumpDatabase(database).bytes(stop.signal))).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(was.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all()).toMatchObject([{ busy: 0 }]);
  });

  it("dumps a database in memory, which works on afterwards", async () => {
    const database = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => database.close());
    await database.knex.raw("CREATE TABLE t (v)");
    await database.knex("t").insert({ v: "é" });
    const dump = dumpDatabase(database);
    expect((await bytesOf(dump.bytes())).toString()).toContain(`INSERT INTO "t"("rowid","v")VALUES(1,'é');`);
    await database.knex("t").insert({ v: "on" });
    expect(dump.name).toBe("_memory_.sql");
  });

  it("fails at a damaged page, and loads nothing of what it wrote (D6.2c)", async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, "hurt.db");
    const raw = new Driver(file);
    raw.exec(
      "CREATE TABLE t (v); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t SELECT hex(randomblob(40)) FROM n",
    );
    raw.close();
    const bytes = readFileSync(file);
    bytes.fill(
      0xee,
      Math.floor(bytes.length / 2 / 4096) * 4096,
      Math.floor(bytes.length / 2 / 4096) * 4096 + 8192,
    );
    writeFileSync(file, bytes);
    const database = await openDatabase({ url: `sqlite:${file}` });
    onTestFinished(() => database.close());
    const chunks: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of dumpDatabase(database).bytes()) chunks.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({ code: "DATABASE_DAMAGED" });
    expect(chunks.length).toBeGreaterThan(1);
    const half = path.join(folder, "half.db");
    if (STOCK !== undefined)
      execFileSync(STOCK, [half], { input: Buffer.concat(chunks), stdio: ["pipe", "ignore", "ignore"] });
    else writeFileSync(half, "");
    const restored = new Driver(half);
    onTestFinished(() => restored.close());
    expect(restored.prepare("SELECT name FROM sqlite_master").all()).toEqual([]);
  });
});

const FOREIGN = `
PRAGMA foreign_keys = OFF; PRAGMA application_id = 77; PRAGMA user_version = 12;
CREATE TABLE pupil (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT DEFAULT 'l''été',
  upper_name TEXT AS (upper(name)) STORED, half REAL AS (id / 2.0) VIRTUAL);
INSERT INTO pupil (id, name) VALUES (7, 'Zoé'), (900, 'Noé'); DELETE FROM pupil WHERE id = 900; INSERT INTO pupil (id) VALUES (8);
CREATE TABLE keyed (a TEXT PRIMARY KEY, b BLOB) WITHOUT ROWID; INSERT INTO keyed VALUES ('k', X'00ff'), ('a', NULL);
CREATE TABLE "odd ""name" ("order" INT, "a b" TEXT, 'it''s' TEXT); INSERT INTO "odd ""name" VALUES (1, '); DROP TABLE pupil; --', ''), (2, NULL, 'x');
CREATE TABLE no_key (rowid TEXT, oid TEXT, x); INSERT INTO no_key (_rowid_, rowid, oid, x) VALUES (41, 'a', 'b', 1.0), (5, 'c', 'd', 1);
CREATE TABLE strict_one (n INT, t ANY) STRICT; INSERT INTO strict_one VALUES (1, '001'), (2, 2);
CREATE TABLE child (id INTEGER PRIMARY KEY, pupil INT REFERENCES pupil (id)); INSERT INTO child VALUES (1, 999);
CREATE UNIQUE INDEX by_name ON pupil (name COLLATE NOCASE) WHERE name IS NOT NULL; CREATE INDEX half_of ON pupil (id % 2);
CREATE VIEW adults (n) AS SELECT upper_name FROM pupil;
CREATE TRIGGER tr AFTER INSERT ON pupil BEGIN INSERT INTO child (pupil) VALUES (new.id); END;
CREATE TRIGGER iv INSTEAD OF INSERT ON adults BEGIN INSERT INTO pupil (name) VALUES (new.n); END;
CREATE VIRTUAL TABLE notes USING fts5 (title, body); INSERT INTO notes VALUES ('Cour', 'la cour'), ('x', 'récréation');
CREATE VIRTUAL TABLE older USING fts4 (title); INSERT INTO older VALUES ('la cour'), ('rien');
CREATE VIRTUAL TABLE outside USING fts5 (name, content='pupil', content_rowid='id'); INSERT INTO outside (outside) VALUES ('rebuild');
CREATE VIRTUAL TABLE boxes USING rtree (id, minX, maxX); INSERT INTO boxes VALUES (1, 0.1, 2.5), (2, -1, 0);
ANALYZE;
`;
