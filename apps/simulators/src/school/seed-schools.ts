/** The four schools of the demonstration, their years, classes and groups. */
import type { Product } from "./roles.ts";

export interface SeedSchool {
  readonly id: number;
  readonly uai: string;
  readonly name: string;
  readonly place: string;
  /** As the calendar of working days names it. */
  readonly region: "metropole" | "alsaceMoselle";
  readonly product: Product;
  readonly year_id: number;
  readonly mode: "open";
}

export const years = [
  { id: 1, label: "2025-2026", starts_on: "2025-09-01", ends_on: "2026-07-04" },
  { id: 2, label: "2026-2027", starts_on: "2026-09-01", ends_on: "2027-07-03" },
] as const;
const [PAST, NOW] = [1, 2];

const running = { year_id: NOW, mode: "open" } as const;

export const schools: readonly SeedSchool[] = [
  {
    ...{ id: 1, uai: "0999999A", name: "École élémentaire du Tableau noir", place: "Paris" },
    ...{ region: "metropole", product: "plume", ...running },
  },
  {
    ...{ id: 2, uai: "0579901C", name: "École maternelle des Mirabelliers", place: "Metz" },
    ...{ region: "alsaceMoselle", product: "jardin", ...running },
  },
  {
    ...{ id: 3, uai: "0359903Z", name: "École maternelle des Bruyères", place: "Rennes" },
    ...{ region: "metropole", product: "jardin", ...running },
  },
  {
    ...{ id: 4, uai: "0579904F", name: "École élémentaire de la Cigogne", place: "Thionville" },
    ...{ region: "alsaceMoselle", product: "plume", ...running },
  },
];

export interface SeedClass {
  readonly id: number;
  readonly school_id: number;
  readonly year_id: number;
  readonly code: string;
  readonly name: string;
  readonly level: string;
  /** Pupils in it. */
  readonly size: number;
}

const PREFIXES: Readonly<Record<number, string>> = { 1: "900001", 2: "900002", 3: "900003", 4: "900004" };

function cls(id: number, school_id: number, name: string, level: string, size: number, code = level) {
  return { id, school_id, year_id: NOW, code: `${PREFIXES[school_id] ?? ""}~${code}`, name, level, size };
}

/** Of this year. The codes of the first three are those that the GAR simulator sends. */
export const classes: readonly SeedClass[] = [
  cls(1, 1, "CP A", "CP", 24, "CPA"),
  cls(2, 1, "CP B", "CP", 24, "CPB"),
  cls(3, 1, "Grande section", "GS", 24, "GSA"),
  cls(4, 1, "CE1", "CE1", 24),
  cls(5, 1, "CE2", "CE2", 24),
  cls(6, 4, "CP", "CP", 20),
  cls(7, 4, "CE1", "CE1", 20),
  cls(8, 4, "CE2", "CE2", 20),
  cls(9, 2, "Toute petite section", "TPS", 14),
  cls(10, 2, "Petite section", "PS", 20),
  cls(11, 2, "Moyenne section", "MS", 20),
  cls(12, 2, "Grande section", "GS", 18),
  cls(13, 3, "Petite section", "PS", 16),
  cls(14, 3, "Moyenne section", "MS", 16),
  cls(15, 3, "Grande section", "GS", 16),
];

/** Levels of a nursery school, youngest first; after the last one children leave for another school. */
export const nurseryLevels = ["TPS", "PS", "MS", "GS"] as const;

/** Last year's classes of the nursery schools, by this year's class of the children who were in them. */
export const pastClasses: readonly (SeedClass & { readonly nowIn: number })[] = classes
  .filter(({ school_id }) => schools.find(({ id }) => id === school_id)?.product === "jardin")
  .flatMap((now, i, all) => {
    const before = all[i - 1];
    if (before?.school_id !== now.school_id) return [];
    return [{ ...before, id: before.id + 20, year_id: PAST, nowIn: now.id }];
  });

/** Two reading groups in each class of Plume. */
export const groups = classes
  .filter(({ school_id }) => schools.find(({ id }) => id === school_id)?.product === "plume")
  .flatMap(({ id }) => [1, 2].map((n) => ({ id: id * 2 + n, class_id: id, name: `Lecture ${n}` })));
