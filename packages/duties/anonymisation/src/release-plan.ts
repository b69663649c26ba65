/**
 * A release plan, `preau.release-plan/1`: where the rows come from, what becomes of each column, and from which figures on
 * the result is anonymised. A column that it does not name is left out. @clause D13.1
 */
import { z } from "zod";

/** What D13.1 allows anonymisation for, in the order of its text. */
const releasePurposes = [
  "statistics",
  "performance",
  "security",
  "improvement",
  "research",
  "development",
] as const;

const text = z.string().trim().min(1).max(200);
const name = z.string().trim().min(1).max(100);
const bilingual = z.strictObject({ fr: text, en: text });
/** A ladder: each step a multiple of the one before, lest two releases at two steps cut each other small. */
const steps = z
  .array(z.number().positive())
  .min(1)
  .max(6)
  .refine((all) => all.every((each, at) => at === 0 || isMultiple(each, all[at - 1] as number)), {
    message: "each step must be a multiple of the one before",
  });

const numbers = z.strictObject({
  kind: z.literal("bands"),
  widths: steps,
  /** Below and from there on, everything is one value: `< 8`, `≥ 18`. */
  from: z.number().optional(),
  to: z.number().optional(),
});
const rounded = z.strictObject({ kind: z.literal("roundDown"), to: steps });
/** Nothing finer than a year: a day of birth beside a class is nearly a name. A school year begins on 1 September. */
const dates = z.strictObject({
  kind: z.literal("date"),
  form: z.enum(["iso", "french", "unixSeconds"]).default("iso"),
  levels: z.union([
    z.tuple([z.literal("schoolYear")]),
    z
      .array(z.enum(["year", "fiveYears", "decade"]))
      .min(1)
      .refine((all) => isAscending(all.map((each) => ["year", "fiveYears", "decade"].indexOf(each))), {
        message: "levels go from the finer to the coarser",
      }),
  ]),
});
const places = z.strictObject({
  kind: z.literal("postcode"),
  levels: z
    .array(z.enum(["department", "region"]))
    .min(1)
    .refine((all) => isAscending(all.map((each) => ["department", "region"].indexOf(each))), {
      message: "levels go from the finer to the coarser",
    }),
});
const groups = z.strictObject({
  kind: z.literal("groups"),
  /** Each level says for a group which values it takes: of the column at first, of the level before then. */
  levels: z
    .array(z.record(name, z.array(name).min(1).max(500)))
    .min(1)
    .max(6),
  /** Group of every other value; without it, rows with another value are left out. */
  otherwise: name.optional(),
});
const generalise = z.discriminatedUnion("kind", [numbers, rounded, dates, places, groups]);

const column = z.strictObject({
  /**
   * `quasi`: others may know it of a person; `sensitive`: what they are not to learn; `open`: of the matter, not of the person
   * (which exercise), and counted as `quasi` all the same.
   */
  role: z.enum(["quasi", "sensitive", "open"]),
  /** Its name in the release. */
  as: name.optional(),
  generalise: generalise.optional(),
  /** The closed list of its values; a row with another value is left out. */
  values: z.array(name).min(1).max(64).optional(),
});

/**
 * The least that may be asked for. k: one in five of a class of 25 is no crowd, five persons are the least of the usual rules
 * of statistical secrecy; l: with one value there is nothing left to learn; entropy 1.4 is a value that holds for nine in ten.
 */
const thresholds = z.strictObject({
  /** Persons that are alike, at least. */
  k: z.int().min(5).max(10_000).default(11),
  /** Values of each sensitive column in a class, at least. */
  l: z.int().min(2).max(100).default(3),
  /** As how many equally frequent values they count, at least. */
  entropy: z.number().min(1.4).max(100).default(2),
  /** Persons that have each sensitive value, at least: a mark that one has alone is known to the class. */
  occurrences: z.int().min(3).max(10_000).default(5),
  /** How far a class may be from the whole, from 0 to 1. */
  t: z.number().min(0.05).max(0.8).default(0.5),
  /** Share of the rows that may be left out: with more, what remains speaks of others than the title says. */
  suppression: z.number().min(0).max(0.5).default(0.2),
});

export const releasePlanSchema = z.strictObject({
  format: z.literal("preau.release-plan/1"),
  id: z.string().regex(/^[a-z][a-z0-9-]{1,63}$/, "an id is of small letters, digits and hyphens"),
  title: bilingual,
  purpose: z.enum(releasePurposes),
  data: z.strictObject({
    /** Of a store: its table, the table's column that refers to the person, the store's id. Of a file: none of them. */
    table: name.optional(),
    by: name.optional(),
    store: name.optional(),
    /** Column by which rows of one person are known, for counting persons alone: it never comes out. */
    person: name.optional(),
    /** Said of rows of which each is about another person. */
    rows: z.literal("onePerPerson").optional(),
  }),
  thresholds: thresholds.prefault({}),
  columns: z.record(name, column),
});

export type ReleasePlan = z.output<typeof releasePlanSchema>;
type ReleaseColumn = ReleasePlan["columns"][string];
export type Thresholds = ReleasePlan["thresholds"];

export interface NamedColumn extends ReleaseColumn {
  /** Name in the source. */
  readonly source: string;
  /** Name in the release. */
  readonly as: string;
}

/** Its columns by the names that they will have; no order of the source comes along. */
export function columnsOf(plan: ReleasePlan): readonly NamedColumn[] {
  return Object.entries(plan.columns)
    .map(([source, each]) => ({ ...each, source, as: each.as ?? source }))
    .sort((a, b) => (a.as < b.as ? -1 : 1));
}

function isMultiple(of: number, step: number): boolean {
  const times = of / step;
  return times > 1 && Math.abs(times - Math.round(times)) < 1e-9;
}

function isAscending(all: readonly number[]): boolean {
  return all.every((each, at) => at === 0 || each > (all[at - 1] as number));
}
