/** A school of the release before: it keeps its people, who are put into the schools and years that it did not have. */
import type { Knex } from "knex";
import { SCHOOLS, THIS_YEAR, YEARS } from "./seed-frame.ts";

const ONLY_SCHOOL = 1;

/** Adds what is missing around the people of an older school. Nothing where there is a school already. */
export async function frameOlderSchool(knex: Knex): Promise<void> {
  const known = await knex("sch_school").first("id");
  if (known !== undefined) return;
  await knex.transaction(async (transaction) => {
    await transaction("sch_school").insert(SCHOOLS);
    await transaction("sch_year").insert(YEARS);
    await transaction("sch_class").whereNull("school_id").update({ school_id: ONLY_SCHOOL });
    await transaction("sch_class").whereNull("year_id").update({ year_id: THIS_YEAR });
    await transaction("sch_account").whereNull("school_id").update({ school_id: ONLY_SCHOOL });
    const pupils = await transaction("sch_account")
      .where("role", "pupil")
      .whereNotNull("class_id")
      .orderBy("id")
      .select<{ id: number; class_id: number }[]>("id", "class_id");
    for (const [i, { id, class_id }] of pupils.entries())
      await transaction("sch_enrolment").insert({
        ...{ id: i + 1, pupil_id: id, class_id, year_id: THIS_YEAR, until: null },
      });
  });
}
