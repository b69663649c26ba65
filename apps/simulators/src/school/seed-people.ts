/** Accounts of the seed: staff, teachers of the GAR, 300 pupils, their parents, and who belongs to whom. */
import { garPeople } from "../gar/people.ts";
import type { Chance } from "./chance.ts";
import { addressBeginnings, firstNames, lastNames } from "./names.ts";
import { type AccountKind, heldColumns, type PersonalColumn, personalColumns } from "./roles.ts";
import { classes, pastClasses, schools } from "./seed-schools.ts";
import { staff } from "./staff.ts";

export interface SeedAccount extends Readonly<Record<PersonalColumn, string | null>> {
  readonly id: number;
  readonly role: string;
  readonly school_id: number | null;
}
export interface SeedPupil {
  readonly account: SeedAccount;
  readonly classId: number;
  readonly schoolId: number;
}
export interface SeedPeople {
  readonly teachers: readonly SeedAccount[];
  readonly administrators: readonly SeedAccount[];
  readonly pupils: readonly SeedPupil[];
  readonly children: readonly SeedPupil[];
  readonly parents: readonly SeedAccount[];
  readonly links: readonly { readonly id: number; readonly parent_id: number; readonly child_id: number }[];
  readonly enrolments: readonly Readonly<Record<"id" | "pupil_id" | "class_id", number>>[];
}

const FIRST = { pupil: 101, child: 301, parent: 501 };
/** Children of the same household are so many places apart. */
const SIBLINGS_APART = 80;
const YEAR_END = "2026-07-04T00:00:00.000Z";

/** An account with what annex B lists for its kind, whatever else is known of the person. */
function account(
  kind: AccountKind,
  fixed: { readonly id: number; readonly role: string; readonly school_id: number | null },
  known: Partial<Record<PersonalColumn, string>>,
): SeedAccount {
  const held = new Set<PersonalColumn>(heldColumns[kind]);
  const columns = personalColumns.map(
    (name) => [name, held.has(name) ? (known[name] ?? null) : null] as const,
  );
  return {
    ...fixed,
    ...(Object.fromEntries(columns) as Record<PersonalColumn, string | null>),
    ...{ restricted: 0, created_at: "2026-08-31T07:00:00.000Z" },
  };
}

const device = (chance: Chance) =>
  JSON.stringify({ langue: "fr", texte: chance.pick(["normal", "grand"]), son: chance.percent(70) });

export function seedPeople(chance: Chance): SeedPeople {
  const pupils = enrolled("plume", chance);
  const children = enrolled("jardin", chance);
  const links = linksOf(children);
  const parents = parentsOf(links, children, chance);
  const own = staffAccounts(chance);
  return {
    teachers: [...garTeachers(chance), ...own.filter(({ role }) => role === "teacher")],
    administrators: own.filter(({ role }) => role === "administrator"),
    ...{ pupils, children, parents, links, enrolments: enrolmentsOf(pupils, children) },
  };
}

function garTeachers(chance: Chance): readonly SeedAccount[] {
  return garPeople
    .filter((person) => person.inSchool)
    .map((person, i) =>
      account(
        "plume.gar.teacher",
        { id: 11 + i, role: "teacher", school_id: 1 },
        {
          ...{ login: person.login, first_name: person.firstName, last_name: person.lastName },
          ...{ email: person.email ?? "", gar_id: person.ido, profile: "personne enseignante" },
          ...{ last_ip: `192.0.2.${10 + i}`, device_settings: device(chance) },
        },
      ),
    );
}

function staffAccounts(chance: Chance): readonly SeedAccount[] {
  return staff.map(({ id, school_id, role, says, telephone, ...names }) => {
    const product = schools.find((school) => school.id === school_id)?.product ?? "plume";
    return account(
      `${product}.${role}`,
      { id, role, school_id },
      {
        ...names,
        ...{
          email: `${names.login.slice(4)}@ecole-${school_id}.example`,
          profile: says,
          professional_data: says,
        },
        ...(telephone === undefined ? {} : { telephone }),
        ...{ last_ip: `192.0.2.${id + 20}`, device_settings: device(chance) },
      },
    );
  });
}

function enrolled(product: "plume" | "jardin", chance: Chance): readonly SeedPupil[] {
  const role = product === "plume" ? "pupil" : "child";
  const own = classes.filter(
    ({ school_id }) => schools.find(({ id }) => id === school_id)?.product === product,
  );
  const places = own.flatMap(({ id, school_id, size }) =>
    Array.from({ length: size }, () => ({ classId: id, schoolId: school_id })),
  );
  const found: SeedPupil[] = [];
  for (const [i, place] of places.entries()) {
    const sibling = role === "child" ? found[i - SIBLINGS_APART]?.account : undefined;
    const namesake = NAMESAKES[FIRST[role] + i];
    const known = {
      login: `${role === "pupil" ? "eleve" : "enfant"}${String(i + 1).padStart(3, "0")}`,
      first_name: namesake?.[0] ?? chance.pick(firstNames),
      last_name: namesake?.[1] ?? sibling?.last_name ?? chance.pick(lastNames),
      birth_date: birthDate(classes.find(({ id }) => id === place.classId)?.level ?? "", chance),
      handedness: chance.percent(12) ? "gaucher" : "droitier",
      ...(role === "pupil" ? { last_ip: `198.51.100.${1 + (i % 200)}` } : {}),
      device_settings: device(chance),
    };
    found.push({
      account: account(
        `${product}.${role}` as AccountKind,
        { id: FIRST[role] + i, role, school_id: null },
        known,
      ),
      ...place,
    });
  }
  return found;
}

/** Different people of one name: in one school, and one in each product. */
const NAMESAKES: Readonly<Record<number, readonly [string, string]>> = {
  102: ["Maëlle-Rose", "d'Arsac"],
  150: ["Maëlle-Rose", "d'Arsac"],
  103: ["Jean-Éloi", "L'Hévéder"],
  302: ["Jean-Éloi", "L'Hévéder"],
};

const AGES: Readonly<Record<string, number>> = { TPS: 2, PS: 3, MS: 4, GS: 5, CP: 6, CE1: 7, CE2: 8 };

function birthDate(level: string, chance: Chance): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const year = 2026 - (AGES[level] ?? 6);
  return `${year}-${two(1 + Math.floor(chance.next() * 12))}-${two(1 + Math.floor(chance.next() * 28))}`;
}

/**
 * Two parents a household, one in every seventh. Their addresses have nothing in common: whether two parents live
 * together is nothing that annex B lists.
 */
function linksOf(children: readonly SeedPupil[]): SeedPeople["links"] {
  let id = 0;
  return children.flatMap(({ account: child }, i) => {
    const household = i % SIBLINGS_APART;
    const both = household % 7 === 6 ? [0] : [0, 1];
    return both.map((n) => ({ id: ++id, parent_id: FIRST.parent + household * 2 + n, child_id: child.id }));
  });
}

function parentsOf(
  links: SeedPeople["links"],
  children: readonly SeedPupil[],
  chance: Chance,
): readonly SeedAccount[] {
  return [...new Set(links.map(({ parent_id }) => parent_id))].map((id) => {
    const child = children.find(({ account: { id: of } }) =>
      links.some(({ parent_id, child_id }) => parent_id === id && child_id === of),
    )?.account;
    const number = id - FIRST.parent + 1;
    const named = (id - FIRST.parent) % 2 === 0;
    const local = named
      ? `${chance.pick(INITIALS)}.${plain(child?.last_name ?? "")}${number}`
      : `${chance.pick(addressBeginnings)}${number}`;
    const email = `${local}@${named ? "courriel.example" : "foyer.example"}`;
    return account("jardin.parent", { id, role: "parent", school_id: null }, { email });
  });
}

const INITIALS = "a b c d e f g h j l m n p r s t v y".split(" ");

/** As an address has a name: no accent, no sign. */
function plain(name: string): string {
  return (
    name
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z]/g, "") || "parent"
  );
}

function enrolmentsOf(
  pupils: readonly SeedPupil[],
  children: readonly SeedPupil[],
): SeedPeople["enrolments"] {
  let id = 0;
  const now = [...pupils, ...children].map(({ account: { id: pupil_id }, classId }) => ({
    ...{ id: ++id, pupil_id, class_id: classId, until: null },
  }));
  // One week in Metz, one in Rennes: a child of two schools, with one account.
  const second = { id: ++id, pupil_id: FIRST.child + TWO_SCHOOLS, class_id: 13, until: null };
  const past = children.flatMap(({ account: { id: pupil_id }, classId }) =>
    pastClasses
      .filter(({ nowIn }) => nowIn === classId)
      .map((cls) => ({ id: ++id, pupil_id, class_id: cls.id, until: YEAR_END })),
  );
  return [...now, second, ...past];
}

const TWO_SCHOOLS = 15; // enfant016, in the first school's class of the same level
