/**
 * Whole dates that may be the birth of somebody at school, whatever stands around them: a pupil's date of birth is often written bare.
 * Recent dates and those of history are none.
 */
import type { Sighting } from "./detect-personal-words.ts";

/** Ages at school, in years: from the nursery class to the end of the lycée, repeated years included. */
const YOUNGEST = 2;
const OLDEST = 20;
const MONTH =
  "janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?|" +
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|october|november|december";
const YEAR = "(20[0-9]{2}|19[0-9]{2})";
const DATE = new RegExp(
  `(?<![0-9])(?:${[
    `${YEAR}([./-])(?:1[0-2]|0?[1-9])\\2(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])`,
    `(?:3[01]|[12][0-9]|0?[1-9])( ?[./-] ?| )(?:1[0-2]|0?[1-9])\\3${YEAR}(?![0-9])`,
    `(?:3[01]|[12][0-9]|0?[1-9])(?: ?er|st|nd|rd|th)?[ -](?:of )?(?:${MONTH})\\.?,?[ -]${YEAR}(?![0-9])`,
    `(?:${MONTH})\\.? (?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?,? ${YEAR}(?![0-9])`,
    "(?:3[01]|[12][0-9]|0[1-9])/(?:1[0-2]|0[1-9])/([0-9]{2})(?![0-9/])",
  ].join("|")})`,
  "gi",
);

/** @param today `2026-11-27`: the day by which somebody is of that age */
export function findSchoolAgeDates(plain: string, today: string): readonly Sighting[] {
  const thisYear = Number(today.slice(0, 4));
  const found: Sighting[] = [];
  for (const match of plain.matchAll(DATE)) {
    const [date, first, , , second, third, fourth, short] = match;
    const year = Number(first ?? second ?? third ?? fourth ?? `20${short}`);
    const age = thisYear - year;
    if (age < YOUNGEST || age > OLDEST) continue;
    found.push({ kind: "birthDate", start: match.index, end: match.index + date.length });
  }
  return found;
}
