/** Invented pupils for releases, and a chance that a seed repeats. */
import type { JsonObject } from "@preau/kernel";
import type { ReleaseRows } from "../src/anonymise-read.ts";
import { type ReleasePlan, releasePlanSchema } from "../src/release-plan.ts";

export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

export interface Pupil extends JsonObject {
  readonly birth: string;
  readonly hand: string;
  readonly level: string;
  readonly grade: number;
}

/** As many as that in so many classes, with dates of birth of their level and grades of about 12. */
export function pupilsOf(count: number, classes: number, seed = 7): readonly Pupil[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, at) => {
    const which = at % classes;
    const level = 6 - (which % 4);
    return {
      birth: `${2014 - (6 - level) - 0}-${String(1 + random(12)).padStart(2, "0")}-${String(1 + random(28)).padStart(2, "0")}`,
      hand: random(8) === 0 ? "left" : "right",
      level: `${level}e ${"ABCDEF"[Math.floor(which / 4)]}`,
      grade: Math.min(20, (random(11) + random(11) + random(41)) / 2),
    };
  });
}

export function of300(): readonly Pupil[] {
  return pupilsOf(300, 6);
}

export function rowsOf(
  rows: readonly Readonly<Record<string, unknown>>[],
  controller = "ctl_1",
): ReleaseRows {
  return {
    controller,
    rows: (async function* () {
      yield* rows;
    })(),
  };
}

export function planOf(over: Readonly<Record<string, unknown>> = {}): ReleasePlan {
  return releasePlanSchema.parse({
    format: "preau.release-plan/1",
    id: "grades-by-hand",
    title: { fr: "Notes selon la main", en: "Grades by hand" },
    purpose: "statistics",
    data: { rows: "onePerPerson" },
    columns: {
      birth: { role: "quasi", as: "birth_year", generalise: { kind: "date", levels: ["year", "fiveYears"] } },
      hand: { role: "quasi", values: ["left", "right"] },
      level: { role: "quasi" },
      grade: { role: "sensitive", generalise: { kind: "bands", widths: [2, 4], from: 6, to: 18 } },
    },
    ...over,
  });
}

/** Rows of each combination of these columns. */
export function classesNoted(
  rows: Iterable<JsonObject>,
  columns: readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = JSON.stringify(columns.map((name) => row[name] ?? null));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
