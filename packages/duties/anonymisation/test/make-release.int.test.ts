import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { instant, type Json, manualClock } from "@preau/kernel";
import { codeOf, describeEachDatabase, temporaryFolder } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { listReleases, makeRelease, type ReleaseRequest, readPlan, recordObjection } from "../src/index.ts";
import { ACACIAS, DPO, HAMEAU, makeHouse, PUBLISHER_DPO, TILLEULS } from "./house.ts";
import { resultsOf, schoolRows } from "./school-rows.ts";

const PLAN = `
format: preau.release-plan/1
id: scores
title: { fr: Notes par niveau, en: Scores by level }
purpose: statistics
data: { table: result, by: pupil }
columns:
  level: { role: quasi, values: [6e, 5e, 4e, 3e] }
  person.birthYear: { role: quasi, as: born, generalise: { kind: bands, widths: [2, 4] } }
  score: { role: sensitive, generalise: { kind: bands, widths: [4], from: 4, to: 16 } }
`;

describeEachDatabase("making a release of the rows of schools", openDatabase, (fresh) => {
  async function open(pupils: readonly [number, number] = [200, 160]) {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const house = await makeHouse(
      { database, keysDatabase },
      manualClock(instant("2026-11-23T08:00:00.000Z")),
    );
    for (const each of [HAMEAU, ACACIAS]) await house.register(each);
    await house.register(TILLEULS, "noContract");
    const rows = new Map([
      [HAMEAU, resultsOf(pupils[0], 1)],
      [ACACIAS, resultsOf(pupils[1], 2)],
      [TILLEULS, resultsOf(100, 3)],
    ]);
    house.sources.set("results", schoolRows(rows));
    const { ports, inUnit } = house;
    const out = temporaryFolder();
    const make = (more: Partial<ReleaseRequest> = {}, text = PLAN) =>
      makeRelease(ports, { plan: readPlan(text), by: PUBLISHER_DPO, out, ...more });
    const ledger = () => inUnit((unit) => listReleases(unit, "all"));
    return { ...house, out, make, ledger };
  }

  it("writes what the gate gave, with its figures, and enters it (D13.1)", async () => {
    const { make, ledger } = await open();
    const release = await make({ instruction: "réunion 12" });
    expect(release).toMatchObject({ verdict: "anonymised", state: "released", rowsIn: 720, plan: "scores" });
    expect(release.k).toBeGreaterThanOrEqual(11);
    expect(release.l).toBeGreaterThanOrEqual(3);
    expect(release.in.map(({ rows }) => rows).sort()).toEqual([320, 400]);
    expect(release.out).toEqual([{ controller: TILLEULS, why: "noContract" }]);
    expect(await ledger()).toEqual([release]);
    const at = (name: string) => readFileSync(path.join(release.place ?? "", name), "utf8");
    const csv = at("rows.csv");
    expect(csv.startsWith("\uFEFFborn;level;score\r\n")).toBe(true);
    expect(csv.trim().split("\r\n")).toHaveLength(release.rowsOut + 1);
    expect(JSON.parse(at("rows.json"))).toHaveLength(release.rowsOut);
    const report = JSON.parse(at("report.json")) as Record<string, unknown>;
    expect(report).toMatchObject({
      schema: "preau.release-report/1",
      planHash: release.planHash,
      rowsIn: 720,
    });
    expect((report["answers"] as { question: string; holds: boolean }[]).map((each) => each.holds)).toEqual([
      true,
      true,
      true,
    ]);
    expect(at("report.html")).toContain("Notes par niveau");
    // Neither a school, nor a key, nor a token: whoever has the files learns none.
    for (const name of readdirSync(release.place ?? ""))
      expect(at(name), name).not.toMatch(/hameau|acacias|tilleuls|"p\d+"|;p\d+|sub_/);
  });

  it("writes nothing of what is pseudonymised only, and enters the refusal with its reasons (D13.2)", async () => {
    const { make, out, ledger } = await open([200, 6]);
    const refused = await make({ controllers: [ACACIAS] });
    expect(refused).toMatchObject({ verdict: "pseudonymised", state: "refused", rowsOut: 0, files: [] });
    expect(refused.figures.reasons?.length).toBeGreaterThan(0);
    expect(refused.figures.answers.some(({ holds }) => !holds)).toBe(true);
    expect(readdirSync(out)).toEqual([]);
    expect(await ledger()).toEqual([refused]);
  });

  it("leaves out whoever objected, and says so (D13.3)", async () => {
    const { make, inUnit, ports } = await open();
    await inUnit((unit) => recordObjection(unit, ports, { controller: ACACIAS, by: DPO }));
    const release = await make();
    expect(release.in.map(({ controller }) => controller)).toEqual([HAMEAU]);
    expect(release.rowsIn).toBe(400);
    await inUnit((unit) => recordObjection(unit, ports, { controller: HAMEAU, by: DPO }));
    expect(await codeOf(make())).toBe("ANONYMISATION_NOBODY_LEFT");
  });

  it("compares with the releases before it, and is not fooled by somebody who came in between (D13.2)", async () => {
    const { make, sources } = await open();
    const first = await make();
    expect(first.verdict).toBe("anonymised");
    const again = await make();
    expect(again.verdict).toBe("anonymised");
    const more = new Map([
      [HAMEAU, [...resultsOf(200, 1), ...resultsOf(202, 1).slice(400)]],
      [ACACIAS, resultsOf(160, 2)],
    ]);
    sources.set("results", schoolRows(more));
    const third = await make();
    const fewest = third.figures.answers
      .flatMap(({ figures }) => figures)
      .find(({ name }) => name === "fewestInADifference");
    // Two pupils came: whoever takes the first release away from this one does not find them.
    if (third.verdict === "anonymised") expect(fewest?.holds).toBe(true);
    else expect(third.figures.reasons?.some(({ code }) => code === "differences")).toBe(true);
  });

  it("is refused for teaching material, a sample, a third party, a table that no store has (S4, S11, S13)", async () => {
    const { make, out, ledger } = await open();
    const lesson = PLAN.replace("table: result, by: pupil", "table: lesson, by: pupil");
    const file = { path: "/nowhere", controller: HAMEAU, origin: "presales" } as const;
    expect(await codeOf(make({}, lesson))).toBe("ANONYMISATION_TEACHING_MATERIAL");
    expect(await codeOf(make({ file }))).toBe("ANONYMISATION_SAMPLE");
    expect(await codeOf(make({ recipient: "Université" }))).toBe("ANONYMISATION_THIRD_PARTY");
    expect(await codeOf(make({}, PLAN.replace("table: result", "table: nothing")))).toBe(
      "ANONYMISATION_NO_SOURCE",
    );
    expect(await codeOf(make({ instruction: "odile@hameau.example" }))).toBe("ANONYMISATION_REFERENCE_BAD");
    expect(await codeOf(make({ controllers: [TILLEULS] }))).toBe("ANONYMISATION_NOBODY_LEFT");
    expect([await ledger(), existsSync(out) && readdirSync(out)]).toEqual([[], []]);
  });

  it("takes rows out of a file of a controller too, and leaves out what the plan does not name (D13.1)", async () => {
    const { make, out } = await open();
    const file = path.join(temporaryFolder(), "rows.csv");
    const textOf = (value: Json | undefined) => JSON.stringify(value).replaceAll('"', "");
    const lines = resultsOf(200, 1).map(
      ({ pupil, level, score }) => `${textOf(pupil)};${textOf(level)};${textOf(score)};Zoé`,
    );
    writeFileSync(file, ["élève;level;score;prénom", ...lines].join("\r\n"));
    const plan = PLAN.replace("data: { table: result, by: pupil }", "data: { person: élève }").replace(
      /  person\.birthYear.*\n/,
      "",
    );
    const release = await make({ file: { path: file, controller: HAMEAU, origin: "service" } }, plan);
    expect(release).toMatchObject({ verdict: "anonymised", rowsIn: 400 });
    expect(release.figures.leftOutColumns).toContain("prénom");
    expect(readFileSync(path.join(out, release.id, "rows.csv"), "utf8")).not.toContain("Zoé");
    writeFileSync(file, "élève;level;score\r\np1;6e\r\n");
    const ragged = make({ file: { path: file, controller: HAMEAU, origin: "service" } }, plan);
    expect(await codeOf(ragged)).toBe("ANONYMISATION_FILE_BAD");
  });
});
