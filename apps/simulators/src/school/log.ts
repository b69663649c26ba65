/** The school's own log of what happened. */
import type { Knex } from "knex";
import { schoolsOf } from "./reach.ts";
import { nextId, type Viewer } from "./viewer.ts";

export interface LogRow {
  readonly at: string;
  readonly account_id: number;
  readonly action: string;
  readonly ip: string | null;
}

/** Who did it, when, from where. */
export interface Occasion {
  readonly viewer: Viewer;
  readonly at: string;
  readonly ip?: string | undefined;
}

/**
 * Notes an event, in the school of whoever did it; of a child of two schools, in the first. Annex B lists connection and
 * usage data for every role but parents: what a parent does is noted without the parent, and without a school.
 */
export async function note(knex: Knex, { viewer, at, ip }: Occasion, action: string): Promise<void> {
  const nameless = viewer.role === "parent";
  await knex.transaction(async (transaction) => {
    const [school] = nameless ? [] : await schoolsOf(transaction, viewer);
    await transaction("sch_activity_log").insert({
      id: await nextId(transaction, "sch_activity_log"),
      ...{ at, school_id: school?.id ?? null, action },
      account_id: nameless ? 0 : viewer.id,
      ip: nameless ? null : (ip ?? null),
      detail: nameless ? "{}" : JSON.stringify({ account: viewer.id }),
    });
  });
}

/** The newest events of a school. */
export async function schoolLog(knex: Knex, schoolId: number): Promise<readonly LogRow[]> {
  const restricted = knex("sch_account").where("restricted", 1).select("id");
  return knex("sch_activity_log")
    .where("school_id", schoolId)
    .whereNotIn("account_id", restricted)
    .orderBy([
      { column: "at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(200)
    .select<LogRow[]>("at", "account_id", "action", "ip");
}
