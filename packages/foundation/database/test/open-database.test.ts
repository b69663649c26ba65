import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describeOnMariaDb, freePort, freshDatabaseUrl, temporaryFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { emptyWriteAheadLog, inUnit, makeUnitOfWork, openDatabase } from "../src/index.ts";
import { refuseOldServer } from "../src/mysql.ts";

const failure = (url: string, password?: string): Promise<unknown> =>
  openDatabase({ url, password }).then(
    (database) => database.close(),
    (error: unknown) => error,
  );

describe("address of a database", () => {
  it.each([
    "",
    "school.db",
    "sqlite:",
    "sqlite://data/school.db",
    "postgres://u@h/n",
    "mysql://h/n",
    "mysql://u@h",
    "mysql://u@h/",
    "mysql://u@h:port/n",
    "mysql://u@h/n?ssl=1",
    "mysql://u@h/n?tls=no",
    "mysql://u@h/n/m",
    "mysql://u%@h/n",
  ])("refuses %j (DATABASE_BAD_URL)", async (url) => {
    expect(await failure(url)).toMatchObject({ code: "DATABASE_BAD_URL", exit: 2 });
  });

  it("refuses a password in it and does not repeat it (DATABASE_PASSWORD_IN_URL)", async () => {
    const error = await failure("mysql://root:s3cret@127.0.0.1:3306/preau");
    expect(error).toMatchObject({ code: "DATABASE_PASSWORD_IN_URL", exit: 2 });
    expect(JSON.stringify(error) + String(error)).not.toContain("s3cret");
    expect((error as { remedy(l: "en"): string }).remedy("en")).toContain("PREAU_DB_PASSWORD_FILE");
  });
});

describe("SQLite file", () => {
  it("is made for its owner alone, in a folder for its owner alone", async () => {
    const folder = path.join(temporaryFolder(), "deep", "data");
    const database = await openDatabase({ url: `sqlite:${folder}/school.db` });
    onTestFinished(() => database.close());
    await database.knex.schema.createTable("t", (table) => void table.string("id"));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of ["school.db", "school.db-wal", "school.db-shm"]) {
      expect(statSync(path.join(folder, file)).mode & 0o077, file).toBe(0);
    }
  });

  it("is made for its owner alone at the end of a link, too", async () => {
    const folder = temporaryFolder();
    const elsewhere = path.join(folder, "disk.db");
    symlinkSync(elsewhere, path.join(folder, "school.db"));
    const database = await openDatabase({ url: `sqlite:${folder}/school.db` });
    onTestFinished(() => database.close());
    expect(statSync(elsewhere).mode & 0o077).toBe(0);
  });

  it("keeps nothing of a deleted row in its files once the write-ahead log is emptied", async () => {
    const folder = temporaryFolder();
    const database = await openDatabase({ url: `sqlite:${folder}/school.db` });
    onTestFinished(() => database.close());
    await database.knex.schema.createTable("t", (table) => void table.string("name"));
    await database.knex("t").insert({ name: "zoe.tilleul@lycee.example" });
    await database.knex("t").delete();
    const files = () => readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "latin1"));
    expect(files().join("")).toContain("zoe.tilleul");
    expect(await emptyWriteAheadLog(database)).toBe(true);
    expect(files().join("")).not.toContain("zoe.tilleul");
  });

  it("keeps what was committed on a power cut: WAL and synchronous FULL, foreign keys on", async () => {
    const database = await openDatabase({ url: `sqlite:${temporaryFolder()}/school.db` });
    onTestFinished(() => database.close());
    const pragma = async (name: string): Promise<unknown> => database.knex.raw(`pragma ${name}`);
    expect(await pragma("journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(await pragma("synchronous")).toEqual([{ synchronous: 2 }]);
    expect(await pragma("foreign_keys")).toEqual([{ foreign_keys: 1 }]);
    expect(await pragma("secure_delete")).toEqual([{ secure_delete: 1 }]);
  });

  it("works in memory, and two memories are two", async () => {
    const [one, two] = [
      await openDatabase({ url: "sqlite::memory:" }),
      await openDatabase({ url: "sqlite::memory:" }),
    ];
    await one.knex.schema.createTable("t", (table) => void table.string("id"));
    expect(await one.knex.schema.hasTable("t")).toBe(true);
    expect(await two.knex.schema.hasTable("t")).toBe(false);
    await Promise.all([one.close(), two.close()]);
  });

  it("says where when the folder is a file (DATABASE_UNREACHABLE)", async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, "file"), "");
    expect(await failure(`sqlite:${folder}/file/school.db`)).toMatchObject({
      code: "DATABASE_UNREACHABLE",
      exit: 4,
      detail: { place: `sqlite:${folder}/file/school.db` },
    });
  });

  it("refuses a folder and a file that is no database", async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, "folder"));
    writeFileSync(path.join(folder, "text.db"), "no database ".repeat(1000));
    expect(await failure(`sqlite:${folder}/folder`)).toMatchObject({ code: "DATABASE_UNREACHABLE" });
    expect(await failure(`sqlite:${folder}/text.db`)).toMatchObject({ code: "DATABASE_DAMAGED", exit: 4 });
    expect(existsSync(path.join(folder, "text.db-wal"))).toBe(false);
  });
});

describe("full disk (SQLITE_FULL)", () => {
  it("is DATABASE_FULL, and nothing is half-written", async () => {
    const database = await openDatabase({ url: `sqlite:${temporaryFolder()}/small.db` });
    onTestFinished(() => database.close());
    const units = makeUnitOfWork(database);
    await database.knex.schema.createTable("t", (table) => void table.text("v"));
    await database.knex.raw("pragma max_page_count = 20");
    const fill = units.transaction(async (unit) => {
      for (let i = 0; i < 100; i += 1) await inUnit(unit)("t").insert({ v: "x".repeat(4000) });
    });
    await expect(fill).rejects.toMatchObject({ code: "DATABASE_FULL", exit: 4, status: 507 });
    expect(await database.knex("t").count({ n: "*" })).toEqual([{ n: 0 }]);
    await units.transaction(async (unit) => inUnit(unit)("t").insert({ v: "small" }));
    expect(await database.knex("t").count({ n: "*" })).toEqual([{ n: 1 }]);
  });

  it("is DATABASE_FULL even when the work swallows it: the rest is not written on its own", async () => {
    const database = await openDatabase({ url: `sqlite:${temporaryFolder()}/small.db` });
    onTestFinished(() => database.close());
    await database.knex.schema.createTable("t", (table) => void table.text("v"));
    await database.knex.raw("pragma max_page_count = 20");
    const fill = makeUnitOfWork(database).transaction(async (unit) => {
      await inUnit(unit)("t").insert({ v: "first" });
      await inUnit(unit)("t")
        .insert({ v: "x".repeat(400_000) })
        .catch(() => undefined);
      await inUnit(unit)("t")
        .insert({ v: "last" })
        .catch(() => undefined);
    });
    await expect(fill).rejects.toMatchObject({ code: "DATABASE_FULL" });
    expect(await database.knex("t").count({ n: "*" })).toEqual([{ n: 0 }]);
  });
});

describe("MariaDB and MySQL", () => {
  it("says host, port and name when nothing listens (DATABASE_UNREACHABLE)", async () => {
    const port = await freePort();
    const error = await failure(`mysql://preau@127.0.0.1:${port}/preau`, "s3cret");
    expect(error).toMatchObject({
      code: "DATABASE_UNREACHABLE",
      exit: 4,
      detail: { place: `127.0.0.1:${port}/preau` },
    });
    expect(JSON.stringify(error) + String(error)).not.toContain("s3cret");
  });

  it.each(["5.5.68-MariaDB", "10.5.23-MariaDB-0+deb11u1", "5.7.44-log", "", "nonsense"])(
    "refuses version %j (DATABASE_TOO_OLD)",
    (version) => {
      expect(() => refuseOldServer(version, "h:1/n")).toThrow(
        expect.objectContaining({ code: "DATABASE_TOO_OLD", exit: 4 }),
      );
    },
  );

  it.each([
    "10.6.16-MariaDB",
    "10.11.19-MariaDB-0+deb12u1",
    "11.4.2-MariaDB-log",
    "8.0.36",
    "9.1.0-commercial",
  ])("takes version %j", (version) => {
    refuseOldServer(version, "h:1/n");
  });
});

describeOnMariaDb("MariaDB session", () => {
  it("is strict, in UTC, utf8mb4, READ COMMITTED", async () => {
    const database = await openDatabase({ url: await freshDatabaseUrl("mariadb") });
    onTestFinished(() => database.close());
    const [[row]] = (await database.knex.raw(
      "select @@time_zone as zone, @@sql_mode as mode, @@character_set_connection as charset, @@tx_isolation as level",
    )) as [[Record<string, string>]];
    expect(row).toMatchObject({ zone: "+00:00", charset: "utf8mb4", level: "READ-COMMITTED" });
    expect(row["mode"]).toContain("STRICT_ALL_TABLES");
  });

  it("tells a wrong password and an absent database by their remedies", async () => {
    const url = await freshDatabaseUrl("mariadb");
    const denied = (await failure(url, "wrong")) as { code: string; remedy(l: "en"): string };
    expect(denied.code).toBe("DATABASE_UNREACHABLE");
    expect(denied.remedy("en")).toContain("password");
    const absent = (await failure(url.replace(/\/[^/]*$/, "/nowhere"))) as {
      code: string;
      remedy(l: "en"): string;
    };
    expect(absent.code).toBe("DATABASE_UNREACHABLE");
    expect(absent.remedy("en")).toContain("name");
  });
});
