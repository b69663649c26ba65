import { makeDataMapExports, makeDataMapSource, type ProjectFiles, parseDataMap } from "@preau/data-map";
import { type Database, openDatabase } from "@preau/database";
import {
  type ExportSource,
  isFault,
  type JsonObject,
  manualClock,
  type RegisteredSource,
} from "@preau/kernel";
import { describeEachDatabase, readCsv } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathCheck } from "../src/container-paths.ts";
import type { ExportPorts } from "../src/export-ports.ts";
import { projectArchive } from "../src/project-archive.ts";
import { ACACIAS, HAMEAU, NOW } from "./copy-house.ts";
import { notebook } from "./copy-notebook.ts";
import { openCopy } from "./copy-open.ts";

const map = parseDataMap(`
id: hamlet-1
title: { fr: Le hameau, en: The hamlet }
application: { name: Hamlet, versions: ["1"] }
subject:
  kind: hamlet.pupil
  table: pupil
  key: id
  identity: [{ columns: [given, family], trace: name }]
projects:
  leaveOut: { tables: [door], columns: { pupil: [lock] } }
  kinds:
    class:
      list: { table: class, key: id, title: title, not: [{ title: staff }] }
      rows:
        class: [{ by: id }]
        pupil: [{ by: class_id }]
        work: [{ by: pupil_id, of: pupil }]
        document: [{ by: class_id }]
tables:
  pupil: { category: name, purpose: runPlatform, rows: [{ by: id, verdict: erase }], texts: keep }
  class: { category: name, purpose: runPlatform, texts: keep }
  work: { category: name, purpose: runPlatform, rows: [{ by: pupil_id, verdict: erase }], texts: keep }
  document: { category: name, purpose: runPlatform, texts: keep }
  door: { category: name, purpose: runPlatform, texts: keep }
mentions: { reason: Written by others, clause: D12.2 }
`);

async function openHamlet(options: { readonly url: string }): Promise<Database> {
  const database = await openDatabase(options);
  await database.knex.schema.createTable(
    "class",
    (t) => void (t.integer("id").primary(), t.string("title", 200)),
  );
  await database.knex.schema.createTable("pupil", (t) => {
    for (const column of ["id", "class_id"]) t.integer(column);
    for (const column of ["given", "family", "password", "lock"]) t.string(column, 200);
  });
  await database.knex.schema.createTable(
    "work",
    (t) => void (t.integer("id").primary(), t.integer("pupil_id"), t.text("body")),
  );
  await database.knex.schema.createTable("document", (t) => {
    t.integer("id").primary();
    t.integer("class_id");
    t.string("name", 600);
    t.text("body");
  });
  await database.knex.schema.createTable("door", (t) => void t.string("token"));
  await database.knex("class").insert([
    { id: 1, title: '=HYPERLINK("http://evil.example")' },
    { id: 2, title: "<script>alert(1)</script>" },
    { id: 3, title: "staff" },
  ]);
  await database.knex("pupil").insert([
    { id: 10, class_id: 1, given: "Zoé", family: "@SUM(A1)", password: "$2y$10$hash", lock: "1234" },
    { id: 11, class_id: 1, given: "-2+3", family: "Œil", password: "x", lock: "x" },
    { id: 20, class_id: 2, given: "Anouk", family: "Autre", password: "x", lock: "x" },
  ]);
  await database.knex("work").insert([
    { id: 1, pupil_id: 10, body: '\t=1+1;\r\n"deux"' },
    { id: 2, pupil_id: 20, body: "d’une autre classe" },
  ]);
  await database.knex("door").insert({ token: "open-sesame" });
  return database;
}

/** A document without a body has lost its content. */
const documents = (): ProjectFiles => ({
  table: "document",
  filesOf: (rows) =>
    Promise.resolve(
      rows.map((row) => {
        const body = row["body"];
        const name = said(row, "name");
        return typeof body === "string"
          ? { name, bytes: () => bytesOf(body), size: body.length }
          : { name, notGiven: "missing" as const, bytes: () => bytesOf("") };
      }),
    ),
});

// biome-ignore lint/suspicious/useAwait: the port is a stream
async function* bytesOf(body: string): AsyncGenerator<Uint8Array> {
  if (body !== "") yield Buffer.from(body);
}

function portsOf(database: Database): Pick<ExportPorts, "sources" | "clock"> {
  const site = { database, map, controller: HAMEAU };
  const source = makeDataMapSource({ ...site, sourceId: "hamlet", clock: manualClock(NOW) });
  const exports = makeDataMapExports({ ...site, files: documents });
  const registered = { source, second: notebook({ records: [] }).second, exports } satisfies RegisteredSource;
  return { clock: manualClock(NOW), sources: new Map([["hamlet", registered]]) };
}

const asked = { controller: HAMEAU, store: "hamlet", kind: "class", id: "1", language: "fr" } as const;

describeEachDatabase("the archive of a project (DD.2)", openHamlet, (fresh) => {
  it("holds each table as JSON and as CSV, without formulas, secrets, or what only runs the application", async () => {
    const database = await fresh();
    const opened = await openCopy(projectArchive(portsOf(database), asked));
    expect(opened.paths).toEqual([
      ...["class", "pupil", "work"].map((table) => `data/${table}.json`),
      ...["class", "pupil", "work"].map((table) => `data/${table}.csv`),
      "LISEZMOI.html",
    ]);
    expect(opened.json("data/pupil.json")).toEqual([
      { id: 10, class_id: 1, given: "Zoé", family: "@SUM(A1)" },
      { id: 11, class_id: 1, given: "-2+3", family: "Œil" },
    ]);
    expect(opened.json("data/work.json")).toEqual([{ id: 1, pupil_id: 10, body: '\t=1+1;\r\n"deux"' }]);
    expect(opened.text("data/pupil.csv").codePointAt(0)).toBe(0xfeff);
    expect(readCsv(opened.text("data/pupil.csv")).map((row) => row.map(({ text }) => text))).toEqual([
      ["id", "class_id", "given", "family"],
      ["10", "1", "Zoé", "'@SUM(A1)"],
      ["11", "1", "'-2+3", "Œil"],
    ]);
    expect(readCsv(opened.text("data/work.csv"))[1]?.[2]?.text).toBe('\'\t=1+1;\r\n"deux"');
    const all = opened.paths.map(opened.text).join("\n");
    for (const secret of ["$2y$10$hash", "1234", "open-sesame", "autre classe", "Anouk"])
      expect(all).not.toContain(secret);
  });

  it("says what it is in the language asked for, and runs nothing that a title says", async () => {
    const database = await fresh();
    const french = await openCopy(projectArchive(portsOf(database), { ...asked, id: "2" }));
    expect(french.text("LISEZMOI.html")).toContain("Archive d’une classe");
    expect(french.text("LISEZMOI.html")).toContain("&lt;script&gt;");
    expect(french.text("LISEZMOI.html")).not.toContain("<script");
    const english = await openCopy(projectArchive(portsOf(database), { ...asked, language: "en" }));
    expect(english.text("README.html")).toContain("Archive of a class");
    expect(english.text("README.html")).toContain("data/pupil");
  });

  it("keeps the names of files and gives none a path that leads out or that another has", async () => {
    const database = await fresh();
    const names = [
      "Maths/../../etc/passwd",
      "/etc/passwd",
      "CON",
      "aux.txt",
      "Travail.PDF",
      "travail.pdf",
      "été.txt",
      "e\u0301te\u0301.txt",
      "期末/试卷.docx",
      "cv\u202Efdp.exe",
      "fin. . .",
      `${"é".repeat(300)}.pdf`,
    ];
    await database
      .knex("document")
      .insert(names.map((name, id) => ({ id, class_id: 1, name, body: `n° ${id}` })));
    await database.knex("document").insert([
      { id: 90, class_id: 1, name: "perdu.pdf", body: null },
      { id: 91, class_id: 2, name: "d’une autre classe.pdf", body: "autre" },
    ]);
    const content = projectArchive(portsOf(database), asked);
    const opened = await openCopy(content);
    const check = pathCheck();
    for (const path of opened.paths) check(path);
    const files = opened.paths.filter((path) => path.startsWith("files/"));
    expect(files).toHaveLength(names.length);
    expect(files).toContain("files/期末/试卷.docx");
    const rows = opened.json("data/document.json") as JsonObject[];
    for (const row of rows)
      if (row["id"] === 90) expect(row["package.file"]).toBeNull();
      else expect(opened.text(said(row, "package.file"))).toBe(`n° ${said(row, "id")}`);
    const [head, ...lines] = readCsv(opened.text("data/document.csv"));
    expect(head?.at(-1)?.text).toBe("package.file");
    expect(lines.map((line) => line.at(-1)?.text)).toEqual(rows.map((row) => said(row, "package.file")));
    expect(opened.json("missing.json")).toEqual([
      { table: "document", name: "perdu.pdf", bytes: null, why: "missing" },
    ]);
    expect(content.facts()).toMatchObject({
      project: { kind: "class", id: "1" },
      files: names.length,
      filesNotGiven: 1,
      tables: { class: 1, pupil: 2, document: names.length + 1 },
    });
    expect(JSON.stringify(content.facts())).not.toContain("HYPERLINK");
  });

  it("gives the same paths whichever entries are read: a package that is taken up again", async () => {
    const database = await fresh();
    await database.knex("document").insert([
      { id: 1, class_id: 1, name: "a.txt", body: "1" },
      { id: 2, class_id: 1, name: "A.txt", body: "2" },
    ]);
    const content = projectArchive(portsOf(database), asked);
    const paths: string[] = [];
    for await (const { path } of content.entries()) paths.push(path);
    expect(paths).toEqual((await openCopy(projectArchive(portsOf(database), asked))).paths);
    expect(content.facts()).toMatchObject({ rows: 6, files: 2 });
  });

  it("has no project of another controller, of another store, or outside the list", async () => {
    const ports = portsOf(await fresh());
    for (const request of [
      { ...asked, controller: ACACIAS },
      { ...asked, store: "elsewhere" },
      { ...asked, id: "3" },
      { ...asked, id: "99" },
      { ...asked, kind: "course" as const },
    ])
      await expect(openCopy(projectArchive(ports, request))).rejects.toSatisfy((error: unknown) =>
        isFault(error, "SOURCE_NO_PROJECT"),
      );
  });

  it("stops when it is told to", async () => {
    const content = projectArchive(portsOf(await fresh()), asked);
    await expect(
      (async () => {
        for await (const entry of content.entries(AbortSignal.abort(new Error("enough"))))
          expect(entry).toBeUndefined();
      })(),
    ).rejects.toThrow("enough");
  });
});

describe("an archive of whatever names (DD.2)", () => {
  it("asks no store that is another controller's alone", async () => {
    const content = projectArchive(inMemory(["a.txt"]), { ...asked, controller: ACACIAS });
    await expect(openCopy(content)).rejects.toSatisfy((error: unknown) =>
      isFault(error, "SOURCE_NO_PROJECT"),
    );
  });

  it("is one that every system unpacks, whole", async () => {
    const name = fc.array(fc.string({ unit: "binary", maxLength: 40 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 20 }), async (names) => {
        const given = await openCopy(projectArchive(inMemory(names.map((parts) => parts.join("/"))), asked));
        const check = pathCheck();
        for (const path of given.paths) check(path);
        const rows = names.length === 0 ? [] : (given.json("data/document.json") as JsonObject[]);
        expect(rows.map((row) => given.text(said(row, "package.file")))).toEqual(
          names.map((_, id) => String(id)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("holds two gigabytes of files a piece at a time", async () => {
    const piece = Buffer.alloc(1 << 20);
    const ports = inMemory(["a.bin", "b.bin"], async function* () {
      for (let left = 1024; left > 0; left -= 1) {
        if (left % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
        yield piece;
      }
    });
    const before = process.memoryUsage().rss;
    let [bytes, most] = [0, 0];
    for await (const entry of projectArchive(ports, asked).entries())
      for await (const chunk of entry.bytes()) {
        bytes += chunk.length;
        if (bytes % (64 << 20) === 0) most = Math.max(most, process.memoryUsage().rss - before);
      }
    expect(bytes).toBeGreaterThan(2 ** 31);
    expect(most).toBeLessThan(200e6);
  });
});

/** A class of documents that no database holds: names that one would refuse, and more bytes than one would hold. */
function inMemory(
  names: readonly string[],
  bytes?: () => AsyncIterable<Uint8Array>,
): Pick<ExportPorts, "sources" | "clock"> {
  const { source, second } = notebook({ records: [] });
  const exports: ExportSource = {
    projectKinds: ["class"],
    projects: () => Promise.resolve([{ kind: "class", id: "1", title: "6e A" }]),
    // biome-ignore lint/suspicious/useAwait: the port is a stream
    collectProject: async function* ({ tables }) {
      if (tables?.includes("document") === false) return;
      for (const [id, name] of names.entries())
        yield { where: "document", row: { id }, file: { name, bytes: bytes ?? (() => bytesOf(String(id))) } };
    },
    restitution: () => Promise.resolve(undefined),
    // biome-ignore lint/suspicious/useAwait: the port is a stream
    rows: async function* () {},
  };
  const described = { ...source.describe(), controller: HAMEAU };
  const registered = { source: { ...source, describe: () => described }, second, exports };
  return { clock: manualClock(NOW), sources: new Map([["hamlet", registered]]) };
}

function said(row: JsonObject, column: string): string {
  const value = row[column];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
