import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { describeOnMariaDb, type MariaDb, startMariaDb, temporaryFolder } from "@preau/testing";
import type { Knex } from "knex";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { compressDump, type Database, dumpDatabase, openDatabase, outsideDump } from "../src/index.ts";

const PASSWORD = "pass#'\"\\ ;é$word";
const ROWS = 60_000;

describeOnMariaDb("dump of a MariaDB database", () => {
  let server: MariaDb;
  let database: Database;
  beforeAll(async () => {
    const started = await startMariaDb();
    if (started === undefined) throw new Error("MariaDB is not installed");
    server = started;
    await server.sql("create database school; create database restored;");
    await server.sql(SCHEMA, "school");
    database = await openDatabase({ url: server.url("school") });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  /** Another account, that has the rights given on the school. */
  async function openAs(user: string, grants: string): Promise<Database> {
    const literal = PASSWORD.replaceAll("\\", "\\\\").replaceAll("'", "''");
    await server.sql(
      `create user '${user}'@'%' identified by '${literal}'; grant ${grants} on school.* to '${user}'@'%';`,
    );
    const opened = await openDatabase({
      url: server.url("school").replace("root@", `${user}@`),
      password: PASSWORD,
    });
    onTestFinished(() => opened.close());
    return opened;
  }

  async function restore(sql: Uint8Array): Promise<void> {
    await server.sql("drop database restored; create database restored character set utf8mb4;");
    const file = path.join(temporaryFolder(), "school.sql");
    writeFileSync(file, sql);
    execFileSync("/bin/sh", [
      "-c",
      'mariadb --no-defaults --socket="$0" --user=root restored < "$1"',
      server.socket,
      file,
    ]);
  }

  it("is loaded by the stock client, and everything is there as it was (S8)", async () => {
    await restore(await bytesOf(dumpDatabase(database).bytes()));
    for (const question of QUESTIONS) {
      const [was, is] = [await server.sql(question, "school"), await server.sql(question, "restored")];
      expect(is.replaceAll("restored", "school")).toBe(was);
      expect(was).not.toBe("");
    }
  });

  it("is the same each time, and one snapshot of what others change meanwhile (S8)", async () => {
    const first = await bytesOf(dumpDatabase(database).bytes());
    const second: Uint8Array[] = [];
    for await (const chunk of dumpDatabase(database).bytes()) {
      if (second.length === 0) await server.sql("update big set note = 'changed' where id > 100", "school");
      second.push(chunk);
    }
    await server.sql("update big set note = repeat('x', 90) where id > 100", "school");
    expect(Buffer.compare(Buffer.concat(second), first)).toBe(0);
  });

  it("packed, is one frame that zstd reads back", async () => {
    const plain = await bytesOf(dumpDatabase(database).bytes());
    const packed = await bytesOf(compressDump(dumpDatabase(database)));
    expect(packed.length).toBeLessThan(plain.length / 3);
    expect(Buffer.compare(await promisify(zstdDecompress)(packed), plain)).toBe(0);
  });

  it("shows its password to nobody: no process list, no environment, no file", async () => {
    const pupil = await openAs("dumper", "all privileges");
    const temporary = path.join(temporaryFolder());
    const seen: string[] = [];
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = temporary;
    try {
      for await (const _chunk of dumpDatabase(pupil).bytes()) {
        const [pid] = dumpChildren();
        if (pid === undefined || seen.length > 0) continue;
        seen.push(
          readFileSync(`/proc/${pid}/cmdline`, "latin1"),
          readFileSync(`/proc/${pid}/environ`, "latin1"),
        );
        expect(readdirSync(temporary)).toEqual([]);
      }
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    }
    expect(seen[0]).toContain("--single-transaction");
    for (const part of ["pass#", "word", "dumper"]) expect(seen.join()).not.toContain(part);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("leaves out what its account may not see, and says so", async () => {
    const reader = await openAs("reader", "select, show view");
    const said = (await outsideDump(reader)).map(({ what }) => what);
    expect(said.slice(0, 3)).toEqual(["scheduled events", "triggers", "stored routines"]);
    expect(said[3]).toMatch(/^1 tables without transactions/);
    const text = Buffer.from(await bytesOf(dumpDatabase(reader).bytes())).toString("latin1");
    expect(text).toContain("INSERT INTO `big`");
    expect(text).not.toContain("CREATE DEFINER=`root`@`localhost` EVENT");
    expect((await outsideDump(database)).map(({ places }) => places)).toEqual([["old"]]);
  });

  it("is of one application's tables alone where another shares the database, and says so (S8)", async () => {
    const dump = dumpDatabase(database, { tablePrefix: "pu" });
    const text = (await bytesOf(dump.bytes())).toString("latin1");
    expect(text.match(/^CREATE TABLE .*$/gm)).toEqual(["CREATE TABLE `pupil` ("]);
    expect(text).not.toContain("`big`");
    expect(text).not.toContain("FUNCTION");
    expect((await outsideDump(database, { tablePrefix: "pu" }))[0]?.what).toMatch(/^4 tables/);
    await expect(bytesOf(dumpDatabase(database, { tablePrefix: "none_" }).bytes())).rejects.toMatchObject({
      code: "DATABASE_DUMP_FAILED",
      detail: { log: { why: "no table" } },
    });
  });

  it("says which program is missing", async () => {
    const dump = dumpDatabase(database, { searchPath: temporaryFolder() });
    await expect(bytesOf(dump.bytes())).rejects.toMatchObject({ code: "DATABASE_NO_DUMP_TOOL" });
  });

  for (const [defect, ending, why] of [
    ["that stops before its last line and says that all went well", "head -c 200000; exit 0", "truncated"],
    [
      "that ends with an error after its last line",
      "cat; echo 'zoe@ecole.example error: 2013' >&2; exit 3",
      "ended",
    ],
  ] as const) {
    it(`is not whole from a program ${defect} (D6.2c)`, async () => {
      const folder = temporaryFolder();
      const program = path.join(folder, "mariadb-dump");
      const real = `/usr/bin/mariadb-dump "$@"`;
      writeFileSync(program, `#!/bin/bash\n[ "$2" = --version ] && exec ${real}\n${real} | { ${ending}; }\n`);
      chmodSync(program, 0o755);
      const error: unknown = await bytesOf(dumpDatabase(database, { searchPath: folder }).bytes()).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: "DATABASE_DUMP_FAILED", detail: { log: { why } } });
      expect(JSON.stringify(error) + String(error)).not.toContain("zoe@");
      await expect(
        bytesOf(compressDump(dumpDatabase(database, { searchPath: folder }))),
      ).rejects.toMatchObject({
        code: "DATABASE_DUMP_FAILED",
      });
    });
  }

  it("ends its program when its reader stops, and when it is told to stop", async () => {
    for await (const _chunk of dumpDatabase(database).bytes()) break;
    expect(dumpChildren()).toEqual([]);
    for await (const _chunk of compressDump(dumpDatabase(database))) break;
    expect(dumpChildren()).toEqual([]);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _chunk of dumpDatabase(database).bytes(stop.signal)) stop.abort();
    })();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    expect(dumpChildren()).toEqual([]);
  });

  it("does not wait for a locked table for ever, and stops at once when nobody waits any more", async () => {
    const holder = await openDatabase({ url: server.url("school") });
    onTestFinished(() => holder.close());
    const pool = holder.knex.client as Knex.Client;
    const connection: unknown = await pool.acquireConnection();
    const onHolder = (sql: string) => holder.knex.raw(sql).connection(connection);
    await onHolder("lock tables big write");
    const dump = dumpDatabase(database, { stallMs: 400 });
    await expect(bytesOf(dump.bytes())).rejects.toMatchObject({
      code: "DATABASE_DUMP_FAILED",
      detail: { log: { why: "stalled" } },
    });
    const stop = new AbortController();
    const stuck = bytesOf(compressDump(dumpDatabase(database), stop.signal));
    stuck.catch(() => undefined);
    await wait(300);
    stop.abort();
    await expect(stuck).rejects.toMatchObject({ name: "AbortError" });
    expect(dumpChildren()).toEqual([]);
    await onHolder("unlock tables");
    await pool.releaseConnection(connection);
  });

  it("fails at a damaged table, with the server's number alone", async () => {
    await server.sql(
      "create database hurt; create table hurt.t (id int primary key, note text) engine=MyISAM;",
    );
    await server.sql(
      "insert into hurt.t select seq, repeat('n', 200) from seq_1_to_500; flush tables;",
      "hurt",
    );
    writeFileSync(path.join(server.dataFolder, "hurt", "t.MYI"), "nonsense");
    const hurt = await openDatabase({ url: server.url("hurt") });
    onTestFinished(() => hurt.close());
    await expect(bytesOf(dumpDatabase(hurt).bytes())).rejects.toMatchObject({ code: "DATABASE_DUMP_FAILED" });
  });

  it("fails when the server dies in the middle (D6.2c)", async () => {
    const mortal = await startMariaDb();
    if (mortal === undefined) throw new Error("MariaDB is not installed");
    try {
      await mortal.sql("create database school");
      await mortal.sql(SCHEMA, "school");
      const opened = await openDatabase({ url: mortal.url("school") });
      let size = 0;
      const reading = (async () => {
        for await (const chunk of dumpDatabase(opened).bytes()) {
          if (size === 0) process.kill(mortal.pid, "SIGKILL");
          size += chunk.length;
        }
      })();
      await expect(reading).rejects.toMatchObject({ code: "DATABASE_DUMP_FAILED" });
      expect(dumpChildren()).toEqual([]);
      await expect(bytesOf(dumpDatabase(opened).bytes())).rejects.toMatchObject({
        code: "DATABASE_UNREACHABLE",
      });
      await opened.close();
    } finally {
      await mortal.stop();
    }
  });
});

async function bytesOf(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Programs that dump, started by this process and still there. */
function dumpChildren(): readonly string[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
    .trim()
    .split(" ");
  return children.filter(
    (pid) => pid !== "" && readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("mariadb-dump"),
  );
}

const SCHEMA = `
set sql_mode = '';
create table pupil (
  id bigint unsigned auto_increment primary key, name varchar(100), grade decimal(20,10), ratio double, flags bit(9),
  picture longblob, texts longtext character set latin1, facts json, born date, seen datetime(6), at timestamp(3) null,
  code binary(16), kind enum('élève','prof'), tags set('a','b'), place point,
  upper_name varchar(100) generated always as (upper(name)) stored, half double generated always as (ratio / 2) virtual,
  unique key (name)
) auto_increment = 41;
insert into pupil (name, grade, ratio, flags, picture, texts, facts, born, seen, at, code, kind, tags, place) values
  ('Zoé D’Hœrt 🎒', 12.3456789012, 0.1, b'101010101', x'00ff0a0d275c1a', 'l''été\\\\ \\r\\n\\0 fin', '{"a":"é"}', '0000-00-00', '2026-11-26 20:00:00.123456', '2026-03-29 01:30:00.5', x'000102', 'élève', 'a,b', point(1.5, -2)),
  (null, -0.0000000001, 1.7976931348623157e308, 0, '', '', null, null, null, null, null, null, null, null);
create table \`odd \`\`name\` (\`order\` int, \`a b\` text);
insert into \`odd \`\`name\` values (1, '-- Dump completed'), (2, null);
create table old (id int) engine=MyISAM; insert into old values (1);
create table big (id int primary key, note varchar(100));
insert into big select seq, repeat('x', 90) from seq_1_to_${ROWS};
create view names as select id, upper_name from pupil;
create trigger first_grade before insert on pupil for each row set new.grade = coalesce(new.grade, 0);
create function twice(n int) returns int deterministic return n * 2;
create procedure touch_all() update pupil set ratio = ratio;
create event tidy on schedule every 1 day disable do delete from old;
`;

const QUESTIONS = [
  "checksum table pupil, `odd ``name`, old, big extended",
  "select *, hex(picture), hex(texts), hex(flags), st_astext(place) from pupil",
  "show create table pupil",
  "select * from names",
  "select trigger_name, action_statement from information_schema.triggers where trigger_schema = database()",
  "select twice(21)",
  "select routine_name, routine_type from information_schema.routines where routine_schema = database()",
  "select event_name, status from information_schema.events where event_schema = database()",
];
