/**
 * From a code to its calendar: a département's, `57`, `2A`, `971`; a postcode, `57000`; a school's UAI, `0570054N`, or its
 * first three digits, `057`. What does not say its place for sure is refused: Guadeloupe, Saint-Martin and
 * Saint-Barthélemy share the UAIs in 971 and the postcodes in 970, and keep the abolition of slavery on three days.
 *
 * Five digits are a postcode. The few communes that another département's post office serves need their département's code.
 */
import { fault } from "./errors.ts";
import { type GoodFriday, type Place, placeOfRegion, type Region } from "./place.ts";

const overseas: ReadonlyMap<string, Region> = new Map([
  ["971", "guadeloupe"],
  ["972", "martinique"],
  ["973", "guyane"],
  ["974", "la-reunion"],
  ["975", "saint-pierre-et-miquelon"],
  ["976", "mayotte"],
  ["977", "saint-barthelemy"],
  ["978", "saint-martin"],
]);
/** Postcodes of islands that left Guadeloupe in 2007 and kept its numbers. */
const islands: ReadonlyMap<string, Region> = new Map([
  ["97133", "saint-barthelemy"],
  ["97150", "saint-martin"],
]);
const alsaceMoselle: ReadonlySet<string> = new Set(["57", "67", "68"]);

/** 20 was Corsica's number, and still begins its postcodes. */
const MAINLAND = /^(?:0[1-9]|[1-8]\d|9[0-5]|2[AB])$/;
const FIVE = /^(?:\d{5}|2[AB]\d{3})$/;
const UAI = /^\d{7}[A-Z]$/;
const UAI_PREFIX = /^(?:0\d{2}|[67]20)$/;

/**
 * The region of a code, with its zone.
 * @throws CALENDAR_UNKNOWN_DEPARTMENT, CALENDAR_AMBIGUOUS_DEPARTMENT
 */
export function placeOf(code: string, goodFriday: GoodFriday = "unknown"): Place {
  return placeOfRegion(regionOf(code.trim().toUpperCase()), goodFriday);
}

function regionOf(code: string): Region {
  if (FIVE.test(code)) return regionOfPostcode(code);
  if (UAI.test(code)) return regionOfUai(code.slice(0, 3));
  return UAI_PREFIX.test(code) ? regionOfUai(code) : regionOfDepartment(code);
}

function regionOfPostcode(code: string): Region {
  if (code.startsWith("970")) throw fault("CALENDAR_AMBIGUOUS_DEPARTMENT");
  return islands.get(code) ?? regionOfDepartment(code.slice(0, code.startsWith("97") ? 3 : 2));
}

function regionOfUai(prefix: string): Region {
  if (prefix === "971") throw fault("CALENDAR_AMBIGUOUS_DEPARTMENT");
  if (prefix === "620" || prefix === "720") return "metropole"; // Corsica
  return regionOfDepartment(prefix.startsWith("0") ? prefix.slice(1) : prefix);
}

function regionOfDepartment(code: string): Region {
  if (alsaceMoselle.has(code)) return "alsace-moselle";
  const region = MAINLAND.test(code) ? "metropole" : overseas.get(code);
  if (region === undefined) throw fault("CALENDAR_UNKNOWN_DEPARTMENT");
  return region;
}
