/** The progress books of the nursery school: observations, what parents were shown of them, and the years before. */
import { JARDIN_SKILLS, PUPIL_OF_TWO_SCHOOLS } from "./names.ts";
import type { ParentLink } from "./seed-families.ts";
import { CLASSES_BEFORE, GROUPS, LAST_YEAR, THIS_YEAR } from "./seed-frame.ts";
import type { SeedAccount } from "./seed-people.ts";
import { type Chance, hoursIn } from "./seed-random.ts";
import { type SeedCrowd, teachersOf } from "./seed-work.ts";

const OTHER_CLASS_OF_PUPIL_OF_TWO_SCHOOLS = { 1: 11, 2: 1 } as const;
const LAST_DAY = "2026-07-03T14:30:00.000Z";
const ROLLED_OVER = "2026-08-24T08:00:00.000Z";
/** A year before the same lesson. */
const A_YEAR_OF_HOURS = -364 * 24;

/** Where everybody is, and where children were last year. */
export function enrolments({ pupils, children }: SeedCrowd) {
  const now = [...pupils, ...children].map((one) => row(one.id, one.class_id ?? 1, THIS_YEAR, null));
  const second = pupils
    .filter(({ id }) => id === PUPIL_OF_TWO_SCHOOLS)
    .map(({ id, school_id }) =>
      row(id, OTHER_CLASS_OF_PUPIL_OF_TWO_SCHOOLS[school_id === 1 ? 1 : 2], THIS_YEAR, null),
    );
  const before = children.flatMap((child) => {
    const cls = CLASSES_BEFORE.get(child.class_id ?? 0);
    return cls === undefined ? [] : [row(child.id, cls.id, LAST_YEAR, LAST_DAY)];
  });
  return [...now, ...second, ...before].map((each, i) => ({ id: i + 1, ...each }));
}

function row(pupil_id: number, class_id: number, year_id: number, until: string | null) {
  return { pupil_id, class_id, year_id, until };
}

export function groupMembers({ pupils }: SeedCrowd) {
  return pupils.flatMap((pupil, i) => {
    const groups = GROUPS.filter(({ class_id }) => class_id === pupil.class_id);
    const group = groups[i % groups.length];
    return group === undefined ? [] : [{ id: i + 1, group_id: group.id, pupil_id: pupil.id }];
  });
}

/** The last rollover of each school, as it would be undone: who was moved from where to where. */
export function rollovers({ children }: SeedCrowd) {
  const each = [1, 2].map((school_id) => ({
    ...{ id: school_id, school_id, from_year: LAST_YEAR, to_year: THIS_YEAR },
    ...{ done_at: ROLLED_OVER, undone_at: null },
  }));
  const moves = children
    .flatMap((child) => {
      const cls = CLASSES_BEFORE.get(child.class_id ?? 0);
      return cls === undefined ? [] : [{ child, cls }];
    })
    .map(({ child, cls }, i) => ({
      ...{ id: i + 1, rollover_id: cls.school_id, pupil_id: child.id },
      ...{ from_class: cls.id, to_class: child.class_id },
    }));
  return { rollovers: each, moves };
}

/** This year's book of every child, and last year's, archived, of those who were here. */
export function books({ children }: SeedCrowd) {
  const open = children.map(({ id }) => ({ child_id: id, year_id: THIS_YEAR, state: "open" }));
  const archived = children
    .filter((child) => CLASSES_BEFORE.has(child.class_id ?? 0))
    .map(({ id }) => ({ child_id: id, year_id: LAST_YEAR, state: "archived" }));
  return [...open, ...archived].map((each, i) => ({ id: i + 1, ...each }));
}

export interface SeedObservation {
  readonly id: number;
  readonly child_id: number;
  readonly teacher_id: number;
  readonly year_id: number;
  readonly skill: string;
  readonly body: string;
  readonly observed_at: string;
}

/** Three of this year for every child, two of last year for those who were here. */
export function observations(crowd: SeedCrowd, chance: Chance): readonly SeedObservation[] {
  const all = crowd.children.flatMap((child, c) => {
    const before = CLASSES_BEFORE.has(child.class_id ?? 0) ? 2 : 0;
    return Array.from({ length: 3 + before }, (_, o) => {
      const teacher = chance.pick(teachersOf(crowd, child));
      const [skill, sentence] = JARDIN_SKILLS[(c + o) % JARDIN_SKILLS.length] ?? JARDIN_SKILLS[0];
      return {
        ...{ child_id: child.id, teacher_id: teacher.id, year_id: o < 3 ? THIS_YEAR : LAST_YEAR, skill },
        body: `${sentence.replace("{first}", child.first_name)}${signature(teacher, o)}`,
        observed_at: hoursIn(24 * o * 7 + (c % 40) * 2 + (o < 3 ? 0 : A_YEAR_OF_HOURS)),
      };
    });
  });
  return all.map((each, i) => ({ id: i + 1, ...each }));
}

/** One in three is signed. Ms Vermorel does not sign: a child bears her name, and nobody could tell which of the two is meant. */
function signature(teacher: SeedAccount, o: number): string {
  if (o % 3 !== 0 || teacher.login === "c.vermorel") return "";
  return ` Observé par ${teacher.first_name} ${teacher.last_name}.`;
}

/** Most are shown to each parent of the child, the day after; some were taken back. */
export function shares(
  all: readonly SeedObservation[],
  links: readonly ParentLink[],
  chance: Chance,
): readonly {
  readonly id: number;
  readonly observation_id: number;
  readonly parent_id: number;
  readonly shared_at: string;
  readonly withdrawn_at: string | null;
}[] {
  return all
    .flatMap((observation) => {
      if (chance.next() < 0.2) return [];
      const shared_at = later(observation.observed_at, 26);
      const withdrawn_at = chance.next() < 0.08 ? later(shared_at, 49) : null;
      return links
        .filter(({ child_id }) => child_id === observation.child_id)
        .map(({ parent_id }) => ({ observation_id: observation.id, parent_id, shared_at, withdrawn_at }));
    })
    .map((each, i) => ({ id: i + 1, ...each }));
}

function later(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString();
}
