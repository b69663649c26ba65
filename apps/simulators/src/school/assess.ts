/** Plume: what pupils know, as their teachers mark it. */
import type { Knex } from "knex";
import { note, type Occasion } from "./log.ts";
import { reaches } from "./reach.ts";
import { nextId, type Viewer } from "./viewer.ts";

export interface ResultRow {
  readonly id: number;
  readonly skill: string;
  readonly score: number;
  readonly comment: string | null;
  readonly graded_at: string;
  /** Undefined when the author is gone, or may not be shown. */
  readonly teacher: string | undefined;
}
export interface Progress {
  readonly skill: string;
  readonly first: number;
  readonly last: number;
  readonly marks: number;
}
export interface Production {
  readonly title: string;
  readonly body: string;
}

/** A pupil's marks, oldest first. A comment of a restricted teacher is not shown: it may say who wrote it. */
export async function resultsOf(knex: Knex, pupilId: number): Promise<readonly ResultRow[]> {
  const rows = await knex("sch_result as r")
    .leftJoin("sch_account as t", "t.id", "r.teacher_id")
    .where("r.pupil_id", pupilId)
    .orderBy(["r.graded_at", "r.id"])
    .select<
      (Omit<ResultRow, "teacher"> & { tf: string | null; tl: string | null; restricted: number | null })[]
    >("r.id", "r.skill", "r.score", "r.comment", "r.graded_at", "t.restricted", {
      tf: "t.first_name",
      tl: "t.last_name",
    });
  return rows.map(({ tf, tl, restricted, comment, ...row }) => ({
    ...row,
    comment: restricted === 1 ? null : comment,
    teacher: tl === null || restricted === 1 ? undefined : `${tf ?? ""} ${tl}`,
  }));
}

/** First and last mark in each skill. */
export function progressOf(results: readonly ResultRow[]): readonly Progress[] {
  const skills = new Map<string, Progress>();
  for (const { skill, score } of results) {
    const known = skills.get(skill);
    skills.set(skill, {
      ...{ skill, first: known?.first ?? score, last: score, marks: (known?.marks ?? 0) + 1 },
    });
  }
  return [...skills.values()];
}

export async function productionsOf(knex: Knex, pupilId: number): Promise<readonly Production[]> {
  return knex("sch_production")
    .where("pupil_id", pupilId)
    .orderBy("id")
    .select<Production[]>("title", "body");
}

export interface NewResult {
  readonly skill: string;
  readonly score: number;
  readonly comment: string;
}

/** Marks a pupil. False for whom this viewer may not mark. */
export async function markPupil(
  knex: Knex,
  occasion: Occasion,
  pupilId: number,
  { skill, score, comment }: NewResult,
): Promise<boolean> {
  const { viewer } = occasion;
  if (!mayMark(viewer) || !(await reaches(knex, viewer, pupilId))) return false;
  await knex.transaction(async (transaction) => {
    await transaction("sch_result").insert({
      ...{ id: await nextId(transaction, "sch_result"), pupil_id: pupilId, teacher_id: viewer.id },
      ...{ skill, score, comment: comment === "" ? null : comment, graded_at: occasion.at },
    });
    await note(transaction, occasion, "resultAdded");
  });
  return true;
}

export function mayMark(viewer: Viewer): boolean {
  return viewer.product === "plume" && viewer.role === "teacher";
}
