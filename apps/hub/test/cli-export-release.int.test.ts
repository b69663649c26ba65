import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Folder, makeFolder, seededChance } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";

const PLAN = `format: preau.release-plan/1
id: grades-by-hand
title: { fr: Notes selon la main, en: Grades by hand }
purpose: statistics
data: { rows: onePerPerson }
columns:
  level: { role: quasi, values: ["6e", "5e", "4e", "3e"] }
  hand: { role: quasi, values: [left, right] }
  grade: { role: sensitive, generalise: { kind: bands, widths: [2, 4] } }
`;

interface Told {
  readonly schema: string;
  readonly id?: string;
  readonly verdict: string;
  readonly rowsIn: number;
  readonly place?: string;
  readonly k?: number;
  readonly figures: { readonly answers: readonly { readonly question: string; readonly holds: boolean }[] };
}

describe("preau export release, objection and list", () => {
  let folder: Folder;
  beforeAll(() => {
    folder = makeFolder();
    writeFileSync(
      at("preau.yaml"),
      `controllers:\n  - { id: ecole-a, kind: school, region: metropole, name: "École A", contracts: [{ reference: A-1, products: [plume], startsOn: 2020-09-01 }] }\n`,
    );
    writeFileSync(at("plan.yaml"), PLAN);
    writeFileSync(at("many.csv"), pupils(600));
    writeFileSync(at("few.csv"), pupils(12));
  });
  afterAll(() => folder.remove());

  const at = (name: string) => path.join(folder.path, name);
  const run = (...args: readonly string[]) =>
    preauHere(["export", ...args], { cwd: folder.path, env: { PREAU_DATA: at("data") } });
  const release = (table: string, ...more: readonly string[]) =>
    run("release", "--plan", "plan.yaml", "--table", table, "--controller", "ecole-a", "--json", ...more);

  it("reads a plan without data, and says the place of what would identify somebody (D13.2)", async () => {
    const good = await run("release", "check", "plan.yaml", "--json");
    expect([good.code, JSON.parse(good.out)]).toMatchObject([0, { plan: "grades-by-hand" }]);
    writeFileSync(at("bad.yaml"), PLAN.replace("  hand:", "  email:"));
    const bad = await run("release", "check", "bad.yaml");
    expect([bad.code, bad.out]).toEqual([2, ""]);
    expect(bad.err).toContain("preau: ANONYMISATION_PLAN_IDENTIFIES  ");
    expect(bad.err).toMatch(/place: bad\.yaml:8:\d+ columns\.email/);
    expect(existsSync(at("data"))).toBe(false);
  });

  it("tries a plan and enters nothing (D13.1)", async () => {
    const tried = await release("many.csv", "--dry-run");
    const told = JSON.parse(tried.out) as Told;
    expect([tried.code, told.verdict, told.rowsIn]).toEqual([0, "anonymised", 600]);
    expect((await run("releases")).code).toBe(1);
  });

  it("refuses with 1 what is no more than pseudonymised, and says why (D13.2)", async () => {
    for (const more of [["--dry-run"], ["--out", "refused"]]) {
      const answer = await release("few.csv", ...more);
      const told = JSON.parse(answer.out) as Told;
      expect([more[0], answer.code, told.verdict]).toEqual([more[0], 1, "pseudonymised"]);
      expect(told.figures.answers.every(({ holds }) => holds)).toBe(false);
    }
    expect(existsSync(at("refused")) ? readdirSync(at("refused")) : []).toEqual([]);
    const shown = await run(
      "release",
      "--plan",
      "plan.yaml",
      "--table",
      "few.csv",
      "--controller",
      "ecole-a",
      "--dry-run",
    );
    expect(shown.out).toContain("pseudonymised: it stays personal data");
    expect(shown.out).toMatch(/^ {2}✗ .*\(k\) +\d+ +≥ 11$/m);
  });

  it("writes one, enters it in the ledger, and no name leaves (D13.1)", async () => {
    const answer = await release("many.csv", "--out", "releases");
    const told = JSON.parse(answer.out) as Told;
    expect([answer.code, answer.err, told.verdict]).toEqual([0, "", "anonymised"]);
    const files = readdirSync(told.place ?? "");
    expect(files.sort()).toEqual(["SHA256SUMS", "report.html", "report.json", "rows.csv", "rows.json"]);
    for (const name of files)
      expect([name, readFileSync(path.join(told.place ?? "", name), "utf8").includes("Pupil")]).toEqual([
        name,
        false,
      ]);
    const ledger = await run("releases", "--json");
    const { releases } = JSON.parse(ledger.out) as { releases: { id: string; verdict: string }[] };
    expect(releases.map(({ id }) => id)).toContain(told.id);
  });

  it.each([
    { when: "while rows are read", begun: "reading" },
    { when: "while files are written", begun: "stopped" },
  ])("stops at an interrupt $when, and writes and enters nothing (D13.1)", async ({ begun }) => {
    writeFileSync(at("long.csv"), pupils(60_000));
    const before = { listeners: process.listeners("SIGINT"), ledger: (await run("releases")).out };
    const running = release("long.csv", "--out", begun);
    const own = () => process.listeners("SIGINT").find((each) => !before.listeners.includes(each));
    const isBegun = () =>
      begun === "reading" ? own() !== undefined : existsSync(at(begun)) && readdirSync(at(begun)).length > 0;
    while (!isBegun()) await new Promise((resolve) => setImmediate(resolve));
    own()?.("SIGINT");
    const answer = await running;
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toContain("preau: HUB_EXPORT_STOPPED  ");
    expect(existsSync(at(begun)) ? readdirSync(at(begun)) : []).toEqual([]);
    expect((await run("releases")).out).toBe(before.ledger);
  });

  it("records an objection from its instant of receipt, names late releases, and keeps the controller out (D13.3)", async () => {
    const of = ["--controller", "ecole-a", "--reference", "C-118", "--json"];
    const recorded = await run("objection", "record", "--received", "2026-01-05", ...of);
    const told = JSON.parse(recorded.out) as { since: string; releases: string[]; isNew: boolean };
    expect([recorded.code, told.since, told.isNew]).toEqual([3, "2026-01-05T00:00:00.000Z", true]);
    expect(told.releases).toHaveLength(1);
    const again = await run("objection", "record", "--received", "2026-01-06", ...of);
    expect([again.code, (JSON.parse(again.out) as typeof told).isNew]).toEqual([0, false]);
    const out = await release("many.csv", "--out", "releases");
    expect([out.code, out.out]).toEqual([2, ""]);
    expect(out.err).toContain("preau: ANONYMISATION_NOBODY_LEFT  ");
    expect((await run("objection", "list")).out).toMatch(
      /^obj_\w+ {2}ecole-a {2}2026-01-05T.* stands .*C-118$/m,
    );
    const back = await run("objection", "withdraw", "--received", "2026-01-07", ...of);
    expect(back.code).toBe(0);
    expect((await run("objection", "withdraw", "--received", "2026-01-07", ...of)).code).toBe(1);
  });

  it("refuses what names somebody, is not said, or has not been received yet (D13.3)", async () => {
    const refusals = [
      {
        args: ["--received", "2026-01-05", "--reference", "dpo@ecole.example"],
        code: "ANONYMISATION_OBJECTION_BAD",
      },
      { args: ["--received", "2999-01-05", "--reference", "C-1"], code: "ANONYMISATION_OBJECTION_BAD" },
      { args: ["--received", "soon", "--reference", "C-1"], code: "HUB_BAD_ARGUMENT" },
      {
        args: ["--received", "2026-01-05", "--reference", "C-1", "--means", "page"],
        code: "HUB_BAD_ARGUMENT",
      },
      { args: ["--received", "2026-01-05"], code: "HUB_BAD_ARGUMENT" },
    ];
    for (const { args, code } of refusals) {
      const answer = await run("objection", "record", "--controller", "ecole-a", ...args);
      expect([args, answer.code, answer.out]).toEqual([args, 2, ""]);
      expect(answer.err).toContain(`preau: ${code}  `);
      expect(answer.err).not.toContain("dpo@");
    }
  });

  it("lists no export where none was ordered, and refuses ids of none (S7)", async () => {
    const none = await run("list", "--json");
    expect([none.code, JSON.parse(none.out)]).toEqual([1, { schema: "preau.exports/1", exports: [] }]);
    const by = ["--controller", "ecole-a", "--instruction", "C-119"];
    for (const [name, id, code] of [
      ["link", "exp_01jd0000000000000000000000", "EXPORT_NO_EXPORT"],
      ["cancel", "exp_01jd0000000000000000000000", "EXPORT_NO_EXPORT"],
      ["cancel", "' OR 1", "HUB_BAD_ARGUMENT"],
    ] as const) {
      const answer = await run(name, id, ...by);
      expect([name, answer.code, answer.out]).toEqual([name, 2, ""]);
      expect(answer.err).toContain(`preau: ${code}  `);
    }
  });
});

/** Invented pupils with a name, which must not leave. */
function pupils(count: number): string {
  const chance = seededChance(11);
  const rows = Array.from({ length: count }, (_, index) => {
    const level = ["6e", "5e", "4e", "3e"][Math.floor(chance() * 4)] ?? "6e";
    const grade = Math.min(20, (chance() + chance() + chance()) * 7);
    return `Pupil ${index};${level};${chance() < 0.2 ? "left" : "right"};${grade.toFixed(1)}`;
  });
  return `name;level;hand;grade\n${rows.join("\n")}\n`;
}
