/** Periods as typed values: `hours(24)`, `workingDays(7)`, `months(6)`. How each is counted is said in `deadline.ts`. */

export const durationUnits = ["hours", "days", "workingDays", "months", "years"] as const;
export type DurationUnit = (typeof durationUnits)[number];

export interface Duration {
  readonly unit: DurationUnit;
  /** A whole number, 1 to 9,999. */
  readonly amount: number;
}

/** `binds`: it binds whoever must act, and is never later than the law's instant. `right`: it is open to somebody, and never earlier. */
export type Rounding = "binds" | "right";

const SHAPE = /^(hours|days|workingDays|months|years)\(([1-9]\d{0,3})\)$/;

/** The duration that a text such as `months(6)` says; undefined when it says none. */
export function parseDuration(text: string): Duration | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  return { unit: match[1] as DurationUnit, amount: Number(match[2]) };
}

/** `months(6)`, as in the file. */
export function formatDuration(duration: Duration): string {
  return `${duration.unit}(${duration.amount})`;
}
