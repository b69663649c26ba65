/** Moments as the service reads and writes them: ISO 8601, in French time where no offset is given. */

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Epoch milliseconds of a date, or of a date and time; undefined when it is neither. */
export function millisOfMoment(text: string): number | undefined {
  const parts = MOMENT.exec(text);
  if (parts === null) return undefined;
  const [, day = "", time = "00:00:00", fraction = "0", offset] = parts;
  const plain = Date.parse(`${day}T${time}Z`);
  // Date.parse takes the 30th of February for the 2nd of March.
  if (Number.isNaN(plain) || !new Date(plain).toISOString().startsWith(`${day}T${time}`)) return undefined;
  const millis = plain + Math.floor(Number(`0.${fraction}`) * 1_000);
  return offset === undefined
    ? millis - offsetAt(millis - offsetAt(millis))
    : millis - minutesOf(offset) * 60_000;
}

/** As the service's lists have it: `2026-09-01T00:00:00.000+02:00`. */
export function momentOfMillis(millis: number): string {
  const minutes = offsetAt(millis) / 60_000;
  const offset = `+${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return new Date(millis + minutes * 60_000).toISOString().replace("Z", offset);
}

const paris = new Intl.DateTimeFormat("en", { timeZone: "Europe/Paris", timeZoneName: "longOffset" });

/** Milliseconds that French time is ahead of UTC at that instant. */
function offsetAt(millis: number): number {
  const name = paris.formatToParts(millis).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return minutesOf(name.slice("GMT".length)) * 60_000;
}

/** Of `+02:00`; 0 of `Z` or nothing. */
function minutesOf(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})/.exec(offset) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}
