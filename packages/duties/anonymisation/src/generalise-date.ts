/** Dates as years, spans of years or school years. Never finer. Unix seconds are read in UTC. */
import { type Ladder, type Raw, UNREADABLE } from "./generalise-ladder.ts";

export interface Dates {
  readonly form: "iso" | "french" | "unixSeconds";
  readonly levels: readonly ("year" | "schoolYear" | "fiveYears" | "decade")[];
}

interface Day {
  readonly year: number;
  readonly month: number;
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.{0,20})?$/;
const FRENCH = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
/** Years outside are mistakes of typing. */
const [EARLIEST, LATEST] = [1900, 2100];
const SEPTEMBER = 9;

export function dateLadder({ form, levels }: Dates): Ladder {
  return {
    height: levels.length,
    base: (value) => {
      const day = dayOf(value, form);
      if (day === null || day === UNREADABLE) return day;
      return levels[0] === "schoolYear" && day.month < SEPTEMBER ? day.year - 1 : day.year;
    },
    at: (level, base) => {
      const year = base as number;
      switch (levels[level]) {
        case "schoolYear":
          return `${year}–${year + 1}`;
        case "fiveYears":
          return span(year, 5);
        case "decade":
          return span(year, 10);
        default:
          return year;
      }
    },
  };
}

function span(year: number, years: number): string {
  const first = Math.floor(year / years) * years;
  return `${first}–${first + years - 1}`;
}

function dayOf(value: Raw, form: Dates["form"]): Day | null | typeof UNREADABLE {
  if (value === null) return null;
  if (typeof value === "boolean") return UNREADABLE;
  const text = String(value).normalize("NFKC").trim();
  if (text === "") return null;
  if (form === "unixSeconds") return momentOf(text);
  const parts = (form === "iso" ? ISO : FRENCH).exec(text)?.slice(1, 4).map(Number);
  if (parts === undefined) return UNREADABLE;
  const [year, month, day] = (form === "iso" ? parts : parts.toReversed()) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= EARLIEST && year <= LATEST ? { year, month } : UNREADABLE;
}

/** 0 is none, as in the stores that keep seconds. */
function momentOf(text: string): Day | null | typeof UNREADABLE {
  if (!/^-?\d{1,11}$/.test(text)) return UNREADABLE;
  const seconds = Number(text);
  if (seconds === 0) return null;
  const date = new Date(seconds * 1_000);
  const year = date.getUTCFullYear();
  return year >= EARLIEST && year <= LATEST ? { year, month: date.getUTCMonth() + 1 } : UNREADABLE;
}
