/**
 * The school's own restriction (GDPR art. 18) and its window for administrators alone. Both are one column each, so that
 * whoever acts from outside sets the same thing, and undoing gives back exactly what was there: nothing else changes.
 */
import type { Knex } from "knex";
import { note, type Occasion } from "./log.ts";
import { peopleOf } from "./people.ts";
import { pupilsOfSchool } from "./reach.ts";
import type { Role } from "./roles.ts";

export interface RestrictedRow {
  readonly id: number;
  readonly role: Role;
}

/** Restricts somebody of the administrator's school; not the administrator who does it. */
export async function restrictAccount(knex: Knex, occasion: Occasion, accountId: number): Promise<boolean> {
  const { viewer } = occasion;
  if (viewer.role !== "administrator" || accountId === viewer.id) return false;
  if (!(await peopleOf(knex, viewer)).some(({ id }) => id === accountId)) return false;
  return setRestricted(knex, occasion, accountId, true);
}

export async function liftRestriction(knex: Knex, occasion: Occasion, accountId: number): Promise<boolean> {
  const known = await restrictedOf(knex, occasion);
  return known.some(({ id }) => id === accountId) && setRestricted(knex, occasion, accountId, false);
}

/** Restricted accounts of the administrator's school, without their names: nobody looks at them, the administrator neither. */
export async function restrictedOf(
  knex: Knex,
  { viewer }: Pick<Occasion, "viewer">,
): Promise<readonly RestrictedRow[]> {
  if (viewer.role !== "administrator") return [];
  const pupils = pupilsOfSchool(knex, viewer.schoolId ?? 0);
  const parents = knex("sch_parent_link").whereIn("child_id", pupils.clone()).select("parent_id");
  return knex("sch_account")
    .where("restricted", 1)
    .where((any) => {
      void any.where("school_id", viewer.schoolId).orWhereIn("id", pupils).orWhereIn("id", parents);
    })
    .orderBy("id")
    .select<RestrictedRow[]>("id", "role");
}

async function setRestricted(
  knex: Knex,
  occasion: Occasion,
  accountId: number,
  on: boolean,
): Promise<boolean> {
  return knex.transaction(async (transaction) => {
    const changed = await transaction("sch_account")
      .where({ id: accountId, restricted: on ? 0 : 1 })
      .update({ restricted: on ? 1 : 0 });
    if (changed > 0) await note(transaction, occasion, on ? "accountRestricted" : "restrictionLifted");
    return changed > 0;
  });
}

/** Shuts the school to everybody but its administrators, or opens it again. Sessions stay: they work again afterwards. */
export async function setWindow(
  knex: Knex,
  occasion: Occasion,
  administratorsOnly: boolean,
): Promise<boolean> {
  const { viewer } = occasion;
  if (viewer.role !== "administrator") return false;
  return knex.transaction(async (transaction) => {
    const changed = await transaction("sch_school")
      .where({ id: viewer.schoolId, mode: administratorsOnly ? "open" : "administrators" })
      .update({ mode: administratorsOnly ? "administrators" : "open" });
    if (changed > 0) await note(transaction, occasion, administratorsOnly ? "schoolShut" : "schoolOpened");
    return changed > 0;
  });
}
