/**
 * The law's answers, found the slow way and by other means than the product's: the zone's calendar is read off Intl,
 * instant by instant; days are walked one at a time on a paper calendar; Easter is computed (Meeus, Jones, Butcher).
 */
import type { Duration, GoodFriday, Place, Region } from "../src/index.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-04-08T23:59:59`: what a zone's wall shows. */
export function wallAt(millis: number, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  formats.set(zone, format);
  return format.format(millis).replace(" ", "T");
}

export const dayAt = (millis: number, zone: string): string => wallAt(millis, zone).slice(0, 10);

/** The last millisecond whose day, on the zone's wall, is that one or an earlier one: sought by halving. */
export function lastMillisecondOf(day: string, zone: string): number {
  const noon = Date.parse(`${day}T12:00:00.000Z`);
  let [still, past] = [noon - 36 * 3_600_000, noon + 36 * 3_600_000];
  while (past - still > 1) {
    const middle = Math.floor((still + past) / 2);
    if (dayAt(middle, zone) <= day) still = middle;
    else past = middle;
  }
  return still;
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
type Ymd = readonly [year: number, month: number, day: number];
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengthOf = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : MONTHS[month - 1]!);
const ymd = (day: string): Ymd => day.split("-").map(Number) as unknown as Ymd;
const text = ([year, month, day]: Ymd) =>
  `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

export function nextDay(date: string): string {
  const [year, month, day] = ymd(date);
  if (day < lengthOf(year, month)) return text([year, month, day + 1]);
  return text(month < 12 ? [year, month + 1, 1] : [year + 1, 1, 1]);
}

export function previousDay(date: string): string {
  const [year, month, day] = ymd(date);
  if (day > 1) return text([year, month, day - 1]);
  return text(month > 1 ? [year, month - 1, lengthOf(year, month - 1)] : [year - 1, 12, 31]);
}

function monthsLater(date: string, months: number): string {
  let [year, month] = ymd(date);
  for (let i = 0; i < months; i += 1) [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return text([year, month, Math.min(ymd(date)[2], lengthOf(year, month))]);
}

/** Easter Sunday, by the anonymous Gregorian algorithm. */
export function easterOf(year: number): string {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return text([year, Math.floor(n / 31), (n % 31) + 1]);
}

const FIXED = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
const ABOLITION: Partial<Record<Region, (year: number) => string>> = {
  guadeloupe: () => "05-27",
  guyane: () => "06-10",
  martinique: () => "05-22",
  mayotte: () => "04-27",
  "la-reunion": () => "12-20",
  "saint-barthelemy": () => "10-09",
  "saint-martin": (year) => (year < 2018 ? "05-27" : "05-28"),
};

/** Days from Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday. */
export function fromEaster(year: number, days: number): string {
  let day = easterOf(year);
  for (let i = 0; i < Math.abs(days); i += 1) day = days < 0 ? previousDay(day) : nextDay(day);
  return day;
}

const holidays = new Map<string, Set<string>>();

/** The public holidays of a year, Good Friday with them where it is kept. */
export function holidaysOf(region: Region, year: number, keepsGoodFriday: boolean): ReadonlySet<string> {
  const key = `${region} ${year} ${keepsGoodFriday}`;
  const days =
    holidays.get(key) ??
    new Set([
      ...FIXED.map((day) => `${year}-${day}`),
      ...[1, 39, 50].map((days) => fromEaster(year, days)),
      ...[ABOLITION[region]?.(year)].flatMap((day) => (day === undefined ? [] : [`${year}-${day}`])),
      ...(region === "alsace-moselle" ? [`${year}-12-26`] : []),
      ...(region === "alsace-moselle" && keepsGoodFriday ? [fromEaster(year, -2)] : []),
    ]);
  holidays.set(key, days);
  return days;
}

/** 1 is Monday, 7 Sunday: Zeller's congruence. */
export function weekday(date: string): number {
  const [y, m, day] = ymd(date);
  const [year, month] = m < 3 ? [y - 1, m + 12] : [y, m];
  const [century, short] = [Math.floor(year / 100), year % 100];
  const h =
    (day +
      Math.floor((13 * (month + 1)) / 5) +
      short +
      Math.floor(short / 4) +
      Math.floor(century / 4) +
      5 * century) %
    7; // 0 is Saturday
  return ((h + 5) % 7) + 1;
}

export function isWorked(date: string, region: Region, goodFriday: Exclude<GoodFriday, "unknown">): boolean {
  if (weekday(date) > 5) return false;
  return !holidaysOf(region, Number(date.slice(0, 4)), goodFriday === "holiday").has(date);
}

/** Days worked after one day, up to another and with it. */
export function workedBetween(after: string, through: string, place: Place, kept: boolean): number {
  let count = 0;
  for (let day = nextDay(after); day <= through; day = nextDay(day))
    if (isWorked(day, place.region, kept ? "holiday" : "workingDay")) count += 1;
  return count;
}

/** The plain last day of a period, before any extension to a working day. */
export function lastDayOf(from: string, { unit, amount }: Duration, place: Place, kept: boolean): string {
  if (unit === "months" || unit === "years")
    return monthsLater(from, unit === "years" ? 12 * amount : amount);
  let day = from;
  for (let left = amount; left > 0; ) {
    day = nextDay(day);
    if (unit === "days" || isWorked(day, place.region, kept ? "holiday" : "workingDay")) left -= 1;
  }
  return day;
}
