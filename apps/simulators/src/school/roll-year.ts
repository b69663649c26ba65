/** Closing a school year and opening the next, and taking that back while nothing stands in the new one. */
import type { Knex } from "knex";
import { note, type Occasion } from "./log.ts";
import { planRollover, type RolloverPlan } from "./plan-rollover.ts";
import { nextId } from "./viewer.ts";

/** `changed` when the school is no longer as it was previewed. */
export type RolloverAnswer = "done" | "changed" | "refused";

/**
 * Does what the plan with this fingerprint says: books of the year are archived with it, children go to the next class
 * or leave.
 */
export async function rollYear(knex: Knex, occasion: Occasion, fingerprint: string): Promise<RolloverAnswer> {
  const { viewer } = occasion;
  if (viewer.kind !== "jardin.administrator") return "refused";
  return knex.transaction(async (transaction) => {
    const plan = await planRollover(transaction, viewer.schoolId ?? 0);
    if (plan === undefined) return "refused";
    if (plan.fingerprint !== fingerprint) return "changed";
    await apply(transaction, plan, occasion.at);
    await note(transaction, occasion, "yearRolled");
    return "done";
  });
}

async function apply(transaction: Knex, plan: RolloverPlan, at: string): Promise<void> {
  const year = await openYear(transaction, plan.year.next);
  const firstClass = await nextId(transaction, "sch_class");
  const classes = plan.classes.map(({ id, code, name, level }, i) => ({
    of: id,
    row: { id: firstClass + i, school_id: plan.school, year_id: year, code, name, level },
  }));
  await insertAll(
    transaction,
    "sch_class",
    classes.map(({ row }) => row),
  );
  const rollover = await nextId(transaction, "sch_rollover");
  const years = { school_id: plan.school, from_year: plan.year.id, to_year: year };
  const firstEnrolment = await nextId(transaction, "sch_enrolment");
  const firstMove = await nextId(transaction, "sch_rollover_move");
  await transaction("sch_rollover").insert({
    ...{ id: rollover, ...years, last_enrolment: firstEnrolment - 1, done_at: at, undone_at: null },
  });
  const done = plan.moves.map(({ enrolment, pupil, to }, i) => {
    const cls = classes.find(({ of }) => of === to?.id)?.row.id;
    const id = cls === undefined ? null : firstEnrolment + i;
    return {
      enrolment: cls === undefined ? [] : [{ id, pupil_id: pupil, class_id: cls, until: null }],
      move: {
        id: firstMove + i,
        rollover_id: rollover,
        pupil_id: pupil,
        from_enrolment: enrolment,
        to_enrolment: id,
      },
    };
  });
  await transaction("sch_enrolment")
    .whereIn(
      "id",
      plan.moves.map(({ enrolment }) => enrolment),
    )
    .update({ until: at });
  await insertAll(
    transaction,
    "sch_enrolment",
    done.flatMap(({ enrolment }) => enrolment),
  );
  await insertAll(
    transaction,
    "sch_rollover_move",
    done.map(({ move }) => move),
  );
  await transaction("sch_school").where("id", plan.school).update({ year_id: year });
}

/** The year of this name, made when it is new. It starts and ends as French school years about do. */
async function openYear(transaction: Knex, label: string): Promise<number> {
  const known = await transaction("sch_year").where("label", label).first<{ id: number } | undefined>("id");
  if (known !== undefined) return known.id;
  const [from = "", to = ""] = label.split("-");
  const id = await nextId(transaction, "sch_year");
  await transaction("sch_year").insert({ id, label, starts_on: `${from}-09-01`, ends_on: `${to}-07-04` });
  return id;
}

async function insertAll(transaction: Knex, table: string, rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 200)
    await transaction(table).insert(rows.slice(start, start + 200));
}

export interface LastRollover {
  readonly id: number;
  readonly from_year: number;
  readonly to_year: number;
  /** The last one that was there before. */
  readonly last_enrolment: number;
}

/** The school's last rollover if it can still be undone: not undone yet, and nothing written in the new year. */
export async function undoableRollover(knex: Knex, schoolId: number): Promise<LastRollover | undefined> {
  const last = await knex("sch_rollover as r")
    .join("sch_school as s", (on) => on.on("s.id", "r.school_id").on("s.year_id", "r.to_year"))
    .where("r.school_id", schoolId)
    .orderBy("r.id", "desc")
    .first<(LastRollover & { undone_at: string | null }) | undefined>("r.*");
  if (last === undefined || last.undone_at !== null) return undefined;
  const classes = knex("sch_class").where({ school_id: schoolId, year_id: last.to_year }).select("id");
  const moves = knex("sch_rollover_move").where("rollover_id", last.id);
  const made = moves.clone().whereNotNull("to_enrolment").select("to_enrolment");
  // A child of two schools is moved by each of them, and neither move is in the other's way.
  const madeAnywhere = knex("sch_rollover_move").whereNotNull("to_enrolment").select("to_enrolment");
  const data = [
    await knex("sch_observation").where({ school_id: schoolId, year_id: last.to_year }).first("id"),
    // Somebody came here by another way, or went; somebody who left is in another school by now.
    await knex("sch_enrolment")
      .whereIn("class_id", classes.clone())
      .whereNotIn("id", made.clone())
      .first("id"),
    await knex("sch_enrolment").whereIn("class_id", classes.clone()).whereNotNull("until").first("id"),
    await knex("sch_enrolment")
      .where("id", ">", last.last_enrolment)
      .whereNotIn("id", madeAnywhere)
      .whereIn("pupil_id", moves.clone().select("pupil_id"))
      .first("id"),
    await knex("sch_group").whereIn("class_id", classes.clone()).first("id"),
    await knex("sch_teaching").whereIn("class_id", classes.clone()).first("id"),
  ];
  return data.every((each) => each === undefined) ? last : undefined;
}

/** Takes the last rollover back: every enrolment, class and year is as before. A rollover is undone once. */
export async function undoRollover(knex: Knex, occasion: Occasion): Promise<boolean> {
  const { viewer, at } = occasion;
  if (viewer.kind !== "jardin.administrator" || viewer.schoolId === null) return false;
  const school = viewer.schoolId;
  return knex.transaction(async (transaction) => {
    const last = await undoableRollover(transaction, school);
    if (last === undefined) return false;
    const moves = () => transaction("sch_rollover_move").where("rollover_id", last.id);
    const old = (await moves().select<{ from_enrolment: number }[]>("from_enrolment")).map(
      (row) => row.from_enrolment,
    );
    await transaction("sch_enrolment").whereIn("id", old).update({ until: null });
    const classes = transaction("sch_class").where({ school_id: school, year_id: last.to_year });
    await transaction("sch_enrolment").whereIn("class_id", classes.clone().select("id")).delete();
    await classes.delete();
    await moves().delete();
    await transaction("sch_school").where("id", school).update({ year_id: last.from_year });
    await transaction("sch_year")
      .where("id", last.to_year)
      .whereNotIn("id", transaction("sch_class").select("year_id"))
      .delete();
    await transaction("sch_rollover").where("id", last.id).update({ undone_at: at });
    await note(transaction, occasion, "rolloverUndone");
    return true;
  });
}
