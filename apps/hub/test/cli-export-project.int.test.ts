import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { makeAgeIdentity } from "@preau/keys";
import { type Folder, type MariaDb, makeFolder, moodleSchoolFolder, startMoodleSchool } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSums, openPackage } from "./cli-export-examiner.ts";
import { noMoodleSchool } from "./moodle-school.ts";
import { preauHere } from "./preau-here.ts";
import type { Answer } from "./run-preau.ts";

interface Projects {
  readonly projects: readonly {
    readonly store: string;
    readonly kind: string;
    readonly id: string;
    readonly title: string;
  }[];
}

interface Told {
  readonly packages: readonly {
    readonly file: string;
    readonly kind: string;
    readonly rows: number;
    readonly files: number;
    readonly notGiven: { readonly missing: number };
  }[];
}

describe.skipIf(noMoodleSchool() !== undefined)(
  "preau export project and database on a Moodle school",
  () => {
    let server: MariaDb;
    let folder: Folder;
    let key: { readonly identity: string; readonly recipient: string };

    beforeAll(async () => {
      folder = makeFolder();
      server = await startMoodleSchool();
      key = await makeAgeIdentity();
      mkdirSync(at("moodledata/filedir"), { recursive: true });
      execFileSync("tar", [
        "xzf",
        path.join(moodleSchoolFolder, "filedir.tar.gz"),
        "-C",
        at("moodledata/filedir"),
      ]);
    }, 300_000);
    afterAll(async () => {
      await server.stop();
      folder.remove();
    });

    const at = (name: string) => path.join(folder.path, name);
    const exporting = (what: string, ...args: readonly string[]): Promise<Answer> =>
      preauHere(
        ["export", what, "--lms", "moodle", "--db", server.url("moodle"), "--controller", "ministry"].concat(
          args,
        ),
        { cwd: folder.path, env: { PREAU_DATA: at("data") } },
      );
    const locked = () => ["--recipient", key.recipient, "--moodledata", "moodledata"];
    const count = async (sql: string) => Number(await server.sql(sql, "moodle"));

    it("lists classes, courses and the school, and makes no folder of data (DD.2)", async () => {
      const [shown, json] = [
        await exporting("project", "--list"),
        await exporting("project", "--list", "--json"),
      ];
      expect([shown.code, json.code, shown.err, json.err]).toEqual([0, 0, "", ""]);
      const { projects } = JSON.parse(json.out) as Projects;
      expect(projects.filter(({ kind }) => kind === "class").map(({ title }) => title)).toContain("2de 1");
      expect(projects.filter(({ kind }) => kind === "course").length).toBe(
        await count("SELECT COUNT(*) FROM mdl_course WHERE id <> 1"),
      );
      expect(projects.filter(({ kind }) => kind === "school")).toHaveLength(1);
      expect(shown.out.trimEnd().split("\n")).toHaveLength(projects.length);
      expect(existsSync(at("data"))).toBe(false);
    });

    it("refuses what is no project, and what is not said (DD.2)", async () => {
      const refusals = [
        {
          args: ["--kind", "class", "--project", "99999", ...locked(), "--out", "p/"],
          code: "SOURCE_NO_PROJECT",
        },
        { args: ["--kind", "class", "--project", "99999", "--dry-run"], code: "SOURCE_NO_PROJECT" },
        { args: ["--kind", "class", "--project", "../3", "--dry-run"], code: "HUB_BAD_ARGUMENT" },
        { args: ["--kind", "class", "--project", "3' OR 1", "--dry-run"], code: "HUB_BAD_ARGUMENT" },
        { args: ["--kind", "galaxy", "--list"], code: "HUB_BAD_ARGUMENT" },
        { args: ["--project", "3", "--dry-run"], code: "HUB_BAD_ARGUMENT" },
        {
          args: ["--kind", "class", "--project", "3", "--store", "other", "--dry-run"],
          code: "HUB_STORE_UNKNOWN",
        },
        { args: ["--kind", "class", "--project", "3", "--out", "p/"], code: "HUB_EXPORT_UNPROTECTED" },
        { args: ["--list", "--moodledata", "nowhere"], code: "HUB_FILE_UNREADABLE", exit: 4 },
      ];
      for (const { args, code, exit = 2 } of refusals) {
        const answer = await exporting("project", ...args);
        expect([args, answer.code, answer.out]).toEqual([args, exit, ""]);
        expect(answer.err).toContain(`preau: ${code}  `);
      }
      expect(existsSync(at("p")) ? readdirSync(at("p")) : []).toEqual([]);
    });

    it("writes a class with the work of all its pupils, as the dry run said (DD.2)", async () => {
      const dry = await exporting(
        "project",
        "--kind",
        "class",
        "--project",
        "3",
        "--moodledata",
        "moodledata",
        "--dry-run",
        "--json",
      );
      const plan = JSON.parse(dry.out) as {
        tables: { table: string; rows: number }[];
        files: { given: number };
      };
      const answer = await exporting(
        "project",
        "--kind",
        "class",
        "--project",
        "3",
        "--out",
        "class/",
        "--json",
        ...locked(),
      );
      const [only] = (JSON.parse(answer.out) as Told).packages;
      expect([answer.code, answer.err, only?.kind]).toEqual([3, "", "project"]);
      expect(only?.file).toBe(at("class/project-class-3.zip.age"));
      expect(only?.rows).toBe(plan.tables.reduce((sum, { rows }) => sum + rows, 0));
      expect(only?.files).toBe(plan.files.given);
      const opened = openPackage(only?.file ?? "", at("class-in"), { identity: key.identity });
      expect(checkSums(opened)).toBe(opened.paths.length - 2);
      const members = await count("SELECT COUNT(*) FROM mdl_cohort_members WHERE cohortid = 3");
      const rows = JSON.parse(opened.read("data/mdl_cohort_members.json").toString("utf8")) as unknown[];
      expect([members, rows.length]).toEqual([50, 50]);
    });

    describe("preau export database (S8)", () => {
      it("says which dumps there would be, and writes nothing", async () => {
        const dry = await exporting("database", "--dry-run", "--json");
        expect([dry.code, dry.err]).toEqual([0, ""]);
        expect(JSON.parse(dry.out)).toMatchObject({
          kind: "database",
          dumps: [{ store: "moodle", name: "moodle.sql" }],
        });
      });

      it("gives the whole database back, unpacked by stock tools, and its files", async () => {
        const answer = await exporting("database", "--out", "whole.zip.age", "--json", ...locked());
        expect(answer.err).toBe("");
        const [only] = (JSON.parse(answer.out) as Told).packages;
        // Nine content files of the fixture are not in its file store.
        expect([answer.code, only?.kind, only?.notGiven.missing]).toEqual([3, "database", 9]);
        const opened = openPackage(at("whole.zip.age"), at("whole"), { identity: key.identity });
        expect(checkSums(opened)).toBe(opened.paths.length - 2);
        // restitution.int.test.ts loads such a dump and compares every table.
        const dump = path.join(opened.folder, "database/moodle.sql.zst");
        const [last, tables] = execFileSync("/bin/sh", [
          "-c",
          `zstd -dc "$0" | tail -n 1; zstd -dc "$0" | grep -c '^CREATE TABLE'`,
          dump,
        ])
          .toString("utf8")
          .trim()
          .split("\n");
        expect([last?.startsWith("-- Dump completed"), Number(tables)]).toEqual([true, 494]);
        const content = opened.paths.find((name) => name.startsWith("files/moodle/filedir/")) ?? "";
        const stands = at(content.replace("files/moodle/", "moodledata/"));
        expect(opened.read(content).equals(readFileSync(stands))).toBe(true);
      }, 60_000);
    });
  },
);
