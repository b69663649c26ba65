/** What stands in the school's database, for whoever tries the demonstration: not a page that a school would have. */
import type { Knex } from "knex";
import type { Role } from "./roles.ts";
import { schoolTables } from "./schema.ts";

export interface StoredAccount {
  readonly id: number;
  readonly role: Role;
  readonly login: string | null;
  readonly email: string | null;
}

export async function rowCounts(
  knex: Knex,
): Promise<readonly { readonly table: string; readonly rows: number }[]> {
  const counts = [];
  for (const table of schoolTables) {
    const row = await knex(table).count({ n: "*" }).first();
    counts.push({ table, rows: Number(row?.["n"] ?? 0) });
  }
  return counts;
}

export async function storedAccounts(knex: Knex): Promise<readonly StoredAccount[]> {
  return knex("sch_account").orderBy("id").select<StoredAccount[]>("id", "role", "login", "email");
}

export interface Choice {
  readonly id: number;
  readonly role: Role;
  readonly gar: boolean;
  readonly school: number | null;
  readonly class_name: string | null;
  readonly name: string;
}

/** Everybody as whom one can enter, with where they belong. A restricted person is nobody's to choose. */
export async function choices(knex: Knex): Promise<readonly Choice[]> {
  const rows = await knex("sch_account as a")
    .leftJoin("sch_parent_link as l", "l.parent_id", "a.id")
    .joinRaw("left join sch_enrolment e on e.pupil_id = coalesce(l.child_id, a.id) and e.until is null")
    .leftJoin("sch_class as c", "c.id", "e.class_id")
    .where("a.restricted", 0)
    .orderBy(["a.id"])
    .select<
      {
        id: number;
        role: Role;
        gar_id: string | null;
        school_id: number | null;
        class_school: number | null;
        class_name: string | null;
        first_name: string | null;
        last_name: string | null;
        email: string | null;
      }[]
    >("a.id", "a.role", "a.gar_id", "a.school_id", "a.first_name", "a.last_name", "a.email", {
      class_school: "c.school_id",
      class_name: "c.name",
    });
  // A parent of two children of one school stands in two rows, and is one choice.
  const found = new Map<string, Choice>();
  for (const row of rows) {
    const school = row.school_id ?? row.class_school;
    found.set(`${row.id} ${school}`, {
      ...{ id: row.id, role: row.role, gar: row.gar_id !== null, class_name: row.class_name, school },
      name: row.last_name === null ? (row.email ?? "") : `${row.first_name ?? ""} ${row.last_name}`,
    });
  }
  return [...found.values()];
}
