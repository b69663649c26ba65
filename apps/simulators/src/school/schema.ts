/**
 * The demo school's own tables: a small application as an LMS would have it, with its habits (integer keys, references
 * without foreign keys, JSON in a log). Préau meets it as a foreign database.
 */
import type { Knex } from "knex";

/** Creates what is missing; running it again changes nothing. */
export async function createSchoolSchema(knex: Knex): Promise<void> {
  const tables: Record<string, (table: Knex.CreateTableBuilder) => void> = {
    sch_class: (t) => {
      t.integer("id").primary();
      t.string("code", 64).notNullable();
      t.string("name", 64).notNullable();
      t.string("level", 32).notNullable();
    },
    sch_account: (t) => {
      t.integer("id").primary();
      t.string("login", 96).notNullable().unique();
      t.string("first_name", 96).notNullable();
      t.string("last_name", 96).notNullable();
      t.string("email", 191);
      t.string("telephone", 32);
      t.string("birth_date", 10);
      t.string("handedness", 16);
      t.string("role", 32).notNullable();
      t.string("gar_id", 128).index();
      t.integer("class_id");
      t.string("last_ip", 45);
      t.string("created_at", 24).notNullable();
    },
    sch_teaching: (t) => {
      t.integer("id").primary();
      t.integer("teacher_id").notNullable().index();
      t.integer("class_id").notNullable();
    },
    sch_result: (t) => {
      t.integer("id").primary();
      t.integer("pupil_id").notNullable().index();
      t.integer("teacher_id").notNullable().index();
      t.string("skill", 96).notNullable();
      t.integer("score").notNullable();
      t.text("comment");
      t.string("graded_at", 24).notNullable();
    },
    sch_production: (t) => {
      t.integer("id").primary();
      t.integer("pupil_id").notNullable().index();
      t.string("title", 96).notNullable();
      t.text("body").notNullable();
    },
    sch_message: (t) => {
      t.integer("id").primary();
      t.integer("from_id").notNullable().index();
      t.integer("to_id").notNullable().index();
      t.text("body").notNullable();
      t.string("sent_at", 24).notNullable();
    },
    sch_file: (t) => {
      t.integer("id").primary();
      t.integer("owner_id").notNullable().index();
      t.string("name", 191).notNullable();
      t.integer("size").notNullable();
      t.text("content").notNullable();
    },
    sch_activity_log: (t) => {
      t.integer("id").primary();
      t.string("at", 24).notNullable();
      t.integer("account_id").notNullable().index();
      t.string("action", 64).notNullable();
      t.string("ip", 45);
      t.text("detail").notNullable();
    },
  };
  for (const [name, columns] of Object.entries(tables)) {
    if (!(await knex.schema.hasTable(name))) await knex.schema.createTable(name, columns);
  }
}
