/** The day and time of a form, in a controller's zone. */
import { type LocalDate, localDate, startOfDay } from "@preau/calendar";
import { addMillis, type Instant, isFault } from "@preau/kernel";
import { fault } from "../errors.ts";

const MINUTE = 60_000;

/** Without a time, the beginning of the day: what binds us begins early. @throws REQUEST_FIELD_BAD naming the field */
export function momentIn(form: URLSearchParams, zone: string): Instant {
  const day = dayIn(form.get("day") ?? "");
  const time = form.get("time")?.trim() ?? "";
  const midnight = startOfDay(zone, day);
  if (time === "") return midnight;
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:hH]([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined) throw fault("REQUEST_FIELD_BAD", { place: "time" });
  const wanted = Number(hours) * 60 + Number(minutes);
  const at = addMillis(midnight, wanted * MINUTE);
  // On the two days on which the clocks are changed, midnight and that hour are not as far apart as they read.
  return addMillis(at, (wanted - minutesOfDay(zone, at)) * MINUTE);
}

function dayIn(text: string): LocalDate {
  try {
    return localDate(text.trim());
  } catch (cause) {
    if (!isFault(cause)) throw cause;
    throw fault("REQUEST_FIELD_BAD", { place: "day", cause });
  }
}

function minutesOfDay(zone: string, at: Instant): number {
  const shown = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  }).format(Date.parse(at));
  return Number(shown.slice(0, 2)) * 60 + Number(shown.slice(3));
}
