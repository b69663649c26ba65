/** A restitution, packed, unpacked and restored by the commands that come with it. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { type Database, dumpDatabase, openDatabase } from "@preau/database";
import type { ControllerId, ExportSource, RecordFile, RegisteredSource } from "@preau/kernel";
import {
  describeOnMariaDb,
  freshDatabaseUrl,
  type MariaDb,
  startMariaDb,
  temporaryFolder,
} from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { databaseRestitution } from "../src/database-restitution.ts";
import type { PackageContent } from "../src/package-content.ts";
import { writePackage } from "../src/write-package.ts";
import { ACACIAS, HAMEAU, makeHouse, NOW } from "./copy-house.ts";
import { notebook } from "./copy-notebook.ts";

const run = promisify(execFile);
const ROWS = 20_000;

interface StoreOptions {
  readonly id: string;
  readonly database?: Database;
  readonly files?: readonly RecordFile[];
  readonly controller?: ControllerId;
}

/** A store with accounts in memory, whose database and files are real. */
function store({ id, database, files = [], controller = HAMEAU }: StoreOptions): RegisteredSource {
  const { source, second } = notebook({ records: [] });
  const exports: ExportSource = {
    projectKinds: [],
    projects: () => Promise.resolve([]),
    // biome-ignore lint/suspicious/useAwait: the port is a stream
    collectProject: async function* () {},
    // biome-ignore lint/suspicious/useAwait: the port is a stream
    rows: async function* () {},
    restitution: (of) =>
      Promise.resolve(
        of !== controller || database === undefined
          ? undefined
          : { dumps: [dumpDatabase(database)], files: () => stream(files), notCovered: [] },
      ),
  };
  const described = { ...source.describe(), id, controller, title: { fr: `Le ${id}`, en: `The ${id}` } };
  return { source: { ...source, describe: () => described }, second, exports };
}

// biome-ignore lint/suspicious/useAwait: the port is a stream
async function* stream<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

const file = (name: string, text = name): RecordFile => ({ name, bytes: () => stream([Buffer.from(text)]) });

async function filled(url: string): Promise<Database> {
  const database = await openDatabase({ url });
  onTestFinished(() => database.close());
  await database.knex.schema.createTable("pupil", (table) => {
    table.integer("id").primary();
    table.string("name");
  });
  for (let from = 0; from < ROWS; from += 100)
    await database
      .knex("pupil")
      .insert(Array.from({ length: 100 }, (_, n) => ({ id: from + n, name: `Zoé ${from + n} D’Hœrt 🎒` })));
  return database;
}

async function unpacked(content: PackageContent): Promise<string> {
  const folder = temporaryFolder();
  const out = path.join(folder, "paquet.zip");
  await writePackage(content, { out, protection: { kind: "none" }, at: NOW });
  const inside = path.join(folder, "inside");
  await run("unzip", ["-q", out, "-d", inside], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
  return inside;
}

/** Runs `restore.txt`, NAME and TARGET filled in, the client led to the server of the test. */
async function restore(inside: string, name: string, server?: MariaDb) {
  const target = path.join(inside, "../target");
  await mkdir(target);
  const script = path.join(inside, "../restore.sh");
  const commands = await readFile(path.join(inside, "restore.txt"), "utf8");
  const client = `mariadb --no-defaults --socket=${server?.socket ?? "/nowhere"} --user=root`;
  await writeFile(
    script,
    commands.replaceAll("NAME", name).replaceAll("TARGET", target).replaceAll("| mariadb ", `| ${client} `),
  );
  await run("bash", [script], { cwd: inside });
  return target;
}

describe("restitution of a controller's stores (S8)", () => {
  it("is restored by its own commands from SQLite, files by name, and says what it could not give (S8)", async () => {
    const database = await filled(await freshDatabaseUrl("sqlite"));
    const hash = createHash("sha1").update("contenu").digest("hex");
    const files = [
      file(`filedir/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`, "contenu"),
      file("repository/Élèves/liste.ods"),
      file("repository/Élèves/LISTE.ods"),
      file("../../etc/passwd"),
      file("=HYPERLINK(1).txt"),
      { ...file("filedir/ff/ff/gone"), notGiven: "missing" as const },
    ];
    const house = await makeHouse({
      sources: [store({ id: "school", database, files }), store({ id: "desk" })],
    });
    const content = databaseRestitution(house.ports, { controller: HAMEAU, language: "fr" });
    const inside = await unpacked(content);
    const [before] = await database.knex("pupil").count({ n: "*" }).sum({ s: "id" });
    const target = await restore(inside, "unused");

    const [dump] = await readdir(path.join(inside, "database"));
    expect(dump).toMatch(/^[\w-]+\.sql\.zst$/);
    const restored = await openDatabase({
      url: `sqlite:${path.join(inside, (dump ?? "").replace(".sql.zst", ".sqlite"))}`,
    });
    onTestFinished(() => restored.close());
    expect(await restored.knex("pupil").count({ n: "*" }).sum({ s: "id" })).toEqual([before]);
    expect(await restored.knex("pupil").where({ id: 77 }).first<unknown>()).toEqual({
      id: 77,
      name: "Zoé 77 D’Hœrt 🎒",
    });

    const found = await readdir(target, { recursive: true, withFileTypes: true });
    const names = found
      .filter((each) => each.isFile())
      .map((each) => path.relative(target, path.join(each.parentPath, each.name)));
    expect(names.sort()).toEqual(
      [
        "=HYPERLINK(1).txt",
        "_/_/etc/passwd",
        `filedir/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`,
        "repository/Élèves/LISTE (2).ods",
        "repository/Élèves/liste.ods",
      ].sort(),
    );
    const renamed = await readFile(path.join(inside, "files-renamed.csv"), "utf8");
    expect(renamed.split("\r\n").slice(1)).toEqual([
      '"school";"repository/Élèves/LISTE.ods";"files/school/repository/Élèves/LISTE (2).ods"',
      '"school";"../../etc/passwd";"files/school/_/_/etc/passwd"',
      "",
    ]);
    expect(await readFile(path.join(inside, "files-not-given.csv"), "utf8")).toContain(
      '"school";"filedir/ff/ff/gone";"il n’est pas dans le dépôt de fichiers',
    );
    for (const [page, words] of [
      ["LISEZMOI.html", "zstd -dc database/"],
      ["README.html", "it has no dump"],
    ] as const)
      expect(await readFile(path.join(inside, page), "utf8")).toContain(words);
    expect(content.facts()).toMatchObject({
      stores: [
        { store: "school", restituted: true, files: { given: 5, notGiven: 1, renamed: 2 }, notCovered: [] },
        { store: "desk", restituted: false, databases: [], notCovered: [{ what: "the store as a whole" }] },
      ],
    });
    expect(JSON.stringify(content.facts())).not.toContain("liste");
  });

  it("gives one store that is named, two databases of one name side by side, and the same entries each time", async () => {
    const [one, two] = [
      await filled(await freshDatabaseUrl("sqlite")),
      await filled(await freshDatabaseUrl("sqlite")),
    ];
    const house = await makeHouse({
      sources: [store({ id: "one", database: one }), store({ id: "two", database: two })],
    });
    const paths = async (named?: string) => {
      const found: string[] = [];
      const content = databaseRestitution(house.ports, { controller: HAMEAU, store: named, language: "en" });
      for await (const entry of content.entries()) found.push(entry.path);
      return found;
    };
    expect(await paths("two")).toEqual([
      "README.html",
      "LISEZMOI.html",
      "restore.txt",
      "database/test.sql.zst",
    ]);
    expect((await paths()).slice(3)).toEqual(["database/one-test.sql.zst", "database/two-test.sql.zst"]);
    expect(await paths()).toEqual(await paths());
  });

  it("gives another controller nothing, and names no store that is not its own (S8)", async () => {
    const database = await filled(await freshDatabaseUrl("sqlite"));
    const house = await makeHouse({ sources: [store({ id: "school", database })] });
    for (const request of [
      { controller: ACACIAS, language: "fr" },
      { controller: ACACIAS, store: "school", language: "fr" },
      { controller: HAMEAU, store: "nowhere", language: "fr" },
    ] as const) {
      const content = databaseRestitution(house.ports, request);
      await expect(unpacked(content)).rejects.toMatchObject({ code: "EXPORT_NO_DATABASE" });
      expect(content.facts()).toEqual({ stores: [] });
    }
  });
});

describeOnMariaDb("restitution from MariaDB (S8)", () => {
  it("is restored by its own commands into an empty database (S8)", async () => {
    const server = await startMariaDb();
    if (server === undefined) throw new Error("MariaDB is not installed");
    onTestFinished(() => server.stop());
    await server.sql("create database moodle; create database restored;");
    const database = await filled(server.url("moodle"));
    const house = await makeHouse({ sources: [store({ id: "moodle", database })] });
    const inside = await unpacked(databaseRestitution(house.ports, { controller: HAMEAU, language: "fr" }));
    await restore(inside, "restored", server);
    const sum = "checksum table pupil extended";
    expect(await server.sql(sum, "restored")).toBe(
      (await server.sql(sum, "moodle")).replace("moodle.", "restored."),
    );
    expect(await server.sql("select count(*) from pupil", "restored")).toBe(`${ROWS}\n`);
  });

  it("leaves nothing behind when the connection is lost at 90 % (D6.2c)", async () => {
    const server = await startMariaDb();
    if (server === undefined) throw new Error("MariaDB is not installed");
    onTestFinished(() => server.stop());
    await server.sql("create database moodle");
    const direct = await filled(server.url("moodle"));
    let whole = 0;
    for await (const chunk of dumpDatabase(direct).bytes()) whole += chunk.length;
    const wire = await cutWire(server.port, whole * 0.9);
    onTestFinished(wire.close);
    const database = await openDatabase({ url: `mysql://root@127.0.0.1:${wire.port}/moodle` });
    onTestFinished(() => database.close());
    const house = await makeHouse({ sources: [store({ id: "moodle", database })] });
    const content = databaseRestitution(house.ports, { controller: HAMEAU, language: "fr" });
    const folder = temporaryFolder();
    const writing = writePackage(content, {
      out: path.join(folder, "p.zip"),
      protection: { kind: "none" },
      at: NOW,
    });
    await expect(writing).rejects.toMatchObject({ code: "DATABASE_DUMP_FAILED" });
    expect(await readdir(folder)).toEqual([]);
    const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
    for (const pid of children.trim().split(" ").filter(Boolean))
      expect(await readFile(`/proc/${pid}/comm`, "utf8")).not.toContain("mariadb-dump");
  });
});

/** A wire to a server that is cut once so many bytes came from it. */
async function cutWire(to: number, bytes: number) {
  let left = bytes;
  const server = createServer((client) => {
    const upstream = connect(to, "127.0.0.1");
    for (const socket of [client, upstream]) socket.on("error", () => undefined);
    client.pipe(upstream);
    upstream.on("data", (chunk: Buffer) => {
      left -= chunk.length;
      if (left > 0) client.write(chunk);
      else {
        client.destroy();
        upstream.destroy();
      }
    });
    upstream.on("close", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as { port: number }).port, close: () => void server.close() };
}
