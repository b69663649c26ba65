/**
 * The demo school's invented year: 300 pupils in four schools, the same for the same seed. The teachers of the first
 * school are those of the GAR simulator, so that a person who signs in through it finds an account here.
 */
import type { Knex } from "knex";
import { garPeople } from "../gar/people.ts";
import { chanceFrom } from "./chance.ts";
import { seedBooks } from "./seed-books.ts";
import { seedPeople } from "./seed-people.ts";
import { classes, groups, pastClasses, schools, years } from "./seed-schools.ts";
import { seedWork } from "./seed-work.ts";

export type SeedRows = Readonly<Record<string, readonly object[]>>;

/** Rows a statement: SQLite takes no more than 32,766 values. */
const BATCH = 200;

/** Fills an empty school; leaves a school that has accounts as it is. Returns the number of accounts. */
export async function seedSchool(knex: Knex, seed = 20261123): Promise<number> {
  const existing = await countAccounts(knex);
  if (existing > 0) return existing;
  const rows = seedRows(seed);
  await knex.transaction(async (transaction) => {
    for (const [table, list] of Object.entries(rows)) {
      for (let start = 0; start < list.length; start += BATCH)
        await transaction(table).insert(list.slice(start, start + BATCH));
    }
  });
  return countAccounts(knex);
}

async function countAccounts(knex: Knex): Promise<number> {
  const row = await knex("sch_account").count({ n: "*" }).first();
  return Number(row?.["n"] ?? 0);
}

function seedRows(seed: number): SeedRows {
  const chance = chanceFrom(seed);
  const people = seedPeople(chance);
  const { administrators, teachers, pupils, children, parents, links, enrolments } = people;
  return {
    sch_year: years,
    sch_school: schools,
    sch_class: [...classes, ...pastClasses].map(({ id, school_id, year_id, code, name, level }) => ({
      ...{ id, school_id, year_id, code, name, level },
    })),
    sch_group: groups,
    sch_account: [
      ...[...administrators, ...teachers, ...parents],
      ...[...pupils, ...children].map(({ account }) => account),
    ],
    sch_teaching: teachingOfGarTeachers(),
    sch_enrolment: enrolments,
    sch_group_member: pupils.map(({ account, classId }, i) => ({
      ...{ id: i + 1, group_id: classId * 2 + 1 + (i % 2), pupil_id: account.id },
    })),
    sch_parent_link: links,
    ...seedWork(people, chance),
    ...seedBooks(people, chance),
  };
}

/** Annex B lists classes for a teacher of the GAR alone: the GAR sends them. */
function teachingOfGarTeachers() {
  return garPeople
    .filter(({ inSchool }) => inSchool)
    .flatMap(({ attributes }, i) =>
      classes
        .filter(({ code }) => attributes["DIV"]?.some((division) => division.startsWith(`${code}##`)))
        .map((cls) => ({ id: (i + 1) * 10 + cls.id, teacher_id: 11 + i, class_id: cls.id })),
    );
}
