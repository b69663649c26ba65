/** What pupils and teachers did: results, productions, files, support requests, the log. */
import type { Chance } from "./chance.ts";
import { dictations, pupilSkills } from "./names.ts";
import type { SeedRows } from "./seed.ts";
import type { SeedAccount, SeedPeople, SeedPupil } from "./seed-people.ts";
import { classes } from "./seed-schools.ts";

const ACTIONS = ["signedIn", "resultViewed", "fileDownloaded"] as const;
const LOG_ROWS = 900;
const HOUR = 3_600_000;

export function seedWork(people: SeedPeople, chance: Chance): SeedRows {
  return {
    sch_result: results(people, chance),
    sch_production: productions(people, chance),
    sch_message: supportRequests(people),
    sch_file: files(people),
    sch_activity_log: log(people, chance),
  };
}

/** So many hours into the school year. */
export function hour(n: number): string {
  return new Date(Date.UTC(2026, 8, 1, 7) + n * HOUR).toISOString();
}

function results({ pupils, teachers }: SeedPeople, chance: Chance) {
  let id = 0;
  return pupils.flatMap((pupil, p) =>
    pupilSkills.flatMap((skill, s) =>
      [0, 1].map((term) => {
        const teacher = chance.pick(teachersOf(pupil, teachers));
        const name = `${teacher.first_name ?? ""} ${teacher.last_name ?? ""}`;
        return {
          ...{ id: ++id, pupil_id: pupil.account.id, teacher_id: teacher.id, skill },
          score: Math.min(20, 5 + Math.floor(chance.next() * 12) + term * 3),
          comment: chance.percent(20) ? `Vu avec ${name} : à revoir.` : null,
          graded_at: hour(p + s * 190 + term * 900),
        };
      }),
    ),
  );
}

/** A GAR teacher has classes; a teacher of outside the GAR has the school. */
function teachersOf(pupil: SeedPupil, teachers: readonly SeedAccount[]): readonly SeedAccount[] {
  const gar = teachers.filter(({ gar_id }) => gar_id !== null);
  if (pupil.schoolId === 1 && pupil.classId <= 2) return gar.slice(0, 1);
  if (pupil.schoolId === 1 && pupil.classId === 3) return gar.slice(1, 2);
  return teachers.filter(({ gar_id, school_id }) => gar_id === null && school_id === pupil.schoolId);
}

function productions({ pupils, children }: SeedPeople, chance: Chance) {
  const own = (pupil: SeedPupil, i: number) => {
    const name = pupil.account.first_name ?? "";
    const written = pupil.account.role === "pupil";
    return {
      ...{ id: i + 1, pupil_id: pupil.account.id },
      title: written ? "Ma première dictée" : "Mon bonhomme",
      body: written
        ? `Je m'appelle ${name}. ${chance.pick(dictations)}`
        : `${name} a dessiné un bonhomme avec ${2 + Math.floor(chance.next() * 8)} doigts.`,
    };
  };
  return [...pupils, ...children].map(own);
}

/** From teachers to the administrator of their school; pupils and parents have none. */
function supportRequests({ teachers, administrators }: SeedPeople) {
  return teachers.flatMap((from, i) => {
    const to = administrators.find(({ school_id }) => school_id === from.school_id);
    if (to === undefined) return [];
    const body = `Bonjour ${to.first_name ?? ""}, je n'arrive pas à imprimer un bilan. ${from.first_name ?? ""}`;
    const answer = `Bonjour ${from.first_name ?? ""}, on se voit lundi ?`;
    return [
      { id: i * 2 + 1, from_id: from.id, to_id: to.id, body, sent_at: hour(i * 31) },
      { id: i * 2 + 2, from_id: to.id, to_id: from.id, body: answer, sent_at: hour(i * 31 + 2) },
    ];
  });
}

function files({ teachers, pupils, children }: SeedPeople) {
  const owners = [
    ...teachers,
    ...[...pupils, ...children].filter((_, i) => i % 10 === 0).map(({ account }) => account),
  ];
  return owners.map((owner, i) => {
    const name = `${owner.first_name ?? ""} ${owner.last_name ?? ""}`;
    const content = owner.role === "teacher" ? `Progression de ${name}, année 2026` : `Dessin de ${name}`;
    const title = owner.role === "teacher" ? "progression" : "dessin";
    return {
      ...{ id: i + 1, owner_id: owner.id, name: `${title}-${owner.login ?? ""}.txt` },
      ...{ size: Buffer.byteLength(content), content },
    };
  });
}

/** Whoever has connection data in annex B: all but parents. */
function log({ teachers, administrators, pupils, children }: SeedPeople, chance: Chance) {
  const everybody = [
    ...[...teachers, ...administrators].map((who) => ({ who, school: who.school_id })),
    ...[...pupils, ...children].map(({ account, classId }) => ({
      who: account,
      school: classes.find(({ id }) => id === classId)?.school_id ?? null,
    })),
  ];
  return Array.from({ length: LOG_ROWS }, (_, l) => {
    const { who, school } = everybody[l % everybody.length] ?? { who: undefined, school: null };
    return {
      ...{ id: l + 1, at: hour(l * 2), school_id: school, account_id: who?.id ?? 0 },
      action: chance.pick(ACTIONS),
      ip: `192.0.2.${String(10 + (l % 40))}`,
      detail: JSON.stringify({ login: who?.login, account: who?.id }),
    };
  });
}
