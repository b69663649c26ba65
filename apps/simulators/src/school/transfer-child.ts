/** A child goes to another class, of the same nursery school or of another one; the books go with the child. */
import type { Knex } from "knex";
import { note, type Occasion } from "./log.ts";
import { reaches } from "./reach.ts";
import { nextId } from "./viewer.ts";

export interface Destination {
  readonly id: number;
  readonly name: string;
  readonly school: string;
}

/** Running classes of nursery schools in which the child is not. */
export async function destinationsOf(knex: Knex, childId: number): Promise<readonly Destination[]> {
  return knex("sch_class as c")
    .join("sch_school as s", (on) => on.on("s.id", "c.school_id").on("s.year_id", "c.year_id"))
    .where("s.product", "jardin")
    .whereNotIn(
      "c.id",
      knex("sch_enrolment").where("pupil_id", childId).whereNull("until").select("class_id"),
    )
    .orderBy(["s.id", "c.id"])
    .select<Destination[]>("c.id", "c.name", { school: "s.name" });
}

/**
 * Ends the child's place in the administrator's school and opens one in the class named. A place in a further school
 * stays, unless it is that school to which the child goes.
 */
export async function transferChild(
  knex: Knex,
  occasion: Occasion,
  childId: number,
  classId: number,
): Promise<boolean> {
  const { viewer, at } = occasion;
  if (viewer.kind !== "jardin.administrator" || !(await reaches(knex, viewer, childId))) return false;
  const destination = (await destinationsOf(knex, childId)).find(({ id }) => id === classId);
  if (destination === undefined) return false;
  await knex.transaction(async (transaction) => {
    const target = transaction("sch_class").where("id", classId).select("school_id");
    const left = transaction("sch_class")
      .where("school_id", viewer.schoolId)
      .orWhereIn("school_id", target)
      .select("id");
    await transaction("sch_enrolment")
      .where("pupil_id", childId)
      .whereNull("until")
      .whereIn("class_id", left)
      .update({ until: at });
    await transaction("sch_enrolment").insert({
      ...{
        id: await nextId(transaction, "sch_enrolment"),
        pupil_id: childId,
        class_id: classId,
        until: null,
      },
    });
    await note(transaction, occasion, "childTransferred");
  });
  return true;
}
