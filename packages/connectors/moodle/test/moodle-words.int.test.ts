import { readSchema } from "@preau/data-map";
import type { PersonalRecord } from "@preau/kernel";
import { expect, it } from "vitest";
import { moodleMap } from "../src/index.ts";
import { moodleWords } from "../src/moodle-words.ts";
import { controller, describeMoodle, targetOf } from "./fixtures/moodle-under-test.ts";

describeMoodle("words for a person's copy of the populated Moodle school (D10.1a)", (site) => {
  const copyOf = async (id: number) => {
    const records: PersonalRecord[] = [];
    const { source } = site.moodle();
    for await (const record of source.collect({ controller, subject: targetOf(id), others: "withhold" }))
      records.push(record);
    return records;
  };

  it("has words in French and English for every table in which a pupil or a teacher has rows (D10.1a)", async () => {
    const words = site.moodle().exports?.words;
    const without = new Set<string>();
    for (const id of [210, 110, 107, 105, 3, 50]) {
      for (const { where, category } of await copyOf(id)) {
        const { title } = words?.tables[where] ?? {};
        const of = words?.categories[category];
        if (!title?.fr || !title.en || !of?.fr || !of.en) without.add(where);
      }
    }
    expect([...without]).toEqual([]);
  });

  it("has words for columns that Moodle has alone, and none for a secret (D10.1a)", async () => {
    const { tables, names } = moodleWords(moodleMap());
    const schema = await readSchema(site.database);
    const unknown: string[] = [];
    const look = (table: string, columns: readonly string[]) => {
      const there = schema.get(`mdl_${table}`)?.columns;
      if (there !== undefined)
        unknown.push(...columns.filter((each) => !there.has(each)).map((each) => `${table}.${each}`));
    };
    const titled = (list: (typeof names)[string]) => {
      for (const each of list)
        look(
          each.table,
          "kind" in each ? [each.key, each.kind.column, each.instance] : [each.key, each.title],
        );
    };
    Object.values(names).forEach(titled);
    for (const [table, said] of Object.entries(tables)) {
      look(table, [...Object.keys(said.columns), ...said.secrets, ...Object.keys(said.names)]);
      look(table, Object.entries(said.goesWith).flat());
      for (const { by } of said.alsoAbout) look(table, [by]);
      Object.values(said.names).forEach(titled);
      expect(said.secrets.filter((column) => column in said.columns)).toEqual([]);
    }
    expect(unknown).toEqual([]);
  });

  it("says what references are called, never a person (D10.1a)", async () => {
    const records = await copyOf(210);
    const named = (where: string, column: string) =>
      records.find((record) => record.where === where)?.names?.[column];
    expect(named("mdl_user_enrolments", "enrolid")).toMatch(/2de 3$/);
    expect(named("mdl_grade_grades", "itemid")).toBeTruthy();
    expect(named("mdl_assign_submission", "assignment")).toBeTruthy();
    expect(named("mdl_course_modules_completion", "coursemoduleid")).toBeTruthy();
    expect(named("mdl_forum_posts", "discussion")).toBe("Question de 210");
    expect(
      records.some(
        ({ where, names }) => where === "mdl_logstore_standard_log" && names?.["contextinstanceid"],
      ),
    ).toBe(true);
  });
});
