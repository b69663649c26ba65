/**
 * The demo school's own tables. They have the habits of a real LMS: integer keys, references without foreign keys,
 * personal data in comments and in a log. SQLite and MariaDB.
 */
import type { Knex } from "knex";
import { fault } from "../errors.ts";

type Column = (table: Knex.TableBuilder, name: string) => Knex.ColumnBuilder;

const id: Column = (t, name) => t.integer(name).primary();
/** A reference that people or rows are looked for by. */
const reference: Column = (t, name) => t.integer(name).notNullable().index();
const whole: Column = (t, name) => t.integer(name).notNullable();
const perhapsWhole: Column = (t, name) => t.integer(name);
const moment: Column = (t, name) => t.string(name, 24).notNullable();
const perhapsMoment: Column = (t, name) => t.string(name, 24);
const long: Column = (t, name) => t.text(name).notNullable();
const perhapsLong: Column = (t, name) => t.text(name);
const text =
  (length: number): Column =>
  (t, name) =>
    t.string(name, length).notNullable();
const perhapsText =
  (length: number): Column =>
  (t, name) =>
    t.string(name, length);
const unique =
  (length: number): Column =>
  (t, name) =>
    t.string(name, length).unique();

const TABLES: Readonly<Record<string, Readonly<Record<string, Column>>>> = {
  // `mode` is `open`, or `administrators` while administrator accounts alone may enter. Whoever shuts the school from
  // outside leaves in `mode_before` what stood there.
  sch_school: {
    id,
    uai: text(16),
    name: text(96),
    place: text(96),
    region: text(32),
    product: text(16),
    year_id: whole,
    mode: text(24),
    mode_before: perhapsText(191),
  },
  sch_year: { id, label: text(16), starts_on: text(10), ends_on: text(10) },
  sch_class: { id, school_id: reference, year_id: whole, code: text(64), name: text(64), level: text(32) },
  sch_group: { id, class_id: reference, name: text(64) },
  // One row a person, of either product and any role; a role fills the columns that annex B lists for it.
  sch_account: {
    id,
    role: text(32),
    school_id: perhapsWhole,
    login: unique(96),
    first_name: perhapsText(96),
    last_name: perhapsText(96),
    email: perhapsText(191),
    telephone: perhapsText(32),
    birth_date: perhapsText(10),
    handedness: perhapsText(16),
    profile: perhapsText(96),
    professional_data: perhapsText(191),
    gar_id: (t, name) => t.string(name, 128).index(),
    last_ip: perhapsText(45),
    device_settings: perhapsLong,
    restricted: whole,
    created_at: moment,
  },
  sch_teaching: { id, teacher_id: reference, class_id: whole },
  sch_enrolment: { id, pupil_id: reference, class_id: reference, until: perhapsMoment },
  sch_group_member: { id, group_id: reference, pupil_id: reference },
  sch_parent_link: { id, parent_id: reference, child_id: reference },
  sch_result: {
    id,
    pupil_id: reference,
    teacher_id: reference,
    skill: text(96),
    score: whole,
    comment: perhapsLong,
    graded_at: moment,
  },
  sch_production: { id, pupil_id: reference, title: text(96), body: long },
  sch_observation: {
    id,
    child_id: reference,
    teacher_id: reference,
    school_id: whole,
    year_id: whole,
    skill: text(96),
    body: long,
    observed_at: moment,
  },
  sch_share: {
    id,
    observation_id: reference,
    parent_id: reference,
    shared_at: moment,
    withdrawn_at: perhapsMoment,
  },
  sch_rollover: {
    id,
    school_id: whole,
    from_year: whole,
    to_year: whole,
    last_enrolment: whole,
    done_at: moment,
    undone_at: perhapsMoment,
  },
  sch_rollover_move: {
    id,
    rollover_id: reference,
    pupil_id: reference,
    from_enrolment: whole,
    to_enrolment: perhapsWhole,
  },
  sch_message: { id, from_id: reference, to_id: reference, body: long, sent_at: moment },
  sch_file: { id, owner_id: reference, name: text(191), size: whole, content: long },
  sch_session: { id, account_id: reference, token_hash: unique(64), started_at: moment },
  sch_deletion_request: {
    id,
    account_id: reference,
    requested_by: whole,
    asked_at: moment,
    due_at: moment,
  },
  sch_activity_log: {
    id,
    at: moment,
    school_id: perhapsWhole,
    account_id: reference,
    action: text(64),
    ip: perhapsText(45),
    detail: long,
  },
};

/** Every table, in the order in which the school was designed. */
export const schoolTables: readonly string[] = Object.keys(TABLES);

/**
 * Creates what is missing; running it again changes nothing.
 * @throws SIMULATOR_OLD_SCHOOL for a school of an earlier shape: it is not made anew, or who was erased would be back
 */
export async function createSchoolSchema(knex: Knex): Promise<void> {
  const old = (await knex.schema.hasTable("sch_account")) && !(await knex.schema.hasTable("sch_school"));
  if (old) throw fault("SIMULATOR_OLD_SCHOOL", { place: "simulators/school" });
  for (const [name, columns] of Object.entries(TABLES)) {
    if (await knex.schema.hasTable(name)) {
      await addMissing(knex, name, columns);
      continue;
    }
    await knex.schema.createTable(name, (table) => {
      for (const [column, kind] of Object.entries(columns)) kind(table, column);
    });
  }
}

/** Columns that came later and may be empty. */
async function addMissing(
  knex: Knex,
  name: string,
  columns: Readonly<Record<string, Column>>,
): Promise<void> {
  const there = await knex(name).columnInfo();
  const missing = Object.entries(columns).filter(([column]) => !(column in there));
  if (missing.length === 0) return;
  await knex.schema.alterTable(name, (table) => {
    for (const [column, kind] of missing) kind(table, column);
  });
}
