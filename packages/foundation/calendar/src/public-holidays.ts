/** The public holidays of a region, read from the table. A day outside the table is refused: nobody knows it yet. */
import type { Bilingual } from "@preau/kernel";
import { fault } from "./errors.ts";
import {
  ascensionName,
  easterMondayName,
  type FixedHoliday,
  movableFeasts,
  nationalHolidays,
  regionalHolidays,
  whitMondayName,
} from "./holiday-table.ts";
import { dateOfDay, dayNumber, type LocalDate } from "./local-date.ts";
import { type Region, regions } from "./place.ts";

const years = Object.keys(movableFeasts).map(Number);
/** The years that the table holds. */
export const holidayYears = { from: Math.min(...years), to: Math.max(...years) } as const;

const dayOf = (year: number, on: string) => dayNumber(`${year}-${on}` as LocalDate);
const firstDay = dayOf(holidayYears.from, "01-01");
const lastDay = dayOf(holidayYears.to, "12-31");

/** Holidays by the number of their day; two may fall on one day (Ascension on 1 May 2008). */
type Holidays = ReadonlyMap<number, readonly Bilingual[]>;

const goodFridays: ReadonlySet<number> = new Set(
  years.map((year) => dayOf(year, movableFeasts[year]?.[0] ?? "")),
);
const holidaysOf: ReadonlyMap<string, Holidays> = new Map(
  regions.map((region) => [region, holidaysIn(region)] as const),
);

/** The table covers that day. @throws CALENDAR_OUTSIDE_TABLE */
function assertInTable(day: number): void {
  if (day < firstDay || day > lastDay) throw fault("CALENDAR_OUTSIDE_TABLE", { place: dateOfDay(day) });
}

/** @throws CALENDAR_UNKNOWN_REGION */
export function assertRegion(region: string): asserts region is Region {
  if (!holidaysOf.has(region)) throw fault("CALENDAR_UNKNOWN_REGION");
}

/** Whether that day is Good Friday. @throws CALENDAR_OUTSIDE_TABLE */
export function isGoodFriday(day: number): boolean {
  assertInTable(day);
  return goodFridays.has(day);
}

/**
 * The names of what is kept on that day, Good Friday aside: whether it is kept is a matter of the commune.
 * @throws CALENDAR_OUTSIDE_TABLE, CALENDAR_UNKNOWN_REGION
 */
export function holidayNames(day: number, region: Region): readonly Bilingual[] {
  assertInTable(day);
  const holidays = holidaysOf.get(region);
  if (holidays === undefined) throw fault("CALENDAR_UNKNOWN_REGION");
  return holidays.get(day) ?? [];
}

function holidaysIn(region: Region): Holidays {
  const holidays = new Map<number, Bilingual[]>();
  const keep = (day: number, name: Bilingual) => holidays.set(day, [...(holidays.get(day) ?? []), name]);
  for (const year of years) {
    const [, monday, thursday, whit] = movableFeasts[year] ?? ["", "", "", ""];
    for (const { on, name } of [...nationalHolidays, ...regionalHolidays[region]].filter(inYear(year)))
      keep(dayOf(year, on), name);
    keep(dayOf(year, monday), easterMondayName);
    keep(dayOf(year, thursday), ascensionName);
    keep(dayOf(year, whit), whitMondayName);
  }
  return holidays;
}

function inYear(year: number): (holiday: FixedHoliday) => boolean {
  return ({ from = holidayYears.from, until = holidayYears.to }) => from <= year && year <= until;
}
