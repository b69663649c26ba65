/**
 * What a change of school year would do in a nursery school, before it does it: every child goes to a class of the next
 * level, and those of the last level leave. Restricted children stay where they are: they may be kept, and nothing more.
 */
import { createHash } from "node:crypto";
import type { Knex } from "knex";
import { nurseryLevels } from "./seed-schools.ts";

interface ClassPlace {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly level: string;
}
interface Move {
  readonly enrolment: number;
  readonly pupil: number;
  readonly from: ClassPlace;
  /** The class of this year whose copy of next year the child goes to; undefined for who leaves. */
  readonly to: ClassPlace | undefined;
}
export interface RolloverPlan {
  readonly school: number;
  readonly year: { readonly id: number; readonly label: string; readonly next: string };
  readonly classes: readonly ClassPlace[];
  readonly moves: readonly Move[];
  /** Restricted children, who are not moved. */
  readonly staying: number;
  /** Of all of the above: what was previewed is what is done, or nothing is. */
  readonly fingerprint: string;
}

export async function planRollover(knex: Knex, schoolId: number): Promise<RolloverPlan | undefined> {
  const year = await knex("sch_school as s")
    .join("sch_year as y", "y.id", "s.year_id")
    .where({ "s.id": schoolId, "s.product": "jardin" })
    .first<{ id: number; label: string } | undefined>("y.id", "y.label");
  if (year === undefined) return undefined;
  const classes = await knex("sch_class")
    .where({ school_id: schoolId, year_id: year.id })
    .orderBy("id")
    .select<ClassPlace[]>("id", "code", "name", "level");
  const children = await knex("sch_enrolment as e")
    .join("sch_account as a", "a.id", "e.pupil_id")
    .whereNull("e.until")
    .whereIn(
      "e.class_id",
      classes.map(({ id }) => id),
    )
    .orderBy("e.id")
    .select<{ id: number; pupil_id: number; class_id: number; restricted: number }[]>(
      "e.id",
      "e.pupil_id",
      "e.class_id",
      "a.restricted",
    );
  const moves = children
    .filter(({ restricted }) => restricted === 0)
    .flatMap(({ id, pupil_id, class_id }) => {
      const from = classes.find((each) => each.id === class_id);
      return from === undefined
        ? []
        : [{ enrolment: id, pupil: pupil_id, from, to: nextClass(from, classes) }];
    });
  const staying = children.length - moves.length;
  const told = JSON.stringify([year.id, classes, moves, staying]);
  return {
    ...{ school: schoolId, year: { ...year, next: nextLabel(year.label) }, classes, moves, staying },
    fingerprint: createHash("sha256").update(told).digest("hex").slice(0, 32),
  };
}

/** Children of one class stay together: its place among the classes of its level says which one is next. */
function nextClass(from: ClassPlace, classes: readonly ClassPlace[]): ClassPlace | undefined {
  const levels: readonly string[] = nurseryLevels;
  const after = levels.includes(from.level) ? levels[levels.indexOf(from.level) + 1] : undefined;
  const next = classes.filter(({ level }) => level === after);
  const place = classes.filter(({ level }) => level === from.level).indexOf(from);
  return next[place % Math.max(1, next.length)];
}

/** `2026-2027` → `2027-2028`. */
function nextLabel(label: string): string {
  return label
    .split("-")
    .map((year) => Number(year) + 1)
    .join("-");
}
