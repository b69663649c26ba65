/** A figure of the text, with its place; and what makes two figures the same. */
import { type Duration, type DurationUnit, durationUnits } from "@preau/calendar";

/**
 * Units of the rules; and some that no rule can have, because the law counts them in another way: `ouvrableDays` (every
 * day but the weekly day of rest and public holidays), `clearDays` (neither the first nor the last counts) and
 * `workingHours`.
 */
export type FigureUnit =
  | DurationUnit
  | "megabytes"
  | "characters"
  | "percent"
  | "things"
  | "ouvrableDays"
  | "clearDays"
  | "workingHours";

export interface Amount {
  readonly unit: FigureUnit;
  /** Not always whole: a text may say 99.9 %. */
  readonly amount: number;
}

export interface Figure extends Amount {
  /** Undefined before the first heading. */
  readonly clause: string | undefined;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly end: { readonly line: number; readonly column: number };
  /** Offsets in the visible text of its section. */
  readonly span: { readonly from: number; readonly to: number };
  /** As the text has it, on one line. */
  readonly says: string;
  /** `every two weeks`: how often, not how long. */
  readonly frequency: boolean;
  /** Weak: `every day`, `a copy`. It can say a rule's figure, and asks for none. */
  readonly weak: boolean;
  /** A second reading: once a year is one time, and every year. */
  readonly or?: Amount;
  /** What the digits beside the words say instead: seven (10) days. */
  readonly beside?: number;
  /** Clauses that the same sentence names. */
  readonly names: readonly string[];
}

/**
 * The same key for figures that are the same in law: a year is twelve months, a week seven days. A day is not 24
 * hours, and working days are a count of their own.
 */
export function keyOf({ unit, amount }: Amount): string {
  return unit === "years" ? `months ${amount * 12}` : `${unit} ${amount}`;
}

/** The dimension: figures of one can be held against each other. */
export function kindOf({ unit }: Amount): "time" | FigureUnit {
  const timed: readonly string[] = [...durationUnits, "ouvrableDays", "clearDays", "workingHours"];
  return timed.includes(unit) ? "time" : unit;
}

/** The period that a figure says, when a rule can have it. */
export function periodOf({ unit, amount }: Amount): Duration | undefined {
  const known = durationUnits.find((each) => each === unit);
  const fits = Number.isInteger(amount) && amount >= 1 && amount <= 9_999;
  return known !== undefined && fits ? { unit: known, amount } : undefined;
}
