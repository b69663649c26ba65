/** Reads what the publisher's officer writes down of a writing. @throws SUBPROCESSORS_BAD naming the field */
import { type LocalDate, localDate, type Place, startOfDay, timeOfDay } from "@preau/calendar";
import { type Instant, isFault, type Writing } from "@preau/kernel";
import { bad } from "../read-words.ts";

const MEANS = ["email", "letter", "desk"] as const;
const WRITERS = ["dpo", "representative", "contact"] as const;

/** A day alone means its whole length: what was received that day had come by its end, or by now. */
export function writingIn(form: URLSearchParams, place: Place, now: Instant): Writing {
  const means = MEANS.find((each) => each === form.get("means"));
  const writer = WRITERS.find((each) => each === form.get("writer"));
  if (means === undefined) throw bad("writing.means");
  if (writer === undefined) throw bad("writing.writer");
  const sha256 = form.get("sha256")?.trim().toLowerCase() ?? "";
  const dated = form.get("datedAt")?.trim() ?? "";
  return {
    receivedAt: receivedIn(form.get("receivedAt"), place, { field: "writing.receivedAt", now }),
    ...(dated === "" ? {} : { datedAt: momentIn(dated, place, "writing.datedAt").at }),
    ...{ means, writer, reference: form.get("reference")?.trim() ?? "" },
    ...(sha256 === "" ? {} : { sha256 }),
  };
}

/** Of a day alone its end, at most now: the later receipt is to the advantage of whoever may object. */
export function receivedIn(
  text: string | null,
  place: Place,
  { field, now }: { readonly field: string; readonly now: Instant },
): Instant {
  const { at, day, hasTime } = momentIn(text, place, field);
  if (hasTime || at > now) return at;
  const end = timeOfDay(place.zone, day, 24 * 60 - 1);
  return end < now ? end : now;
}

interface Told {
  readonly at: Instant;
  readonly day: LocalDate;
  readonly hasTime: boolean;
}

/** A day, or a day and a time on the client's clocks. @throws SUBPROCESSORS_BAD */
function momentIn(text: string | null, { zone }: Place, field: string): Told {
  const given = text?.trim() ?? "";
  const [, date, hours, minutes] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d))?$/.exec(given) ?? [];
  if (date === undefined) throw bad(field);
  try {
    const day = localDate(date);
    if (hours === undefined) return { at: startOfDay(zone, day), day, hasTime: false };
    return { at: timeOfDay(zone, day, Number(hours) * 60 + Number(minutes)), day, hasTime: true };
  } catch (error) {
    if (isFault(error)) throw bad(field);
    throw error;
  }
}
