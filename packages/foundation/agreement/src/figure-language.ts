/** What a language brings to reading figures: its words for numbers, its units, and what is a number and no figure. */
import type { FigureUnit } from "./figure.ts";

/** One of it, in a unit of the rules: a week is seven days. */
export interface UnitWord {
  readonly unit: FigureUnit;
  readonly factor: number;
}

export interface FigureLanguage {
  /** Words for numbers up to a hundred, with 100 and 1,000 as multipliers. */
  readonly numbers: ReadonlyMap<string, number>;
  /** `et` in vingt et un, `and` in a hundred and twenty. */
  readonly and: string;
  /** Whether a number word may follow what has been read so far: dix after soixante, and never after vingt. */
  readonly fits: (soFar: number, next: number) => boolean;
  /** One, where it counts: `un`, `une`; `a`, `an`, `one`. */
  readonly ones: ReadonlySet<string>;
  /** Words that stand between two ends of a range and let the first share the second's unit. */
  readonly range: ReadonlySet<string>;
  readonly units: ReadonlyMap<string, UnitWord>;
  /** Words that may stand between the number and its unit, and before it counts. */
  readonly between: ReadonlyMap<string, "nothing" | Qualifier>;
  /** Words that follow a unit and change it. */
  readonly after: ReadonlyMap<string, Qualifier>;
  /** `et demi`, `and a half`, as words; before or after the unit. */
  readonly half: readonly (readonly string[])[];
  /** What follows `une année`, `a day` when it measures nothing: from one year to the next. */
  readonly idle: RegExp;
  /** What goes before `a day` when it measures nothing: on a working day. */
  readonly idleBefore: ReadonlySet<string>;
  /** `par` an, `a` year, `per` year, `each` year. */
  readonly per: ReadonlySet<string>;
  /** Times: une `fois` par an. */
  readonly times: ReadonlySet<string>;
  /** Once, twice. */
  readonly adverbs: ReadonlyMap<string, number>;
  /** tous les 2 jours, every 2 days. */
  readonly every: readonly (readonly string[])[];
  /** chaque jour, every day: before a unit; quotidien, daily: alone. */
  readonly each: readonly (readonly string[])[];
  readonly rhythms: ReadonlyMap<string, UnitWord>;
  /** chaque nuit, every Monday: what comes once in a day or a week, after `each` alone. */
  readonly moments: ReadonlyMap<string, UnitWord>;
  /** sous huitaine, a fortnight: a number and its unit in one word. */
  readonly spans: ReadonlyMap<string, UnitWord>;
  /** What numbers after it name, and do not measure: article 28, ISO 27001. */
  readonly labels: ReadonlySet<string>;
  /** Nouns that a number word before them does not count: the two parties. */
  readonly uncounted: ReadonlySet<string>;
  /** Dates, times of the day, telephone numbers, round-the-clock. */
  readonly dates: readonly RegExp[];
  /** Whether a point or a comma parts the thousands. */
  readonly thousands: "." | ",";
}

export type Qualifier = "working" | "ouvrable" | "clear" | "school";

export const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Dates and times that both languages write alike. */
export const dates: readonly RegExp[] = [
  /(?<![\d.,/-])(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:t[\d:.z]+)?(?!\d)/g,
  /(?<![\d.,/-])\d{1,2}([/.])\d{1,2}\1(?:19|20)?\d\d(?!\d)/g,
  /(?<![\d.,/-])(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d(?![\d/])/g,
  /(?<![\d.,/-])(?:19|20)\d\d\/\d{1,4}(?!\d)/g,
  /(?<!\d)\d{1,2} ?[:h] ?\d\d(?![\dh])(?! ?[%])/g,
  /(?<!\d)24 ?h?(?:eures|ours)? ?(?:[\/x×]|sur|out of) ?(?:24|7)(?: ?h)?(?!\d)/g,
  /(?<![\d.,/-])[1-7] ?(?:j|jours|days)? ?(?:\/|sur|out of) ?7(?: ?j)?(?![\d/])/g,
  /(?<![\d+])(?:\+\d{2} ?(?:\(0\) ?)?|0)[1-9](?:[ .-]?\d\d){4}(?!\d)/g,
];
