/**
 * Families of the nursery school: children, parents and who sees whom. A parent is an address and nothing more. Some
 * have several children, one of them in each school; some children have two parents under two roofs.
 */
import { ADDRESS_FORMS, FLOWERS, LAST_NAMES, PARENT_FIRST_NAMES } from "./names.ts";
import { CHILDREN, childAccount, nobody, type SeedAccount } from "./seed-people.ts";
import type { Chance } from "./seed-random.ts";

const FIRST_PARENT = 601;
/** Children and parents of each family, over and over. */
const FAMILIES = [
  { children: 1, parents: 2 },
  { children: 2, parents: 1 },
  { children: 1, parents: 1 },
  { children: 3, parents: 2 },
  { children: 1, parents: 2, separated: true },
  { children: 2, parents: 2, separated: true },
] as const;
const FAMILY_OF_TWO_SCHOOLS = 9;

export interface ParentLink {
  readonly id: number;
  readonly parent_id: number;
  readonly child_id: number;
}

export interface Families {
  readonly children: readonly SeedAccount[];
  readonly parents: readonly SeedAccount[];
  readonly links: readonly ParentLink[];
}

export function families(chance: Chance, taken: Set<string>): Families {
  const children: SeedAccount[] = [];
  const parents: SeedAccount[] = [];
  const links: ParentLink[] = [];
  for (let f = 0; children.length < CHILDREN; f += 1) {
    const family = FAMILIES[f % FAMILIES.length] ?? FAMILIES[0];
    const last = chance.pick(LAST_NAMES);
    const own = Array.from({ length: Math.min(family.children, CHILDREN - children.length) }, (_, c) =>
      childAccount(children.length + c, { lastName: last, school: schoolFor(f, c) }, chance, taken),
    );
    children.push(...own);
    for (let p = 0; p < family.parents; p += 1) {
      const elsewhere = "separated" in family && p === 1;
      const parent = parentAccount(parents.length, elsewhere ? chance.pick(LAST_NAMES) : last, own, chance);
      parents.push(parent);
      for (const child of own) links.push({ id: links.length + 1, parent_id: parent.id, child_id: child.id });
    }
  }
  return { children, parents, links };
}

/** Families live near one school; in one, the second child goes to the other. */
function schoolFor(family: number, child: number): number {
  const near = 1 + (Math.floor(family / FAMILIES.length) % 2);
  return family === FAMILY_OF_TWO_SCHOOLS && child === 1 ? 3 - near : near;
}

/** The number at the end keeps two addresses of one form apart. */
function parentAccount(
  i: number,
  last: string,
  children: readonly SeedAccount[],
  chance: Chance,
): SeedAccount {
  const first = chance.pick(PARENT_FIRST_NAMES);
  const address = (ADDRESS_FORMS[i % ADDRESS_FORMS.length] ?? ADDRESS_FORMS[0])
    .replace("{first}", first)
    .replace("{initial}", first.slice(0, 1))
    .replace("{last}", plainLetters(last))
    .replace("{flower}", chance.pick(FLOWERS))
    .replace("@", `${i + 1}@`);
  return {
    ...nobody,
    ...{ id: FIRST_PARENT + i, login: address, email: address, role: "parent", product: "jardin" },
    school_id: children[0]?.school_id ?? 1,
  };
}

function plainLetters(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replaceAll("œ", "oe")
    .replaceAll(" ", "-")
    .replace(/[^A-Za-z-]/g, "")
    .toLowerCase();
}
