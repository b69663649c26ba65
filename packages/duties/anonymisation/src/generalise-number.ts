/** Numbers in bands or rounded down. Numbers written as text are read, with a point or a decimal comma. */
import { type Ladder, type Raw, UNREADABLE } from "./generalise-ladder.ts";

export interface Bands {
  readonly widths: readonly number[];
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const WRITTEN = /^[+-]?\d{1,15}(?:[.,]\d{1,12})?$/;
/** Of a division of decimal fractions: 0.3 by 0.1 is three. */
const SLACK = 1e-9;
const BELOW = "below";
const ABOVE = "above";

export function bandLadder({ widths, from, to }: Bands): Ladder {
  const origin = from ?? 0;
  return {
    height: widths.length,
    base: (value) => {
      const number = numberOf(value);
      if (typeof number !== "number") return number;
      if (from !== undefined && number < from) return BELOW;
      if (to !== undefined && number >= to) return ABOVE;
      return stepIn(number - origin, widths[0] as number);
    },
    at: (level, base) => {
      if (base === BELOW) return `x < ${from}`;
      if (base === ABOVE) return `x ≥ ${to}`;
      const low = lowOf(base as number, widths, level) + origin;
      const high = low + (widths[level] as number);
      return `${clean(low)} ≤ x < ${clean(to === undefined ? high : Math.min(high, to))}`;
    },
  };
}

export function roundLadder(to: readonly number[]): Ladder {
  return {
    height: to.length,
    base: (value) => {
      const number = numberOf(value);
      return typeof number === "number" ? stepIn(number, to[0] as number) : number;
    },
    at: (level, base) => clean(lowOf(base as number, to, level)),
  };
}

/** The number, null where there is none. */
function numberOf(value: Raw): number | null | typeof UNREADABLE {
  if (value === null || typeof value === "number") return value;
  if (typeof value === "boolean") return UNREADABLE;
  const text = value.normalize("NFKC").trim();
  if (text === "") return null;
  return WRITTEN.test(text) ? Number(text.replace(",", ".")) : UNREADABLE;
}

/** Which step of this width it falls in; never -0. */
function stepIn(number: number, width: number): number {
  return Math.floor(number / width + SLACK) + 0;
}

function lowOf(step: number, widths: readonly number[], level: number): number {
  const [finest, width] = [widths[0] as number, widths[level] as number];
  return stepIn(step, Math.round(width / finest)) * width;
}

function clean(number: number): number {
  return Number(number.toPrecision(12)) + 0;
}
