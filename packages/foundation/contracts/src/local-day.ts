/** Which day it is somewhere, and when a day begins there. Contracts count days in the controller's zone. @clause D3 */
import type { LocalDate } from "@preau/calendar";
import { type Instant, instant, millisOf } from "@preau/kernel";

/** Zones are at most 14 hours from UTC; one more leaves room for a change of the clocks. */
const FARTHEST_MS = 15 * 3_600_000;

/** True when this is a zone that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-CA", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The day of an instant in a zone; each zone's format is made once. */
export function makeDayIn(): (zone: string, at: Instant) => LocalDate {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (zone, at) => {
    let format = formats.get(zone);
    if (format === undefined) {
      format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
      formats.set(zone, format);
    }
    return format.format(millisOf(at)) as LocalDate;
  };
}

/** The first instant of a day in a zone, also where the clocks jump over midnight. */
export function startOfDay(zone: string, day: LocalDate): Instant {
  const dayIn = makeDayIn();
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  let [before, from] = [midnight - FARTHEST_MS, midnight + FARTHEST_MS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayIn(zone, instant(middle)) < day) before = middle;
    else from = middle;
  }
  return instant(from);
}
