import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Folder, type MariaDb, makeFolder, startMoodleSchool } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noMoodleSchool } from "./moodle-school.ts";
import { preauHere } from "./preau-here.ts";

interface MapCheck {
  readonly complete: boolean;
  readonly toAdd: readonly {
    table: string;
    mapped: boolean;
    references: string[];
    texts: string[];
    entry: string;
  }[];
  readonly skipped: { readonly tables: readonly string[] };
}

describe.skipIf(noMoodleSchool() !== undefined)("preau moodle map check (D12.2)", () => {
  let server: MariaDb;
  let folder: Folder;
  beforeAll(async () => {
    folder = makeFolder();
    server = await startMoodleSchool();
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  const ask = (args: readonly string[], env: Record<string, string> = {}) =>
    preauHere(args, { cwd: folder.path, env: { PREAU_DATA: path.join(folder.path, "data"), ...env } });
  const check = (args: readonly string[] = [], env: Record<string, string> = {}) =>
    ask(["moodle", "map", "check", "--db", server.url("moodle"), ...args], env);
  const erase = (...args: string[]) =>
    ask([
      "erase",
      "--lms",
      "moodle",
      "--db",
      server.url("moodle"),
      "--controller",
      "ministry",
      "--ground",
      "account-deleted",
      ...args,
    ]);

  it("has a word for every text and every person of a Moodle without plugins", async () => {
    const [said, json] = [await check(), await check(["--json"])];
    expect([said.code, json.code, json.err]).toEqual([0, 0, ""]);
    expect(JSON.parse(json.out)).toMatchObject({ schema: "preau.mapCheck/1", complete: true, toAdd: [] });
    expect((JSON.parse(json.out) as MapCheck).skipped.tables).toContain("mdl_qbank");
    expect(said.out).toContain("The map has a word for every text");
    expect((await check([], { LANG: "fr_FR.UTF-8" })).out).toContain("La carte parle de tous les textes");
  });

  it("lists a plugin's table with the entry to add; added by --map-extra, an erasure that it stopped goes on", async () => {
    await server.sql(
      "create table mdl_local_badges2 (id bigint primary key auto_increment, course bigint, userid bigint, note longtext); insert into mdl_local_badges2 (course, userid, note) values (1, 211, 'x'); alter table mdl_forum_posts add column reviewed_by bigint",
      "moodle",
    );
    const [said, json] = [await check(), await check(["--json"])];
    expect([said.code, json.code]).toEqual([1, 1]);
    const { toAdd } = JSON.parse(json.out) as MapCheck;
    expect(toAdd.map(({ table, mapped, references, texts }) => [table, mapped, references, texts])).toEqual([
      ["mdl_forum_posts", true, ["reviewed_by"], []],
      ["mdl_local_badges2", false, ["userid"], ["note"]],
    ]);
    for (const { entry } of toAdd) expect(said.out).toContain(entry);

    const stopped = await erase("--subject", "211", "--yes", "--json");
    expect([stopped.code, stopped.out]).toEqual([2, ""]);
    expect(stopped.err).toContain("DATA_MAP_UNKNOWN_TABLE");
    expect(stopped.err).toContain("--map-extra");
    const entry = stopped.err.slice(stopped.err.indexOf("  local_badges2:"));
    writeFileSync(path.join(folder.path, "site.yaml"), `tables:\n${entry}`);
    const done = await erase("--subject", "211", "--yes", "--json", "--map-extra", "site.yaml");
    expect([done.err, done.code]).toEqual(["", 3]);
    const { stores } = JSON.parse(done.out) as {
      stores: { tables: { table: string; erased: number }[]; lookAgain: { hits: number } }[];
    };
    expect(stores[0]?.tables).toContainEqual({
      table: "mdl_local_badges2",
      erased: 1,
      anonymised: 0,
      kept: 0,
    });
    expect(stores[0]?.lookAgain.hits).toBe(0);

    writeFileSync(
      path.join(folder.path, "all.yaml"),
      `tables:\n${toAdd.map((each) => each.entry).join("\n")}`,
    );
    expect((await check(["--map-extra", "all.yaml"])).code).toBe(0);
  }, 120_000);

  it("checks what Moodle's pages rest on, and says what does not hold", async () => {
    const pages = (...args: string[]) => ask(["moodle", "check", "--db", server.url("moodle"), ...args]);
    const sound = await pages();
    expect([sound.code, sound.err]).toEqual([0, ""]);
    await server.sql("delete from mdl_question_usages order by id desc limit 1", "moodle");
    const broken = await pages("--json");
    expect(broken.code).toBe(1);
    const { checks } = JSON.parse(broken.out) as { checks: { is: string; place: string; value: number }[] };
    expect(
      checks
        .filter(({ is, value }) => is === "count" && value > 0)
        .map(({ place }) => place)
        .toSorted(),
    ).toEqual([
      "question_attempts.questionusageid → question_usages",
      "quiz_attempts.uniqueid → question_usages",
    ]);
    expect((await pages("--table-prefix", "x_")).code).toBe(2);
  });

  it("refuses what is no map, no address, no password on the command line, and says where", async () => {
    writeFileSync(path.join(folder.path, "typo.yaml"), "tables:\n  user:\n    rowz: []\n");
    writeFileSync(
      path.join(folder.path, "bare.yaml"),
      "tables:\n  local_new: { rows: [{ by: userid, verdict: erase }] }\n",
    );
    const answers = [
      await check(["--map-extra", "typo.yaml"]),
      await check(["--map-extra", "bare.yaml"]),
      await check(["--map-extra", "nope.yaml"]),
      await check(["--table-prefix", "x_"]),
      await ask(["moodle", "map", "check"]),
      await ask(["moodle", "map", "check", "--db", "mysql://root:secret@127.0.0.1:1/x"]),
      await ask(["moodle", "map", "check", "--db", "mysql://root@127.0.0.1:1/x"]),
    ];
    expect(answers.map(({ code, err }) => [code, /preau: (\w+)/.exec(err)?.[1]])).toEqual([
      [2, "DATA_MAP_INVALID"],
      [2, "DATA_MAP_INVALID"],
      [4, "HUB_FILE_UNREADABLE"],
      [2, "DATA_MAP_MISFIT"],
      [2, "HUB_BAD_ARGUMENT"],
      [2, "HUB_PASSWORD_GIVEN"],
      [4, "DATABASE_UNREACHABLE"],
    ]);
    expect(answers[0]?.err).toContain("typo.yaml:3:");
    expect(answers[1]?.err).toContain("needs a category");
    expect(answers.map(({ out }) => out).join("")).toBe("");
  });
});
