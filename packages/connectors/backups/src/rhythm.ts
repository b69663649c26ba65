/** Days, weeks and months as numbers in a row: how "one every day, one every month" is checked. */
import { type Duration, type LocalDate, localDate } from "@preau/calendar";

const MILLIS_OF_DAY = 86_400_000;
const DAYS_OF_WEEK = 7;
const MONTHS_OF_YEAR = 12;

export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** A rhythm is so many days, weeks (Monday to Sunday) or months of the calendar. */
export interface Rhythm {
  /** The number of the day, week or month that a day belongs to. */
  numberOf(day: string): number;
  periodOf(number: number): Period;
  /** One at least in so many of them in a row. */
  readonly among: number;
}

export function rhythmOf({ unit, amount }: Duration): Rhythm {
  if (unit === "months" || unit === "years") {
    return {
      numberOf: (day) => Number(day.slice(0, 4)) * MONTHS_OF_YEAR + Number(day.slice(5, 7)) - 1,
      periodOf: (number) => ({ from: firstOf(number), to: dayOf(dayNumber(firstOf(number + 1)) - 1) }),
      among: unit === "years" ? amount * MONTHS_OF_YEAR : amount,
    };
  }
  const days = unit === "hours" ? Math.max(1, Math.floor(amount / 24)) : amount;
  if (days % DAYS_OF_WEEK === 0) {
    // Day 0 was a Thursday: three days later, numbers begin anew on Mondays.
    return {
      numberOf: (day) => Math.floor((dayNumber(day) + 3) / DAYS_OF_WEEK),
      periodOf: (number) => ({
        from: dayOf(number * DAYS_OF_WEEK - 3),
        to: dayOf(number * DAYS_OF_WEEK + 3),
      }),
      among: days / DAYS_OF_WEEK,
    };
  }
  return {
    numberOf: dayNumber,
    periodOf: (number) => ({ from: dayOf(number), to: dayOf(number) }),
    among: days,
  };
}

function dayNumber(day: string): number {
  return Date.parse(`${localDate(day)}T00:00:00.000Z`) / MILLIS_OF_DAY;
}

function dayOf(number: number): LocalDate {
  return localDate(new Date(number * MILLIS_OF_DAY).toISOString().slice(0, 10));
}

/** The day that lies so many of a duration's units before: the start of the time in which a backup has to be there. */
export function dayBefore(day: string, { unit, amount }: Duration): LocalDate {
  if (unit === "months" || unit === "years") {
    const months = unit === "years" ? amount * MONTHS_OF_YEAR : amount;
    const first = firstOf(Number(day.slice(0, 4)) * MONTHS_OF_YEAR + Number(day.slice(5, 7)) - 1 - months);
    const last =
      dayNumber(firstOf(Number(first.slice(0, 4)) * MONTHS_OF_YEAR + Number(first.slice(5, 7)))) - 1;
    return dayOf(Math.min(dayNumber(first) + Number(day.slice(8, 10)) - 1, last));
  }
  return dayOf(dayNumber(day) - (unit === "hours" ? Math.ceil(amount / 24) : amount));
}

function firstOf(month: number): LocalDate {
  const year = String(Math.floor(month / MONTHS_OF_YEAR)).padStart(4, "0");
  return localDate(`${year}-${String((month % MONTHS_OF_YEAR) + 1).padStart(2, "0")}-01`);
}
