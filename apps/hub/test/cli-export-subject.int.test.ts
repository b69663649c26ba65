import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statfsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { controllerId, silentLog, systemClock } from "@preau/kernel";
import { makeAgeIdentity } from "@preau/keys";
import { makeMoodleSource } from "@preau/moodle";
import { type Folder, type MariaDb, makeFolder, moodleSchoolFolder, startMoodleSchool } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";
import {
  checkSums,
  missingValues,
  type OpenedPackage,
  openPackage,
  othersNamed,
  ownRows,
  textsOf,
} from "./cli-export-examiner.ts";
import { noMoodleSchool } from "./moodle-school.ts";
import { preauHere } from "./preau-here.ts";
import type { Answer } from "./run-preau.ts";
import { mountSmallDisk } from "./small-disk.ts";

const PUPIL = "210";
const SUBJECT = /^sub_[0-9a-z]{26}$/;

interface Told {
  readonly schema: string;
  readonly packages: readonly {
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly kind: string;
    readonly subject: string;
    readonly entries: number;
    readonly rows: number;
    readonly files: number;
    readonly withheld: number;
    readonly notGiven: { readonly missing: number; readonly namesOthers: number };
    readonly notCovered: readonly { readonly what: string; readonly why: string }[];
  }[];
}

describe.skipIf(noMoodleSchool() !== undefined)("preau export subject on a Moodle school (D10.1a)", () => {
  let server: MariaDb;
  let folder: Folder;
  let key: { readonly identity: string; readonly recipient: string };
  const referenceList = readFileSync(path.join(moodleSchoolFolder, "user-reference-columns.txt"), "utf8");

  beforeAll(async () => {
    folder = makeFolder();
    server = await startMoodleSchool();
    key = await makeAgeIdentity();
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  const at = (name: string) => path.join(folder.path, name);
  const exporting = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    preauHere(
      [
        "export",
        "subject",
        "--lms",
        "moodle",
        "--db",
        server.url("moodle"),
        "--controller",
        "ministry",
      ].concat(args),
      { cwd: folder.path, env: { PREAU_DATA: at("data"), ...env } },
    );
  const told = (answer: Answer) => JSON.parse(answer.out) as Told;
  const locked = (): readonly string[] => ["--recipient", key.recipient];
  const examined = async (opened: OpenedPackage, pupil: string) => ({
    missing: missingValues(opened, await ownRows(server, pupil, referenceList)),
    named: await othersNamed(server, pupil, textsOf(opened)),
  });

  describe("one pupil, locked for a key of age", () => {
    let answer: Answer;
    let opened: OpenedPackage;
    beforeAll(async () => {
      answer = await exporting(["--subject", PUPIL, "--out", "one.zip.age", "--json", ...locked()]);
      opened = openPackage(at("one.zip.age"), at("one"), { identity: key.identity });
      process.stderr.write(`export of user ${PUPIL}: ${Math.round(answer.ms)} ms\n`);
    }, 120_000);

    it("says in one document what was written, and 3 because something of a Moodle is never covered", () => {
      expect([answer.code, answer.err]).toEqual([3, ""]);
      expect(told(answer)).toEqual({
        schema: "preau.export/1",
        packages: [
          {
            file: at("one.zip.age"),
            bytes: statSync(at("one.zip.age")).size,
            sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
            kind: "access",
            subject: expect.stringMatching(SUBJECT) as string,
            entries: opened.paths.length,
            rows: expect.any(Number) as number,
            files: expect.any(Number) as number,
            withheld: expect.any(Number) as number,
            notGiven: { missing: expect.any(Number) as number, namesOthers: expect.any(Number) as number },
            notCovered: expect.arrayContaining([
              { what: expect.any(String) as string, why: expect.any(String) as string },
            ]) as unknown[],
          },
        ],
      });
      expect(statSync(at("one.zip.age")).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder.path).filter((name) => name.endsWith(".part"))).toEqual([]);
    });

    it("stands in the journal: what kind, opaque ids and the file's sum, and no name", async () => {
      const hub = await openHub(readConfig({ PREAU_DATA: at("data") }, folder.path), {
        ...{ clock: systemClock, log: silentLog, sources: [] },
      });
      onTestFinished(() => hub.close());
      const entries = await hub.ports.unitOfWork.transaction((unit) =>
        hub.journal.entries(unit, { controller: controllerId("ministry"), type: "data-export.written" }),
      );
      const [only] = told(answer).packages;
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({
        clause: "D10.1a",
        payload: { kind: "access", bytes: only?.bytes, sha256: only?.sha256 },
      });
      expect(JSON.stringify(entries)).not.toMatch(/eleve|Richard/);
    });

    it("opens with stock tools, and every file has the sum that the manifest and sha256sum tell", () => {
      // SHA256SUMS tells the manifest, and the manifest every other file.
      expect(checkSums(opened)).toBe(opened.paths.length - 2);
    });

    it("holds every value that the pupil has in the database, read another way", async () => {
      const rows = await ownRows(server, PUPIL, referenceList);
      expect(rows.length).toBeGreaterThan(1_000);
      expect(missingValues(opened, rows)).toEqual([]);
    });

    it("would be found out: of another pupil's values it holds few, and it names whose it is", async () => {
      const { missing, named } = await examined(opened, "211");
      expect(missing.length).toBeGreaterThan(1_000);
      expect(named.some((place) => place.endsWith(`account ${PUPIL}`))).toBe(true);
    });

    it("names no other person in any entry: no name, address, login, number or telephone", async () => {
      const texts = textsOf(opened);
      expect([...texts.values()].some((text) => text.includes("eleve0101@eleve.example.invalid"))).toBe(true);
      expect(await othersNamed(server, PUPIL, texts)).toEqual([]);
    });
  });

  it("opens with 7-Zip where the recipient has no age: AES-256, and names of files are not shown", async () => {
    writeFileSync(at("passphrase"), "cinq mots tirés au hasard\n", { mode: 0o600 });
    const answer = await exporting(
      ["--subject", PUPIL, "--out", "seven.zip", "--passphrase-file", "passphrase", "--json"],
      { LANG: "fr_FR.UTF-8" },
    );
    expect([answer.code, answer.err]).toEqual([3, ""]);
    const outer = openPackage(at("seven.zip"), at("seven"), { passphrase: "cinq mots tirés au hasard" });
    expect(outer.paths).toEqual(["contents.zip"]);
    const opened = openPackage(path.join(outer.folder, "contents.zip"), at("seven-inner"));
    expect(checkSums(opened)).toBeGreaterThan(10);
    expect(await examined(opened, PUPIL)).toEqual({ missing: [], named: [] });
    expect(() => openPackage(at("seven.zip"), at("not"), { passphrase: "un autre" })).toThrow();
  });

  it("writes what a person takes elsewhere, in the clear only when that is asked, and warns", async () => {
    const answer = await exporting([
      "--subject",
      PUPIL,
      "--kind",
      "portability",
      "--out",
      "clear",
      "--unencrypted",
      "--json",
    ]);
    expect(answer.err).toContain("not encrypted");
    const [only] = told(answer).packages;
    expect(only?.kind).toBe("portability");
    const opened = openPackage(at("clear"), at("clear-in"));
    expect(checkSums(opened)).toBeGreaterThan(0);
    expect(await othersNamed(server, PUPIL, textsOf(opened))).toEqual([]);
  });

  it("writes a package each for several, named by opaque ids, and each holds one pupil alone", async () => {
    const pupils = ["213", "214"];
    const answer = await exporting(["--subject", pupils.join(","), "--out", "class/", "--json", ...locked()]);
    const { packages } = told(answer);
    expect([answer.code, packages.length]).toEqual([3, 2]);
    expect(new Set(packages.map(({ subject }) => subject)).size).toBe(2);
    for (const [index, { file, subject }] of packages.entries()) {
      expect(file).toBe(at(`class/access-${subject}.zip.age`));
      const opened = openPackage(file, at(`class-${index}`), { identity: key.identity });
      expect(await examined(opened, pupils[index] ?? "")).toEqual({ missing: [], named: [] });
    }
    expect(statSync(at("class")).mode & 0o777).toBe(0o700);
  });

  it("prints on stdout what sha256sum checks, and on stderr what was written and what is missing", async () => {
    const answer = await exporting(["--subject", "216", "--out", "sums/", ...locked()], {
      LANG: "fr_FR.UTF-8",
    });
    expect(answer.out).toMatch(/^[0-9a-f]{64} {2}sums\/access-sub_[0-9a-z]{26}\.zip\.age\n$/);
    execFileSync("sha256sum", ["--check", "--strict", "--quiet"], { cwd: folder.path, input: answer.out });
    expect(answer.err).toMatch(/^1 paquet · .* lignes/m);
    expect(answer.err).toContain("non couvert (");
    expect(answer.err).not.toMatch(/eleve|sub_|\r/);
  });

  it("keeps the subject of a person from one export to the next", async () => {
    const again = await exporting(["--subject", "216", "--out", "again.age", "--json", ...locked()]);
    expect(readdirSync(at("sums"))).toEqual([`access-${told(again).packages[0]?.subject ?? ""}.zip.age`]);
  });

  it("refuses one file for several persons, and a name that is taken, before anything is read", async () => {
    writeFileSync(at("taken.age"), "somebody's");
    const refusals = [
      { args: ["--subject", "210,211", "--out", "both.zip"], code: "HUB_BAD_ARGUMENT" },
      { args: ["--subject", "210,211", "--out", "taken.age"], code: "HUB_BAD_ARGUMENT" },
      { args: ["--subject", PUPIL, "--out", "taken.age"], code: "EXPORT_FILE_EXISTS" },
    ];
    for (const { args, code } of refusals) {
      const answer = await exporting([...args, ...locked()]);
      expect([args, answer.code, answer.out]).toEqual([args, 2, ""]);
      expect(answer.err).toContain(`preau: ${code}  `);
    }
    expect(readFileSync(at("taken.age"), "utf8")).toBe("somebody's");
  });

  it("says 4 where nothing can be written, and leaves nothing", async () => {
    const answer = await exporting(["--subject", PUPIL, "--out", "/proc/out/x.zip.age", ...locked()]);
    expect([answer.code, answer.out]).toEqual([4, ""]);
    expect(answer.err).toMatch(/preau: (HUB|EXPORT)_FILE_UNWRITABLE {2}/);
  });

  it("leaves nothing on a disk that fills up, neither of the one nor of those that were finished", async (test) => {
    const disk = mountSmallDisk(at("disk"), 1);
    if (disk === undefined) return void test.annotate("not run: a tmpfs cannot be mounted here");
    onTestFinished(() => disk.remove());
    const pupils = Array.from({ length: 8 }, (_, index) => String(220 + index));
    const answer = await exporting(["--subject", pupils.join(","), "--out", "disk/", ...locked()]);
    expect([answer.code, answer.out]).toEqual([4, ""]);
    expect(answer.err).toContain("preau: EXPORT_DISK_FULL  ");
    expect(readdirSync(disk.path)).toEqual([]);
    const { blocks, bfree } = statfsSync(disk.path);
    expect(blocks - bfree).toBeLessThanOrEqual(1);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "stops at %s and leaves nothing (DD.2)",
    async (ending) => {
      const before = process.listeners(ending);
      const out = `stopped-${ending}`;
      const pupils = Array.from({ length: 12 }, (_, index) => String(220 + index));
      const running = exporting(["--subject", pupils.join(","), "--out", out, ...locked()]);
      while (!existsSync(at(out))) await new Promise((resolve) => setTimeout(resolve, 5));
      const stop = process.listeners(ending).find((each) => !before.includes(each));
      stop?.(ending);
      const answer = await running;
      expect([answer.code, answer.out]).toEqual([2, ""]);
      expect(answer.err).toContain("preau: HUB_EXPORT_STOPPED  ");
      expect(readdirSync(at(out))).toEqual([]);
      expect(process.listeners(ending)).toEqual(before);
    },
  );

  it("knows nobody who was erased", async () => {
    const erased = await preauHere(
      ["erase", "--lms", "moodle", "--db", server.url("moodle"), "--controller", "ministry"].concat([
        "--ground",
        "account-deleted",
        "--subject",
        "218",
        "--yes",
      ]),
      { cwd: folder.path, env: { PREAU_DATA: at("data") } },
    );
    expect(erased.code).toBe(3);
    for (const mode of [["--dry-run"], ["--out", "erased.age", ...locked()]]) {
      const answer = await exporting(["--subject", "218", ...mode]);
      expect([mode[0], answer.code, answer.out]).toEqual([mode[0], 2, ""]);
      expect(answer.err).toContain("preau: EXPORT_NO_SUBJECT  ");
    }
  });

  it("gives a person under restriction their copy all the same (art. 18 keeps, and does not hide)", async () => {
    const database = await openDatabase({ url: server.url("moodle") });
    onTestFinished(() => database.close());
    const controller = controllerId("ministry");
    const { source } = makeMoodleSource({ database, controller, clock: systemClock });
    await source.restrict(controller, {
      subject: "sub_x",
      identifiers: [{ kind: "moodle.user", value: "217" }],
    });
    await exporting(["--subject", "217", "--out", "restricted.age", ...locked()]);
    const opened = openPackage(at("restricted.age"), at("restricted"), { identity: key.identity });
    expect(await examined(opened, "217")).toEqual({ missing: [], named: [] });
  });

  it("knows a person of one school in that school alone, and nobody without a contract (D6.2c)", async () => {
    const school = (id: string, contract: boolean) =>
      `  - { id: ${id}, kind: school, region: metropole, name: "${id}"${contract ? ", contracts: [{ reference: R-1, products: [plume], startsOn: 2020-09-01 }]" : ""} }\n`;
    const lms = (controller: string, schema: string) =>
      `  - { id: ${controller}-lms, controller: ${controller}, kind: moodle, database: "${server.url(schema)}" }\n`;
    writeFileSync(
      at("two.yaml"),
      `controllers:\n${school("ecole-a", true)}${school("ecole-b", true)}${school("ecole-c", false)}lms:\n${lms("ecole-a", "moodle")}${lms("ecole-b", "empty")}`,
    );
    await server.sql(
      `CREATE DATABASE empty;
       CREATE TABLE empty.mdl_user LIKE moodle.mdl_user; CREATE TABLE empty.mdl_config LIKE moodle.mdl_config;
       INSERT INTO empty.mdl_config SELECT * FROM moodle.mdl_config`,
    );
    const of = (controller: string, ...args: string[]) =>
      preauHere(
        ["export", "subject", "--controller", controller, "--subject", `moodle.user:${PUPIL}`, ...args],
        { cwd: folder.path, env: { PREAU_DATA: at("two"), PREAU_CONFIG: "two.yaml" } },
      );
    const here = await of("ecole-a", "--out", "a.age", "--json", ...locked());
    const subject = told(here).packages[0]?.subject ?? "";
    expect(here.code).toBe(3);
    const there = await of("ecole-b", "--out", "b.age", ...locked());
    expect([there.code, there.out]).toEqual([2, ""]);
    const byId = (controller: string) =>
      preauHere(
        ["export", "subject", "--controller", controller, "--subject", subject, "--dry-run", "--json"],
        { cwd: folder.path, env: { PREAU_DATA: at("two"), PREAU_CONFIG: "two.yaml" } },
      );
    expect((await byId("ecole-a")).code).toBe(3);
    const foreign = await byId("ecole-b");
    expect([foreign.code, foreign.out]).toEqual([2, ""]);
    const without = await of("ecole-c", "--out", "c.age", ...locked());
    expect([without.code, without.out]).toEqual([2, ""]);
    expect(without.err).toContain("preau: EXPORT_NO_CONTRACT  ");
    expect(without.err).toContain("clause: D6.2c");
    expect([existsSync(at("b.age")), existsSync(at("c.age"))]).toEqual([false, false]);
  });

  it("reads ten pupils in one run, and says what it took", async () => {
    const pupils = Array.from({ length: 10 }, (_, index) => String(300 + index));
    const answer = await exporting(["--subject", pupils.join(","), "--dry-run", "--json"]);
    expect((JSON.parse(answer.out) as { persons: unknown[] }).persons).toHaveLength(10);
    process.stderr.write(`reading of 10 pupils: ${Math.round(answer.ms)} ms\n`);
  });
});
