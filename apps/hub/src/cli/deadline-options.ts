/** `preau deadline`: what is asked, checked before anything is counted. */
import {
  type Duration,
  type GoodFriday,
  isZone,
  localDate,
  type Place,
  parseDuration,
  placeOf,
  placeOfRegion,
  type Rounding,
  startOfDay,
} from "@preau/calendar";
import { type Bilingual, type Instant, instant } from "@preau/kernel";
import { fault } from "../errors.ts";

export interface DeadlineAsked {
  readonly start: Instant;
  readonly duration: Duration;
  readonly rounding: Rounding;
  readonly place: Place;
  readonly json: boolean;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** With its distance from UTC: a time of day alone would be another instant in another zone. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const FRIDAYS: Readonly<Record<string, GoodFriday>> = {
  holiday: "holiday",
  "working-day": "workingDay",
  unknown: "unknown",
};
const remedies = {
  start: {
    en: "Write the day of receipt, 2026-03-27, or an instant, 2026-03-27T10:15:00+01:00.",
    fr: "Écrivez le jour de réception, 2026-03-27, ou un instant, 2026-03-27T10:15:00+01:00.",
  },
  hours: {
    en: "Hours run from an instant: write 2026-03-27T10:15:00+01:00.",
    fr: "Les heures courent à partir d’un instant : écrivez 2026-03-27T10:15:00+01:00.",
  },
  period: {
    en: "Write hours(48), days(30), workingDays(7), months(6) or years(2), between quotation marks.",
    fr: "Écrivez hours(48), days(30), workingDays(7), months(6) ou years(2), entre guillemets droits.",
  },
  one: { en: "Give one of the two.", fr: "Donnez l’une des deux." },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** @throws HUB_BAD_ARGUMENT naming it, CALENDAR_UNKNOWN_REGION, CALENDAR_UNKNOWN_DEPARTMENT, CALENDAR_AMBIGUOUS_DEPARTMENT */
export function readDeadline(
  start: string,
  period: string,
  raw: Readonly<Record<string, unknown>>,
): DeadlineAsked {
  const duration = parseDuration(period);
  if (duration === undefined) throw refused("period", remedies.period);
  if (raw["right"] === true && raw["binds"] === true) throw refused("--right --binds", remedies.one);
  const place = readPlace(raw);
  if (duration.unit === "hours" && DAY.test(start)) throw refused("start", remedies.hours);
  return {
    start: readStart(start, place),
    duration,
    rounding: raw["binds"] === true ? "binds" : "right",
    place,
    json: raw["json"] === true,
  };
}

/** A day begins at its first instant: what binds is then due soonest, and a right does not depend on it. */
function readStart(text: string, place: Place): Instant {
  const [, day] = INSTANT.exec(text) ?? [];
  try {
    if (DAY.test(text)) return startOfDay(place.zone, localDate(text));
    if (day !== undefined) return localDate(day) && instant(Date.parse(text));
  } catch (cause) {
    throw fault("HUB_BAD_ARGUMENT", { place: "start", remedy: remedies.start, cause });
  }
  throw refused("start", remedies.start);
}

function readPlace(raw: Readonly<Record<string, unknown>>): Place {
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === "string" ? value : undefined;
  };
  const [region, department, zone] = [text("region"), text("department"), text("zone")];
  const friday = text("goodFriday") ?? "unknown";
  const goodFriday = Object.hasOwn(FRIDAYS, friday) ? FRIDAYS[friday] : undefined;
  if (goodFriday === undefined)
    throw fault("HUB_BAD_ARGUMENT", { place: `--good-friday ${Object.keys(FRIDAYS).join("|")}` });
  if (region !== undefined && department !== undefined) throw refused("--region --department", remedies.one);
  const place =
    department === undefined
      ? placeOfRegion(region ?? "metropole", goodFriday)
      : placeOf(department, goodFriday);
  if (zone === undefined) return place;
  if (!isZone(zone)) throw fault("HUB_BAD_ARGUMENT", { place: "--zone" });
  return { ...place, zone };
}

function refused(place: string, remedy: Bilingual) {
  return fault("HUB_BAD_ARGUMENT", { place, remedy });
}
