/**
 * Invented people and a year of school life, the same for the same seed. The teachers are those of the GAR simulator,
 * so that a person who signs in through it finds an account here.
 */

import type { Knex } from "knex";
import { garPeople } from "../gar/people.ts";

const FIRST_NAMES = [
  "Alix",
  "Noé",
  "Inès",
  "Gaël",
  "Maïa",
  "Côme",
  "Élise",
  "Zoé",
  "Loïc",
  "Anaïs",
  "Théo",
  "Héloïse",
];
const LAST_NAMES = [
  "Bréval",
  "Dauniou",
  "d'Arsac",
  "L'Hévéder",
  "Morvénec",
  "Quéran",
  "Sablonel",
  "Tréguen",
  "Vauxière",
];
const SKILLS = ["Reconnaître les lettres", "Tracer une boucle", "Compter jusqu'à trente", "Lire une syllabe"];
const CLASSES = [
  { id: 1, code: "900001~CPA", name: "CP A", level: "CP" },
  { id: 2, code: "900001~CPB", name: "CP B", level: "CP" },
  { id: 3, code: "900001~GSA", name: "Grande section", level: "GS" },
];
const PUPILS_A_CLASS = 8;
const FIRST_PUPIL = 101;

/** Fills an empty school; leaves a school that has accounts as it is. Returns the number of accounts. */
export async function seedSchool(knex: Knex, seed = 20261123): Promise<number> {
  const existing = await knex("sch_account").count({ n: "*" }).first();
  if (Number(existing?.["n"] ?? 0) > 0) return Number(existing?.["n"]);
  const random = mulberry32(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const teachers = teacherAccounts();
  const pupils = Array.from({ length: CLASSES.length * PUPILS_A_CLASS }, (_, i) => pupilAccount(i, pick));
  await knex("sch_class").insert(CLASSES);
  await knex("sch_account").insert([...teachers, ...pupils]);
  await knex("sch_teaching").insert(
    teachers.flatMap((teacher, t) =>
      CLASSES.filter((_, c) => t === 0 || c === t % CLASSES.length).map((cls) => ({
        id: t * 10 + cls.id,
        teacher_id: teacher.id,
        class_id: cls.id,
      })),
    ),
  );
  await seedWork(knex, teachers, pupils, pick, random);
  return teachers.length + pupils.length;
}

function teacherAccounts() {
  return garPeople
    .filter((person) => person.inSchool)
    .map((person, i) => ({
      id: 11 + i,
      login: person.login,
      first_name: person.firstName,
      last_name: person.lastName,
      email: person.email ?? null,
      telephone: `01 99 00 ${String(10 + i)} 42`,
      birth_date: null,
      handedness: null,
      role: "teacher",
      gar_id: person.ido,
      class_id: null,
      last_ip: `192.0.2.${10 + i}`,
      created_at: "2026-08-31T07:00:00.000Z",
    }));
}

function pupilAccount(i: number, pick: <T>(list: readonly T[]) => T) {
  return {
    id: FIRST_PUPIL + i,
    login: `eleve${String(i + 1).padStart(3, "0")}`,
    first_name: pick(FIRST_NAMES),
    last_name: pick(LAST_NAMES),
    email: null,
    telephone: null,
    birth_date: `2020-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + ((i * 7) % 28)).padStart(2, "0")}`,
    handedness: pick(["droitier", "gaucher"]),
    role: "pupil",
    gar_id: null,
    class_id: 1 + Math.floor(i / PUPILS_A_CLASS),
    last_ip: null,
    created_at: "2026-09-01T07:00:00.000Z",
  };
}

interface SeedAccount {
  readonly id: number;
  readonly login: string;
  readonly first_name: string;
  readonly last_name: string;
}

async function seedWork(
  knex: Knex,
  teachers: readonly SeedAccount[],
  pupils: readonly SeedAccount[],
  pick: <T>(list: readonly T[]) => T,
  random: () => number,
): Promise<void> {
  const results = pupils.flatMap((pupil, p) =>
    SKILLS.map((skill, s) => {
      const teacher = pick(teachers);
      return {
        id: p * SKILLS.length + s + 1,
        pupil_id: pupil.id,
        teacher_id: teacher.id,
        skill,
        score: Math.round(random() * 20),
        comment: random() < 0.3 ? `Vu avec ${teacher.first_name} ${teacher.last_name} : à revoir.` : null,
        graded_at: at(p * 5 + s),
      };
    }),
  );
  await knex.batchInsert("sch_result", results, 50);
  await knex("sch_production").insert(
    pupils.map((pupil, p) => ({
      id: p + 1,
      pupil_id: pupil.id,
      title: "Ma première dictée",
      body: `Je m'appelle ${pupil.first_name}. Le chat dort sur le mur.`,
    })),
  );
  const staff = [...teachers];
  await knex("sch_message").insert(
    Array.from({ length: 12 }, (_, m) => {
      const from = staff[m % staff.length] as SeedAccount;
      const to = staff[(m + 1) % staff.length] as SeedAccount;
      return {
        id: m + 1,
        from_id: from.id,
        to_id: to.id,
        body: `Bonjour ${to.first_name}, on se voit lundi ?`,
        sent_at: at(m),
      };
    }),
  );
  await knex("sch_file").insert(
    staff.map((teacher, t) => ({
      id: t + 1,
      owner_id: teacher.id,
      name: `progression-${teacher.login}.txt`,
      size: 44,
      content: `Progression de ${teacher.first_name} ${teacher.last_name}, année 2026`,
    })),
  );
  const everybody = [...teachers, ...pupils];
  await knex.batchInsert(
    "sch_activity_log",
    Array.from({ length: 240 }, (_, l) => {
      const who = everybody[l % everybody.length] as SeedAccount;
      return {
        id: l + 1,
        at: at(l),
        account_id: who.id,
        action: pick(["signedIn", "resultViewed", "fileDownloaded"]),
        ip: `192.0.2.${String(10 + (l % 40))}`,
        detail: JSON.stringify({ login: who.login, account: who.id }),
      };
    }),
    50,
  );
}

function at(n: number): string {
  return new Date(Date.UTC(2026, 8, 1, 7) + n * 5_400_000).toISOString();
}

/** A small seeded source of numbers in [0, 1), so that every copy of the demo school is the same. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
