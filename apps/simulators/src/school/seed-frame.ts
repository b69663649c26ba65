/** The frame that people stand in: two schools, two school years, their classes and groups. */

export const LAST_YEAR = 1;
export const THIS_YEAR = 2;

export const SCHOOLS = [
  { id: 1, name: "École primaire de Rivebelle", uai: "0999999A", region: "metropole", mode: "open" },
  {
    ...{ id: 2, name: "Groupe scolaire des Mirabelliers, Metz", uai: "0579901C" },
    ...{ region: "alsace-moselle", mode: "open" },
  },
];

export const YEARS = [
  { id: 1, label: "2025-2026", starts_on: "2025-09-01", ends_on: "2026-08-31", state: "archived" },
  { id: 2, label: "2026-2027", starts_on: "2026-09-01", ends_on: "2027-08-31", state: "open" },
];

export interface SeedClass {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly school_id: number;
  readonly year_id: number;
}

/** The first three are those that the simulated GAR names. */
export const PLUME_CLASSES: readonly SeedClass[] = [
  inClass(1, "900001~CPA", "CP A", "CP", 1),
  inClass(2, "900001~CPB", "CP B", "CP", 1),
  inClass(3, "900001~GSA", "Grande section", "GS", 1),
  inClass(4, "900001~CE1", "CE1 de Ninon Lestrade-Aumont", "CE1", 1),
  inClass(11, "570001~CP", "CP", "CP", 2),
  inClass(12, "570001~CE1", "CE1", "CE1", 2),
  inClass(13, "570001~CE2", "CE2", "CE2", 2),
];

export const JARDIN_CLASSES: readonly SeedClass[] = [
  inClass(21, "RIV-PS", "Petite section", "PS", 1),
  inClass(22, "RIV-MS", "Moyenne section", "MS", 1),
  inClass(23, "RIV-GS", "Grande section des tournesols", "GS", 1),
  inClass(31, "MIR-PS", "Petite section", "PS", 2),
  inClass(32, "MIR-MS", "Moyenne section", "MS", 2),
  inClass(33, "MIR-GS", "Grande section", "GS", 2),
];

/** Where the children of this year's middle and upper sections were last year: this year's class → last year's. */
export const CLASSES_BEFORE: ReadonlyMap<number, SeedClass> = new Map([
  [22, inClass(71, "RIV-PS-25", "Petite section 2025", "PS", 1, LAST_YEAR)],
  [23, inClass(72, "RIV-MS-25", "Moyenne section 2025", "MS", 1, LAST_YEAR)],
  [32, inClass(81, "MIR-PS-25", "Petite section 2025", "PS", 2, LAST_YEAR)],
  [33, inClass(82, "MIR-MS-25", "Moyenne section 2025", "MS", 2, LAST_YEAR)],
]);

export const CLASSES: readonly SeedClass[] = [
  ...PLUME_CLASSES,
  ...JARDIN_CLASSES,
  ...CLASSES_BEFORE.values(),
];

/** Two groups in each class of Plume. */
export const GROUPS = PLUME_CLASSES.flatMap((cls, c) =>
  ["Lecture 1", "Lecture 2"].map((name, g) => ({ id: c * 2 + g + 1, class_id: cls.id, name })),
);

export function schoolOf(classId: number): number {
  return CLASSES.find(({ id }) => id === classId)?.school_id ?? 1;
}

function inClass(
  ...[id, code, name, level, school, year]: readonly [number, string, string, string, number, number?]
): SeedClass {
  return { id, code, name, level, school_id: school, year_id: year ?? THIS_YEAR };
}
