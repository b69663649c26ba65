import { readFileSync } from "node:fs";
import { makeDataMapSource, parseMapWords, recordWordsOf } from "@preau/data-map";
import type { Database } from "@preau/database";
import { type PersonalRecord, systemClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { controller, map, openSchool, PEOPLE, type Row, targetOf } from "./school-site.ts";

const FILE = "demo-school-1-words.yaml";
const words = parseMapWords(readFileSync(new URL(`../../maps/${FILE}`, import.meta.url), "utf8"), map, FILE);

describeEachDatabase("a person's copy of the demo school (D10.1a)", openSchool, (fresh) => {
  const copyOf = async (database: Database, account: number) => {
    const source = makeDataMapSource({
      database,
      map,
      sourceId: "school",
      controller,
      clock: systemClock,
      words,
    });
    const records: PersonalRecord[] = [];
    for await (const record of source.collect({ controller, subject: targetOf(account), others: "withhold" }))
      records.push(record);
    return records;
  };

  it("has words in French and English for every table and category in which somebody has rows (D10.1a)", async () => {
    const database = await fresh();
    const { tables, categories } = recordWordsOf(words, map.tablePrefix);
    const people = [PEOPLE.garTeacher, PEOPLE.plumeTeacher, PEOPLE.pupil, PEOPLE.child, PEOPLE.parent];
    const without = new Set<string>();
    for (const account of people)
      for (const { where, category } of await copyOf(database, account))
        if (
          !tables[where]?.title.fr ||
          !tables[where].title.en ||
          !categories[category]?.fr ||
          !categories[category].en
        )
          without.add(where);
    expect([...without]).toEqual([]);
  });

  it("names nobody but the person, and gives no session's token (D10.1a)", async () => {
    const database = await fresh();
    await database
      .knex("sch_session")
      .insert({ id: 9_001, account_id: PEOPLE.pupil, token_hash: "f00d", started_at: "2026-01-01" });
    for (const account of [PEOPLE.pupil, PEOPLE.child, PEOPLE.parent, PEOPLE.garTeacher]) {
      const records = await copyOf(database, account);
      const text = JSON.stringify(records.map(({ row, names }) => [row, names])).toLowerCase();
      const people = await database.knex<Row>("sch_account");
      const me = people.find(({ id }) => id === account);
      const nameOf = (row: Row | undefined) =>
        `${String(row?.["first_name"])} ${String(row?.["last_name"])}`.toLowerCase();
      const found = people
        .filter((row) => row["id"] !== account && nameOf(row) !== nameOf(me))
        .flatMap((row) => [
          nameOf(row),
          ...["email", "gar_id", "telephone"].map((column) => textIn(row, column)),
        ])
        .filter(
          (needle) =>
            needle.length > 6 &&
            needle !== "null null" &&
            !Object.values(me ?? {}).includes(needle) &&
            text.includes(needle),
        );
      expect([...new Set(found)]).toEqual([]);
      expect(text).not.toContain("f00d");
    }
  });
});

function textIn(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value.toLowerCase() : "";
}
