/**
 * Whom somebody reaches, in one place: every page and every change asks here. Nobody reaches a restricted person; nobody
 * but its administrators reaches a school that is open to administrators only.
 */
import type { Knex } from "knex";
import type { Viewer } from "./viewer.ts";

type Reader = Pick<Viewer, "id" | "role" | "kind" | "schoolId">;

export interface SchoolMode {
  readonly id: number;
  readonly mode: string;
}

/** The schools of somebody: where they work, where they or their children are enrolled, or were, if nowhere now. */
export async function schoolsOf(knex: Knex, viewer: Reader): Promise<readonly SchoolMode[]> {
  const query = knex("sch_school as s").distinct<SchoolMode[]>("s.id", "s.mode");
  if (viewer.schoolId !== null) return query.where("s.id", viewer.schoolId);
  const pupils =
    viewer.role === "parent"
      ? knex("sch_parent_link").where("parent_id", viewer.id).select("child_id")
      : [viewer.id];
  return query
    .join("sch_class as c", "c.school_id", "s.id")
    .join("sch_enrolment as e", "e.class_id", "c.id")
    .where((either) => {
      const open = knex("sch_enrolment").whereNull("until").select("pupil_id");
      void either.whereNull("e.until").orWhereNotIn("e.pupil_id", open);
    })
    .whereIn("e.pupil_id", pupils)
    .orderBy("s.id");
}

/** Keys of the pupils and children whom this viewer may see. */
export function reachedPupils(knex: Knex, viewer: Reader): Knex.QueryBuilder {
  const free = knex("sch_account as p")
    .where("p.restricted", 0)
    .whereIn("p.role", ["pupil", "child"])
    .select("p.id");
  if (viewer.role === "pupil" || viewer.role === "child") return free.where("p.id", viewer.id);
  if (viewer.role === "parent") {
    const links = knex("sch_parent_link").where("parent_id", viewer.id).select("child_id");
    return free.whereIn("p.id", links).where((either) => {
      void either
        .whereIn("p.id", enrolled(knex).where("s.mode", "open"))
        .orWhereNotIn("p.id", enrolled(knex));
    });
  }
  if (viewer.role === "administrator")
    return free.whereIn("p.id", pupilsOfSchool(knex, viewer.schoolId ?? 0));
  return free.whereIn("p.id", taught(knex, viewer));
}

/** Classes of this year that a teacher or an administrator reaches. */
export function reachedClasses(knex: Knex, viewer: Reader): Knex.QueryBuilder {
  const now = knex("sch_class as c")
    .join("sch_school as s", (on) => on.on("s.id", "c.school_id").on("s.year_id", "c.year_id"))
    .where("s.id", viewer.schoolId ?? 0)
    .select("c.id");
  return viewer.kind === "plume.gar.teacher"
    ? now.whereIn("c.id", knex("sch_teaching").where("teacher_id", viewer.id).select("class_id"))
    : now;
}

/** Whether this viewer reaches that pupil or child. */
export async function reaches(knex: Knex, viewer: Reader, pupilId: number): Promise<boolean> {
  const found: unknown = await reachedPupils(knex, viewer).where("p.id", pupilId).first();
  return found !== undefined;
}

/** Pupils enrolled now, with their school as `s`. */
function enrolled(knex: Knex): Knex.QueryBuilder {
  return knex("sch_enrolment as e")
    .join("sch_class as c", "c.id", "e.class_id")
    .join("sch_school as s", "s.id", "c.school_id")
    .whereNull("e.until")
    .select("e.pupil_id");
}

function taught(knex: Knex, viewer: Reader): Knex.QueryBuilder {
  return knex("sch_enrolment as e")
    .whereNull("e.until")
    .whereIn("e.class_id", reachedClasses(knex, viewer))
    .select("e.pupil_id");
}

/**
 * Pupils of a school, restricted or not: enrolled here now; or here last and nowhere now, whose books are this school's
 * to keep until they are deleted.
 */
export function pupilsOfSchool(knex: Knex, schoolId: number): Knex.QueryBuilder {
  const open = knex("sch_enrolment").whereNull("until").select("pupil_id");
  return knex("sch_enrolment as e")
    .join("sch_class as c", "c.id", "e.class_id")
    .where("c.school_id", schoolId)
    .where((either) => {
      void either.whereNull("e.until").orWhereNotIn("e.pupil_id", open);
    })
    .select("e.pupil_id");
}
