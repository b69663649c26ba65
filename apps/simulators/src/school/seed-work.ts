/** What people made and did: results and productions, requests for support, files, the log of actions. */
import { PLUME_SKILLS } from "./names.ts";
import type { SeedAccount } from "./seed-people.ts";
import { type Chance, hoursIn } from "./seed-random.ts";

interface Teaching {
  readonly teacher_id: number;
  readonly class_id: number;
}
export interface SeedCrowd {
  readonly staff: readonly SeedAccount[];
  readonly pupils: readonly SeedAccount[];
  readonly children: readonly SeedAccount[];
  readonly teachings: readonly Teaching[];
}

const LOG_ROWS = 900;

/** Who may have written of this pupil: the teachers of the class. */
export function teachersOf(
  { staff, teachings }: Pick<SeedCrowd, "staff" | "teachings">,
  pupil: SeedAccount,
): readonly SeedAccount[] {
  const ids = new Set(teachings.filter((t) => t.class_id === pupil.class_id).map((t) => t.teacher_id));
  return staff.filter(({ id }) => ids.has(id));
}

export function results(crowd: SeedCrowd, chance: Chance) {
  return crowd.pupils.flatMap((pupil, p) =>
    PLUME_SKILLS.map((skill, s) => {
      const teacher = chance.pick(teachersOf(crowd, pupil));
      return {
        ...{ id: p * PLUME_SKILLS.length + s + 1, pupil_id: pupil.id, teacher_id: teacher.id, skill },
        score: Math.round(chance.next() * 20),
        comment:
          chance.next() < 0.3 ? `Vu avec ${teacher.first_name} ${teacher.last_name} : à revoir.` : null,
        graded_at: hoursIn((p * PLUME_SKILLS.length + s) * 1.5),
      };
    }),
  );
}

export function productions({ pupils, children }: SeedCrowd) {
  const dictations = pupils.map((pupil) => ({
    ...{ pupil_id: pupil.id, title: "Ma première dictée" },
    body: `Je m'appelle ${pupil.first_name}. Le chat dort sur le mur.`,
  }));
  const drawings = children.map((child) => ({
    ...{ pupil_id: child.id, title: "Dessin du bonhomme" },
    body: `Dessin de ${child.first_name} ${child.last_name}, au feutre, dicté à l'adulte : « C'est moi dans la cour. »`,
  }));
  return [...dictations, ...drawings].map((row, i) => ({ id: i + 1, ...row }));
}

/** Support goes by way of each product's administrators; pupils, children and parents have no part in it. */
export function messages({ staff, pupils }: SeedCrowd) {
  const teachers = staff.filter(({ role }) => role === "teacher");
  return teachers.flatMap((from, m) => {
    const to = staff.find(
      ({ role, product, school_id }) =>
        role === "administrator" && product === from.product && school_id === from.school_id,
    );
    if (to === undefined) return [];
    const pupil = pupils[m * 11 + 40];
    const asked =
      pupil === undefined || from.product === "jardin"
        ? `Bonjour ${to.first_name}, la tablette de la classe ne s'allume plus.`
        : `Bonjour ${to.first_name}, le compte de ${pupil.first_name} ${pupil.last_name} ne s'ouvre plus.`;
    const answered = `Bonjour ${from.first_name} ${from.last_name}, c'est réparé. ${to.first_name} ${to.last_name}`;
    return [
      { id: m * 2 + 1, from_id: from.id, to_id: to.id, body: asked, sent_at: hoursIn(m * 7) },
      { id: m * 2 + 2, from_id: to.id, to_id: from.id, body: answered, sent_at: hoursIn(m * 7 + 3) },
    ];
  });
}

export function files({ staff }: SeedCrowd) {
  return staff.map((one, f) => {
    const content = `Progression de ${one.first_name} ${one.last_name}, année 2026`;
    const name = `progression-${one.login}.txt`;
    return { id: f + 1, owner_id: one.id, name, size: Buffer.byteLength(content), content };
  });
}

/** Parents leave no trace here: annex B lists an address for them, and no usage. */
export function activity({ staff, pupils, children }: SeedCrowd, chance: Chance) {
  const everybody = [...staff, ...pupils, ...children];
  return Array.from({ length: LOG_ROWS }, (_, l) => {
    const who = everybody[l % everybody.length] as SeedAccount;
    return {
      ...{ id: l + 1, at: hoursIn(l * 1.5), account_id: who.id },
      action: chance.pick(["signedIn", "resultViewed", "fileDownloaded"]),
      ip: `192.0.2.${String(10 + (l % 40))}`,
      detail: JSON.stringify({ login: who.login, account: who.id }),
    };
  });
}
