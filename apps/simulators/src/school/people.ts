/** Accounts as pages show them: classes, pupils, the people of a school. */
import type { Knex } from "knex";
import { pupilsOfSchool, reachedClasses, reachedPupils } from "./reach.ts";
import type { PersonalColumn, Role } from "./roles.ts";
import type { Viewer } from "./viewer.ts";

export interface ClassRow {
  readonly id: number;
  readonly name: string;
  readonly level: string;
  readonly pupils: number;
}
export interface PersonRow extends Readonly<Record<PersonalColumn, string | null>> {
  readonly id: number;
  readonly role: Role;
  readonly school_id: number | null;
}
export interface Membership {
  readonly enrolment: number;
  readonly class_id: number;
  readonly class_name: string;
  readonly school_id: number;
  readonly school: string;
  readonly year: string;
  /** Of the school's current year, and not left. */
  readonly current: boolean;
}

/** This year's classes that the viewer reaches, with how many pupils are seen in each. */
export async function classesOf(knex: Knex, viewer: Viewer): Promise<readonly ClassRow[]> {
  const seen = reachedPupils(knex, viewer);
  return knex("sch_class as c")
    .leftJoin("sch_enrolment as e", (on) =>
      on
        .on("e.class_id", "c.id")
        .onNull("e.until")
        .onIn("e.pupil_id", seen as never),
    )
    .whereIn("c.id", reachedClasses(knex, viewer))
    .groupBy("c.id", "c.name", "c.level")
    .orderBy("c.id")
    .select<ClassRow[]>("c.id", "c.name", "c.level", knex.raw("count(e.id) as pupils"));
}

/** One class, if the viewer reaches it, and the pupils in it. */
export async function classOf(
  knex: Knex,
  viewer: Viewer,
  id: number,
): Promise<{ readonly name: string; readonly pupils: readonly PersonRow[] } | undefined> {
  const found = await knex("sch_class as c")
    .whereIn("c.id", reachedClasses(knex, viewer))
    .where("c.id", id)
    .first<{ name: string } | undefined>("c.name");
  if (found === undefined) return undefined;
  const pupils = await knex("sch_account as a")
    .whereIn("a.id", reachedPupils(knex, viewer))
    .whereIn("a.id", knex("sch_enrolment").where("class_id", id).whereNull("until").select("pupil_id"))
    .orderBy(["a.last_name", "a.first_name", "a.id"])
    .select<PersonRow[]>("a.*");
  return { name: found.name, pupils };
}

/** One pupil or child, if the viewer reaches them. */
export async function pupilOf(knex: Knex, viewer: Viewer, id: number): Promise<PersonRow | undefined> {
  return knex("sch_account as a")
    .whereIn("a.id", reachedPupils(knex, viewer))
    .where("a.id", id)
    .first<PersonRow | undefined>("a.*");
}

/** The children of a parent, and of a pupil the pupil alone. */
export async function ownPupils(knex: Knex, viewer: Viewer): Promise<readonly PersonRow[]> {
  return knex("sch_account as a")
    .whereIn("a.id", reachedPupils(knex, viewer))
    .orderBy(["a.birth_date", "a.id"])
    .select<PersonRow[]>("a.*");
}

/** Where a pupil is and was, newest first. */
export async function membershipsOf(knex: Knex, pupilId: number): Promise<readonly Membership[]> {
  const rows = await knex("sch_enrolment as e")
    .join("sch_class as c", "c.id", "e.class_id")
    .join("sch_school as s", "s.id", "c.school_id")
    .join("sch_year as y", "y.id", "c.year_id")
    .where("e.pupil_id", pupilId)
    .orderBy([
      { column: "y.id", order: "desc" },
      { column: "e.id", order: "desc" },
    ])
    .select<(Omit<Membership, "current"> & { until: string | null; running: number })[]>(
      { enrolment: "e.id", class_id: "c.id", class_name: "c.name", school_id: "s.id", school: "s.name" },
      { year: "y.label", until: "e.until" },
      knex.raw("case when c.year_id = s.year_id then 1 else 0 end as running"),
    );
  return rows.map(({ until, running, ...row }) => ({ ...row, current: until === null && running === 1 }));
}

/** Names of the groups that a pupil is in. */
export async function groupsOf(knex: Knex, pupilId: number): Promise<readonly string[]> {
  const rows = await knex("sch_group_member as m")
    .join("sch_group as g", "g.id", "m.group_id")
    .where("m.pupil_id", pupilId)
    .orderBy("g.id")
    .select<{ name: string }[]>("g.name");
  return rows.map(({ name }) => name);
}

/** Everybody whose account an administrator looks after: staff, pupils, and the parents of the children. */
export async function peopleOf(knex: Knex, viewer: Viewer): Promise<readonly PersonRow[]> {
  const pupils = reachedPupils(knex, viewer);
  // Of a restricted child too: what is restricted is the child, not the parent's account.
  const children = pupilsOfSchool(knex, viewer.schoolId ?? 0);
  const parents = knex("sch_parent_link").whereIn("child_id", children).select("parent_id");
  return knex("sch_account as a")
    .where("a.restricted", 0)
    .where((any) => {
      void any.where("a.school_id", viewer.schoolId).orWhereIn("a.id", pupils).orWhereIn("a.id", parents);
    })
    .orderBy(["a.role", "a.last_name", "a.first_name", "a.email"])
    .select<PersonRow[]>("a.*");
}
