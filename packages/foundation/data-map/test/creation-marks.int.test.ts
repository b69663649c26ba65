import { openDatabase } from "@preau/database";
import { controllerId, makeIds, manualClock } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { createdRows, makeDataMapSource, parseDataMap } from "../src/index.ts";

const yaml = (created: string) => `
id: small
title: { fr: Petite, en: Small }
application: { name: small, versions: ["1"] }
subject:
  kind: small.person
  table: person
  key: id
  ${created}
  identity: [{ column: login, trace: login }]
tables:
  person: { category: name, purpose: run, rows: [{ by: id, verdict: erase }] }
`;

describeEachDatabase("creation marks", openDatabase, (fresh) => {
  const open = async (created = "created: made") => {
    const database = await fresh();
    await database.knex.schema.createTable("t_person", (t) => {
      t.bigInteger("id").primary();
      t.string("login", 40);
      t.dateTime("made");
    });
    const made = (second: number) => `2026-11-01 08:00:${String(second).padStart(2, "0")}`;
    await database.knex("t_person").insert([
      { id: 2, login: "lise.tilleul", made: made(2) },
      { id: 3, login: "noe.acacia", made: made(3) },
      { id: 9, login: "zoe.erable", made: null },
    ]);
    const map = parseDataMap(yaml(created), "small.yaml");
    const clock = manualClock();
    const controller = controllerId("college-1");
    const source = makeDataMapSource({
      ...{ database, map, sourceId: "small", controller, clock, ids: makeIds(clock), tablePrefix: "t_" },
    });
    const plan = (...keys: readonly number[]) =>
      source.plan({
        controller,
        ground: "instruction",
        subjects: keys.map((key) => ({
          subject: `sub_${key}`,
          identifiers: [{ kind: "small.person", value: String(key) }],
        })),
      });
    return { database, map, plan };
  };

  describe("of persons (D12.3)", () => {
    it("are given with the plan, and are the same when the table is read", async () => {
      const { database, map, plan } = await open();
      const { creationMarks } = await plan(2, 9, 777);
      expect(creationMarks).toEqual(["small|2|2026-11-01 08:00:02", "small|9|"]);
      const rows = [];
      for await (const page of (await createdRows(database, map, "t_")) ?? []) rows.push(...page);
      expect(rows.map(({ key, created }) => `small|${key}|${created}`)).toEqual([
        "small|2|2026-11-01 08:00:02",
        "small|3|2026-11-01 08:00:03",
        "small|9|",
      ]);
    });

    it("are not there when the map does not say when a row was made, or says what is not there", async () => {
      const { database, map, plan } = await open("");
      expect((await plan(2)).creationMarks).toBeUndefined();
      expect(await createdRows(database, map, "t_")).toBeUndefined();
      const wrong = parseDataMap(yaml("created: nowhere"), "small.yaml");
      expect(await codeOf(createdRows(database, wrong, "t_"))).toBe("DATA_MAP_MISFIT");
    });
  });
});
