import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import Holidays from "date-holidays";
import { describe, expect, it } from "vitest";
import { movableFeasts } from "../src/holiday-table.ts";
import { holidayYears, type Region, regions } from "../src/index.ts";
import { dayNumber, localDate } from "../src/local-date.ts";
import { holidayNames } from "../src/public-holidays.ts";
import { easterOf, fromEaster, holidaysOf, weekday } from "./law.ts";
import { tableDays } from "./table-days.ts";

interface OpenData {
  readonly years: readonly [number, number];
  readonly differences: number;
  readonly files: readonly {
    readonly region: Region;
    readonly holidays: number;
    readonly daysSha256: string;
  }[];
}

const openData = JSON.parse(
  readFileSync(new URL("../reference/open-data.json", import.meta.url), "utf8"),
) as OpenData;
const years = Array.from({ length: 26 }, (_, i) => 2006 + i);

describe("the table of public holidays, 2006 to 2031", () => {
  it("holds every year of the official open data, and no other", () => {
    expect(Object.keys(movableFeasts).map(Number)).toEqual(years);
    expect([holidayYears.from, holidayYears.to]).toEqual(openData.years);
    expect(openData.differences).toBe(0);
    expect(openData.files.map(({ region }) => region)).toEqual(regions);
  });

  it.each(regions.map((region) => [region] as const))(
    "has the official days of %s, to the fingerprint",
    (region) => {
      const official = openData.files.find((file) => file.region === region);
      const days = tableDays(region);
      expect(days.length).toBe(official?.holidays);
      expect(createHash("sha256").update(days.join("\n")).digest("hex")).toBe(official?.daysSha256);
    },
  );

  it.each(years)("agrees with the computus in %i", (year) => {
    expect(weekday(easterOf(year))).toBe(7);
    expect(movableFeasts[year]).toEqual([-2, 1, 39, 50].map((days) => fromEaster(year, days).slice(5)));
    for (const region of regions) {
      const law = holidaysOf(region, year, region === "alsace-moselle");
      expect(new Set(tableDays(region).filter((day) => day.startsWith(`${year}`)))).toEqual(law);
    }
  });

  it("says every name of a day that has two", () => {
    const names = (day: string, region: Region) =>
      holidayNames(dayNumber(localDate(day)), region).map(({ fr }) => fr);
    expect(names("2008-05-01", "metropole")).toEqual(["fête du Travail", "Ascension"]);
    expect(names("2030-06-10", "guyane")).toEqual(["abolition de l’esclavage", "lundi de Pentecôte"]);
    expect(names("2031-05-22", "martinique")).toEqual(["abolition de l’esclavage", "Ascension"]);
    expect(names("2026-12-26", "alsace-moselle")).toEqual(["second jour de Noël"]);
    expect(names("2026-12-26", "metropole")).toEqual([]);
  });
});

/** The oracle's codes; 971 and the like it would silently read as the nation. */
const codes: Readonly<Record<Region, readonly string[]>> = {
  metropole: [],
  "alsace-moselle": ["57", "67", "68"],
  guadeloupe: ["GP"],
  guyane: ["GF"],
  "la-reunion": ["RE"],
  martinique: ["MQ"],
  mayotte: ["YT"],
  "saint-barthelemy": ["BL"],
  "saint-martin": ["MF"],
  "saint-pierre-et-miquelon": ["PM"],
};

function oracleDays(code: string | undefined): ReadonlySet<string> {
  const oracle = code === undefined ? new Holidays("FR") : new Holidays("FR", code);
  const days = years
    .flatMap((year) => oracle.getHolidays(year))
    .filter(({ type }) => type === "public")
    .map(({ date }) => date.slice(0, 10));
  return new Set(days);
}

describe("the table against date-holidays", () => {
  const goodFridays = years.map((year) => fromEaster(year, -2));
  const since2018 = years.filter((year) => year >= 2018);
  /** Where the library and the official data differ: the library's days, then the official ones that it lacks. */
  const known: Partial<Record<Region, readonly [extra: readonly string[], missing: readonly string[]]>> = {
    // Kept by custom there; no law and no official list makes it a holiday.
    guadeloupe: [goodFridays, []],
    martinique: [goodFridays, []],
    // The day of the abolition moved from the 27th to the 28th of May in 2018.
    "saint-martin": [since2018.map((year) => `${year}-05-27`), since2018.map((year) => `${year}-05-28`)],
  };

  it.each(
    regions.flatMap((region) =>
      (codes[region].length === 0 ? [undefined] : codes[region]).map((code) => [region, code] as const),
    ),
  )("differs in %s (%s) by what is known, and by nothing else", (region, code) => {
    const [oracle, ours] = [oracleDays(code), new Set(tableDays(region))];
    const [extra, missing] = known[region] ?? [[], []];
    expect([...oracle].filter((day) => !ours.has(day))).toEqual(extra);
    expect([...ours].filter((day) => !oracle.has(day))).toEqual(missing);
  });
});
