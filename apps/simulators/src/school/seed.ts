/** Three hundred invented pupils and children, those around them, and two years of school life: the same for the same seed. */
import type { Knex } from "knex";
import { CHOSEN_NAMES } from "./names.ts";
import { books, enrolments, groupMembers, observations, rollovers, shares } from "./seed-books.ts";
import { families } from "./seed-families.ts";
import { CLASSES, GROUPS, SCHOOLS, YEARS } from "./seed-frame.ts";
import { frameOlderSchool } from "./seed-older.ts";
import { pupilAccounts, staffAccounts, teachings } from "./seed-people.ts";
import { seededChance } from "./seed-random.ts";
import { activity, files, messages, productions, results } from "./seed-work.ts";

/** Rows a statement: SQLite takes few values in one. */
const ROWS_AT_ONCE = 40;

/** Fills an empty school; leaves the people of one that has accounts as they are. Returns the number of accounts. */
export async function seedSchool(knex: Knex, seed = 20261123): Promise<number> {
  const existing = await knex("sch_account").count({ n: "*" }).first();
  const found = Number(existing?.["n"] ?? 0);
  if (found > 0) {
    await frameOlderSchool(knex);
    return found;
  }
  const tables = schoolRows(seed);
  await knex.transaction(async (transaction) => {
    for (const [name, rows] of Object.entries(tables)) {
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
        await transaction(name).insert(rows.slice(from, from + ROWS_AT_ONCE));
    }
  });
  return tables.sch_account.length;
}

/** Everything, by table. */
export function schoolRows(seed: number) {
  const chance = seededChance(seed);
  const staff = staffAccounts();
  const taken = new Set(
    [...staff.map((one) => [one.first_name, one.last_name]), ...Object.values(CHOSEN_NAMES)].map((name) =>
      name.join(" "),
    ),
  );
  const pupils = pupilAccounts(chance, taken);
  const { children, parents, links } = families(chance, taken);
  const crowd = { staff, pupils, children, teachings: teachings(staff) };
  const written = observations(crowd, chance);
  const rolled = rollovers(crowd);
  return {
    sch_school: SCHOOLS,
    sch_year: YEARS,
    sch_class: CLASSES,
    sch_group: GROUPS,
    sch_account: [...staff, ...pupils, ...children, ...parents],
    sch_teaching: crowd.teachings,
    sch_group_member: groupMembers(crowd),
    sch_enrolment: enrolments(crowd),
    sch_parent_link: links,
    sch_result: results(crowd, chance),
    sch_production: productions(crowd),
    sch_message: messages(crowd),
    sch_file: files(crowd),
    sch_book: books(crowd),
    sch_observation: written,
    sch_share: shares(written, links, chance),
    sch_rollover: rolled.rollovers,
    sch_rollover_move: rolled.moves,
    sch_activity_log: activity(crowd, chance),
  };
}
