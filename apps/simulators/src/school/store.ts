/** The demo school's queries. */
import type { Knex } from "knex";

export interface SchoolClass {
  readonly id: number;
  readonly name: string;
  readonly pupils: number;
}
export type SchoolCounts = readonly { readonly table: string; readonly rows: number }[];
export interface SchoolAccount {
  readonly id: number;
  readonly login: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string | null;
  readonly role: string;
}
export interface SchoolResult {
  readonly pupil: string;
  readonly teacher: string | null;
  readonly skill: string;
  readonly score: number;
  readonly comment: string | null;
}
export interface SchoolLogRow {
  readonly at: string;
  readonly account_id: number;
  readonly action: string;
  readonly ip: string | null;
}

const TABLES = ["account", "class", "teaching", "result", "production", "message", "file", "activity_log"];

export async function schoolCounts(knex: Knex): Promise<SchoolCounts> {
  const counts: { table: string; rows: number }[] = [];
  for (const table of TABLES) {
    const row = await knex(`sch_${table}`).count({ n: "*" }).first();
    counts.push({ table: `sch_${table}`, rows: Number(row?.["n"] ?? 0) });
  }
  return counts;
}

export async function schoolClasses(knex: Knex): Promise<readonly SchoolClass[]> {
  return knex("sch_class as c")
    .leftJoin("sch_account as a", "a.class_id", "c.id")
    .groupBy("c.id", "c.name")
    .orderBy("c.id")
    .select<SchoolClass[]>("c.id", "c.name", knex.raw("count(a.id) as pupils"));
}

export async function schoolAccounts(knex: Knex): Promise<readonly SchoolAccount[]> {
  return knex("sch_account")
    .orderBy("id")
    .limit(500)
    .select<SchoolAccount[]>("id", "login", "first_name", "last_name", "email", "role");
}

export async function classResults(
  knex: Knex,
  classId: number,
): Promise<{ name: string; results: readonly SchoolResult[] } | undefined> {
  const found = await knex("sch_class").where("id", classId).first<{ name: string } | undefined>("name");
  if (found === undefined) return undefined;
  const rows = await knex("sch_result as r")
    .join("sch_account as p", "p.id", "r.pupil_id")
    .leftJoin("sch_account as t", "t.id", "r.teacher_id")
    .where("p.class_id", classId)
    .orderBy("r.id")
    .select<
      {
        pf: string;
        pl: string;
        tf: string | null;
        tl: string | null;
        skill: string;
        score: number;
        comment: string | null;
      }[]
    >(
      { pf: "p.first_name", pl: "p.last_name", tf: "t.first_name", tl: "t.last_name" },
      "r.skill",
      "r.score",
      "r.comment",
    );
  const results = rows.map((row) => ({
    pupil: `${row.pl} ${row.pf}`,
    teacher: row.tl === null || row.tl === "" ? null : `${row.tl} ${row.tf ?? ""}`.trim(),
    skill: row.skill,
    score: row.score,
    comment: row.comment,
  }));
  return { name: found.name, results };
}

export async function schoolLog(knex: Knex): Promise<readonly SchoolLogRow[]> {
  return knex("sch_activity_log")
    .orderBy("id", "desc")
    .limit(200)
    .select<SchoolLogRow[]>("at", "account_id", "action", "ip");
}
