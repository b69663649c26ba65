/**
 * The demo school's own tables: a small application as an LMS would have it, with its habits (integer keys, references
 * without foreign keys, JSON in a log). Préau meets it as a foreign database.
 */
import type { Knex } from "knex";

type Column = (table: Knex.TableBuilder, name: string) => Knex.ColumnBuilder;

const id: Column = (t, name) => t.integer(name).primary();
/** A reference that people are looked for by. */
const person: Column = (t, name) => t.integer(name).notNullable().index();
const whole: Column = (t, name) => t.integer(name).notNullable();
const perhapsWhole: Column = (t, name) => t.integer(name);
const moment: Column = (t, name) => t.string(name, 24).notNullable();
const perhapsMoment: Column = (t, name) => t.string(name, 24);
const body: Column = (t, name) => t.text(name).notNullable();
const perhapsBody: Column = (t, name) => t.text(name);
const text =
  (length: number): Column =>
  (t, name) =>
    t.string(name, length).notNullable();
const perhapsText =
  (length: number): Column =>
  (t, name) =>
    t.string(name, length);
const textOr =
  (length: number, value: string): Column =>
  (t, name) =>
    t.string(name, length).notNullable().defaultTo(value);

/** Columns after the first release may be missing in an older school: they allow NULL or have a default. */
const TABLES: Readonly<Record<string, Readonly<Record<string, Column>>>> = {
  sch_school: { id, name: text(96), uai: text(16), region: text(48), mode: textOr(24, "open") },
  sch_year: { id, label: text(16), starts_on: text(10), ends_on: text(10), state: textOr(16, "open") },
  sch_class: {
    id,
    code: text(64),
    name: text(64),
    level: text(32),
    school_id: perhapsWhole,
    year_id: perhapsWhole,
  },
  sch_account: {
    id,
    login: (t, name) => t.string(name, 96).notNullable().unique(),
    first_name: text(96),
    last_name: text(96),
    email: perhapsText(191),
    telephone: perhapsText(32),
    birth_date: perhapsText(10),
    handedness: perhapsText(16),
    role: text(32),
    gar_id: (t, name) => t.string(name, 128).index(),
    class_id: perhapsWhole,
    last_ip: perhapsText(45),
    created_at: moment,
    product: textOr(16, "plume"),
    school_id: perhapsWhole,
    profile: perhapsText(64),
    professional_data: perhapsText(191),
    restricted: (t, name) => t.integer(name).notNullable().defaultTo(0),
    device_settings: perhapsBody,
  },
  sch_teaching: { id, teacher_id: person, class_id: whole },
  sch_group: { id, class_id: whole, name: text(64) },
  sch_group_member: { id, group_id: whole, pupil_id: person },
  sch_enrolment: { id, pupil_id: person, class_id: whole, year_id: whole, until: perhapsMoment },
  sch_parent_link: { id, parent_id: person, child_id: person },
  sch_result: {
    id,
    pupil_id: person,
    teacher_id: person,
    skill: text(96),
    score: whole,
    comment: perhapsBody,
    graded_at: moment,
  },
  sch_production: { id, pupil_id: person, title: text(96), body },
  sch_message: { id, from_id: person, to_id: person, body, sent_at: moment },
  sch_file: { id, owner_id: person, name: text(191), size: whole, content: body },
  sch_book: { id, child_id: person, year_id: whole, state: textOr(16, "open") },
  sch_observation: {
    id,
    child_id: person,
    teacher_id: person,
    year_id: whole,
    skill: text(96),
    body,
    observed_at: moment,
  },
  sch_share: {
    id,
    observation_id: person,
    parent_id: person,
    shared_at: moment,
    withdrawn_at: perhapsMoment,
  },
  sch_rollover: {
    id,
    school_id: whole,
    from_year: whole,
    to_year: whole,
    done_at: moment,
    undone_at: perhapsMoment,
  },
  sch_rollover_move: { id, rollover_id: whole, pupil_id: person, from_class: whole, to_class: perhapsWhole },
  sch_activity_log: {
    id,
    at: moment,
    account_id: person,
    action: text(64),
    ip: perhapsText(45),
    detail: body,
  },
};

/** Creates what is missing, in an older school too; running it again changes nothing. */
export async function createSchoolSchema(knex: Knex): Promise<void> {
  for (const [name, columns] of Object.entries(TABLES)) {
    if (!(await knex.schema.hasTable(name))) {
      await knex.schema.createTable(name, (table) => addColumns(table, columns));
      continue;
    }
    const there = await knex(name).columnInfo();
    const missing = Object.fromEntries(Object.entries(columns).filter(([column]) => !(column in there)));
    if (Object.keys(missing).length > 0)
      await knex.schema.alterTable(name, (table) => addColumns(table, missing));
  }
}

function addColumns(table: Knex.TableBuilder, columns: Readonly<Record<string, Column>>): void {
  for (const [name, column] of Object.entries(columns)) column(table, name);
}
