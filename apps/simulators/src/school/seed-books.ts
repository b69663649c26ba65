/** Progress books of the nursery schools: last year's, archived, and this year's; what of them parents may see. */
import type { Chance } from "./chance.ts";
import { childSkills, observations } from "./names.ts";
import type { SeedRows } from "./seed.ts";
import type { SeedPeople, SeedPupil } from "./seed-people.ts";
import { pastClasses } from "./seed-schools.ts";
import { hour } from "./seed-work.ts";

const HOURS_A_YEAR = 365 * 24;

export function seedBooks({ children, teachers, links }: SeedPeople, chance: Chance): SeedRows {
  let id = 0;
  const observe = (child: SeedPupil, year: 1 | 2, hours: number) => ({
    ...{ id: ++id, child_id: child.account.id },
    teacher_id: chance.pick(teachers.filter(({ school_id }) => school_id === child.schoolId)).id,
    ...{ school_id: child.schoolId, year_id: year, skill: chance.pick(childSkills) },
    body: chance.pick(observations).replace("%", child.account.first_name ?? ""),
    observed_at: hour(hours),
  });
  const written = children.flatMap((child, i) => [
    ...(pastClasses.some(({ nowIn }) => nowIn === child.classId)
      ? [0, 1].map((n) => observe(child, 1, 700 * (n + 1) + i - HOURS_A_YEAR))
      : []),
    ...[0, 1, 2].map((n) => observe(child, 2, 400 * n + i * 2)),
  ]);
  let shares = 0;
  const shared = written.flatMap((observation) => {
    if (!chance.percent(60)) return [];
    return links
      .filter(({ child_id }) => child_id === observation.child_id)
      .map(({ parent_id }) => ({
        ...{ id: ++shares, observation_id: observation.id, parent_id, shared_at: observation.observed_at },
        withdrawn_at: chance.percent(6) ? hour(1500 + shares / 4) : null,
      }));
  });
  return { sch_observation: written, sch_share: shared };
}
