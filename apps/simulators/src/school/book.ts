/**
 * Jardin: the progress book of a child, one a school and year. It is open while the child is enrolled there in the
 * school's running year; from then on it is archived: nothing is written or shared in it any more, and what was shared
 * can still be withdrawn.
 */
import type { Knex } from "knex";
import { note, type Occasion } from "./log.ts";
import { reachedPupils, reaches } from "./reach.ts";
import { nextId, type Viewer } from "./viewer.ts";

interface Share {
  readonly parent_id: number;
  readonly email: string;
  readonly shared: boolean;
}
export interface Observation {
  readonly id: number;
  readonly skill: string;
  readonly body: string;
  readonly observed_at: string;
  readonly teacher: string | undefined;
  /** For whom it is or may be opened; empty for who may not see that. */
  readonly shares: readonly Share[];
}
export interface Book {
  readonly school: string;
  readonly year: string;
  readonly archived: boolean;
  readonly observations: readonly Observation[];
}

interface Row {
  readonly id: number;
  readonly school_id: number;
  readonly year_id: number;
  readonly school: string;
  readonly year: string;
  readonly skill: string;
  readonly body: string;
  readonly observed_at: string;
  readonly tf: string | null;
  readonly tl: string | null;
  readonly restricted: number | null;
}

/** Roles that see a book whole; a parent sees what is shared with that parent, a child nothing of it. */
export function readsWhole(viewer: Viewer): boolean {
  return viewer.role === "teacher" || viewer.role === "administrator";
}

/** The books of a child as this viewer may see them, newest first. The caller has asked whether the child is reached. */
export async function booksOf(knex: Knex, viewer: Viewer, childId: number): Promise<readonly Book[]> {
  const query = knex("sch_observation as o")
    .join("sch_school as s", "s.id", "o.school_id")
    .join("sch_year as y", "y.id", "o.year_id")
    .leftJoin("sch_account as t", "t.id", "o.teacher_id")
    .where("o.child_id", childId)
    .orderBy([
      { column: "o.year_id", order: "desc" },
      { column: "o.observed_at", order: "desc" },
    ])
    .select<Row[]>(
      "o.*",
      "t.restricted",
      { school: "s.name", year: "y.label" },
      { tf: "t.first_name", tl: "t.last_name" },
    );
  if (viewer.role !== "administrator") void query.where("s.mode", "open");
  if (!readsWhole(viewer)) void query.whereIn("o.id", sharedWith(knex, viewer));
  const rows = await query;
  const open = await openBook(knex, childId);
  const shares = readsWhole(viewer) ? await sharesOf(knex, childId) : new Map<number, Share[]>();
  const books = new Map<string, { rows: Observation[]; of: Row }>();
  for (const row of rows) {
    const key = `${row.year_id} ${row.school_id}`;
    const book = books.get(key) ?? { rows: [], of: row };
    books.set(key, book);
    book.rows.push({
      ...{ id: row.id, skill: row.skill, body: row.body, observed_at: row.observed_at },
      teacher: row.tl === null || row.restricted === 1 ? undefined : `${row.tf ?? ""} ${row.tl}`,
      shares: shares.get(row.id) ?? [],
    });
  }
  return [...books].map(([key, { rows: observations, of }]) => ({
    ...{ school: of.school, year: of.year, archived: !open.has(key), observations },
  }));
}

/** Books in which something can be written now, as `year school`. */
async function openBook(knex: Knex, childId: number): Promise<ReadonlySet<string>> {
  const rows = await knex("sch_enrolment as e")
    .join("sch_class as c", "c.id", "e.class_id")
    .join("sch_school as s", (on) => on.on("s.id", "c.school_id").on("s.year_id", "c.year_id"))
    .where("e.pupil_id", childId)
    .whereNull("e.until")
    .select<{ y: number; s: number }[]>({ y: "c.year_id", s: "s.id" });
  return new Set(rows.map(({ y, s }) => `${y} ${s}`));
}

function sharedWith(knex: Knex, viewer: Viewer): Knex.QueryBuilder {
  const parent = viewer.role === "parent" ? viewer.id : 0;
  return knex("sch_share").where("parent_id", parent).whereNull("withdrawn_at").select("observation_id");
}

/** Of every observation, the parents who may be shown it: not those who are restricted. */
async function sharesOf(knex: Knex, childId: number): Promise<Map<number, Share[]>> {
  const rows = await knex("sch_observation as o")
    .join("sch_parent_link as l", "l.child_id", "o.child_id")
    .join("sch_account as p", (on) => on.on("p.id", "l.parent_id").onVal("p.restricted", 0))
    .leftJoin("sch_share as h", (on) =>
      on.on("h.observation_id", "o.id").on("h.parent_id", "p.id").onNull("h.withdrawn_at"),
    )
    .where("o.child_id", childId)
    .orderBy(["o.id", "p.id"])
    .select<{ id: number; parent_id: number; email: string; share: number | null }[]>("o.id", "p.email", {
      parent_id: "p.id",
      share: "h.id",
    });
  const shares = new Map<number, Share[]>();
  for (const { id, parent_id, email, share } of rows) {
    shares.set(id, [...(shares.get(id) ?? []), { parent_id, email, shared: share !== null }]);
  }
  return shares;
}

/** Writes an observation into the open book of the teacher's school. False where there is none, or not theirs. */
export async function observe(
  knex: Knex,
  occasion: Occasion,
  childId: number,
  { skill, body }: { readonly skill: string; readonly body: string },
): Promise<boolean> {
  const { viewer, at } = occasion;
  const school = await writableSchool(knex, viewer, childId);
  if (school === undefined) return false;
  await knex.transaction(async (transaction) => {
    await transaction("sch_observation").insert({
      ...{ id: await nextId(transaction, "sch_observation"), child_id: childId, teacher_id: viewer.id },
      ...{ school_id: school.id, year_id: school.year_id, skill, body, observed_at: at },
    });
    await note(transaction, occasion, "observationAdded");
  });
  return true;
}

/** The school in which this viewer may write about the child now. */
export async function writableSchool(
  knex: Knex,
  viewer: Viewer,
  childId: number,
): Promise<{ readonly id: number; readonly year_id: number } | undefined> {
  if (viewer.kind !== "jardin.teacher" || !(await reaches(knex, viewer, childId))) return undefined;
  return knex("sch_school")
    .where("id", viewer.schoolId)
    .first<{ id: number; year_id: number } | undefined>("id", "year_id");
}

/** What may be shared: an observation of the running year of the viewer's own school, on a child that is reached. */
export function sharableObservations(knex: Knex, viewer: Viewer): Knex.QueryBuilder {
  return knex("sch_observation as o")
    .join("sch_school as s", (on) => on.on("s.id", "o.school_id").on("s.year_id", "o.year_id"))
    .where("s.id", viewer.kind === "jardin.teacher" ? viewer.schoolId : 0)
    .whereIn("o.child_id", reachedPupils(knex, viewer));
}
