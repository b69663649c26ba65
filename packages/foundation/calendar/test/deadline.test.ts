import { addHours, instant } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { deadlineOf, mainland, type Place, parseDuration, placeOf, placeOfRegion } from "../src/index.ts";

const moselle = placeOf("57");
const kept = placeOf("57", "holiday");
const worked = placeOf("57", "workingDay");
const counted = (start: string, text: string, rounding: "binds" | "right", place: Place = mainland) =>
  deadlineOf(instant(start.length === 10 ? `${start}T09:30:00.000Z` : start), parseDuration(text)!, {
    rounding,
    place,
  });

describe("working days to object (D8.3)", () => {
  it.each([
    ["2026-03-27", 7, "2026-04-08", "2026-04-09"],
    ["2026-03-27", 15, "2026-04-20", "2026-04-21"],
    ["2026-04-30", 7, "2026-05-13", "2026-05-13"],
    ["2026-04-30", 15, "2026-05-27", "2026-05-27"],
    ["2026-12-17", 7, "2026-12-29", "2026-12-29"],
    ["2026-12-17", 15, "2027-01-11", "2027-01-11"],
    ["2026-12-21", 7, "2026-12-31", "2026-12-31"],
  ])("received %s, %i working days: %s, in Moselle %s", (received, amount, paris, metz) => {
    const text = `workingDays(${amount})`;
    expect(counted(received, text, "right").lastDay).toBe(paris);
    for (const place of [moselle, kept]) expect(counted(received, text, "right", place).lastDay).toBe(metz);
    expect(counted(received, text, "right", worked).lastDay).toBe(paris);
  });

  it("opens at 00:00 of the controller's zone the day after", () => {
    const { dueAt, opensAt } = counted("2026-03-27", "workingDays(7)", "right");
    expect([dueAt, opensAt]).toEqual(["2026-04-08T21:59:59.999Z", "2026-04-08T22:00:00.000Z"]);
    expect(counted("2026-12-17", "workingDays(7)", "right").opensAt).toBe("2026-12-29T23:00:00.000Z");
    expect(counted("2026-03-27", "workingDays(7)", "right", placeOf("974")).opensAt).toBe(
      "2026-04-08T20:00:00.000Z",
    );
    expect(counted("2026-03-27", "workingDays(7)", "right", placeOf("971")).opensAt).toBe(
      "2026-04-09T04:00:00.000Z",
    );
  });

  it("counts from the day that the controller's clocks show at receipt", () => {
    const late = "2026-03-27T23:30:00.000Z"; // 00:30 on Saturday in Paris, Friday evening in Martinique
    expect(counted(late, "workingDays(1)", "right").lastDay).toBe("2026-03-30");
    expect(counted("2026-03-30T22:30:00.000Z", "workingDays(1)", "right").lastDay).toBe("2026-04-01");
    expect(counted("2026-03-30T22:30:00.000Z", "workingDays(1)", "right", placeOf("972")).lastDay).toBe(
      "2026-03-31",
    );
  });

  it("takes the later day for a right and the earlier for what binds, and says so only when they differ", () => {
    expect(counted("2026-03-27", "workingDays(7)", "right", moselle).notes).toEqual(["GOOD_FRIDAY_UNKNOWN"]);
    expect(counted("2026-03-27", "workingDays(7)", "binds", moselle)).toMatchObject({
      lastDay: "2026-04-08",
      notes: ["GOOD_FRIDAY_UNKNOWN"],
    });
    expect(counted("2026-12-17", "workingDays(7)", "right", moselle).notes).toEqual([]);
    for (const place of [kept, worked, mainland])
      expect(counted("2026-03-27", "workingDays(7)", "right", place).notes).toEqual([]);
    expect(counted("2026-03-20", "days(14)", "right", moselle)).toMatchObject({
      lastDay: "2026-04-07", // Good Friday, then the weekend and Easter Monday
      notes: ["GOOD_FRIDAY_UNKNOWN"],
    });
  });

  it.each([
    ["guadeloupe", "2026-05-26", "2026-05-28"],
    ["martinique", "2026-05-21", "2026-05-26"],
    ["guyane", "2026-06-09", "2026-06-11"],
    ["mayotte", "2026-04-24", "2026-04-28"],
    ["la-reunion", "2027-12-17", "2027-12-21"],
    ["saint-barthelemy", "2026-10-08", "2026-10-12"],
    ["saint-martin", "2026-05-27", "2026-05-29"],
    ["saint-pierre-et-miquelon", "2026-05-26", "2026-05-27"],
  ])("knows the abolition of slavery in %s", (region, received, lastDay) => {
    const place = placeOfRegion(region);
    expect(counted(`${received}T15:00:00.000Z`, "workingDays(1)", "right", place).lastDay).toBe(lastDay);
  });
});

describe("hours are elapsed time (D12.2)", () => {
  const places = ["75", "57", "971", "972", "973", "974", "975", "976"].map((code) => placeOf(code));
  const starts = ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-03-08", "2026-11-01"];

  it("gives neither more nor less through both nights of summer time, anywhere", () => {
    for (const place of places)
      for (const start of starts.map((day) => instant(`${day}T00:30:00.000Z`)))
        for (const rounding of ["binds", "right"] as const)
          for (const amount of [24, 48, 72]) {
            const { dueAt, opensAt } = deadlineOf(start, { unit: "hours", amount }, { rounding, place });
            expect(dueAt).toBe(addHours(start, amount));
            expect(Date.parse(opensAt) - Date.parse(dueAt)).toBe(1);
          }
  });

  it("names the day that the clocks of the place show at the end", () => {
    expect(counted("2026-03-28T23:30:00.000Z", "hours(24)", "binds").lastDay).toBe("2026-03-30");
    expect(counted("2026-10-24T22:30:00.000Z", "hours(24)", "binds").lastDay).toBe("2026-10-25");
    expect(counted("2026-03-28T23:30:00.000Z", "hours(24)", "binds", placeOf("971")).lastDay).toBe(
      "2026-03-29",
    );
  });
});

describe("days, months and years on the calendar of the place (D12.3, D12.4)", () => {
  it.each([
    ["2026-11-23T08:15:00.000Z", "days(28)", "2026-12-21T08:15:00.000Z"],
    ["2026-08-31T10:00:00.000Z", "months(6)", "2027-02-28T11:00:00.000Z"], // noon in Paris, in summer and in winter
    ["2027-08-31T10:00:00.000Z", "months(6)", "2028-02-29T11:00:00.000Z"],
    ["2026-12-31T10:00:00.000Z", "months(2)", "2027-02-28T10:00:00.000Z"],
    ["2028-02-29T10:00:00.000Z", "years(2)", "2030-02-28T10:00:00.000Z"],
    ["2028-02-29T10:00:00.000Z", "years(4)", "2032-02-29T10:00:00.000Z"], // beyond the table, which it does not need
    ["2026-08-31T22:30:00.000Z", "months(6)", "2027-02-28T23:30:00.000Z"], // 1 September in Paris: 1 March
    ["2026-02-28T01:30:00.000Z", "days(29)", "2026-03-29T01:00:00.000Z"], // 02:30, which that night jumps over
    ["2026-10-24T00:30:00.000Z", "days(1)", "2026-10-25T00:30:00.000Z"], // 02:30, which that night shows twice: the first
    ["2026-10-25T00:30:00.000Z", "days(1)", "2026-10-26T01:00:00.000Z"], // 02:30, but 02:00 is still to come: 02:00
    ["2026-10-25T01:30:00.000Z", "days(1)", "2026-10-26T01:30:00.000Z"],
  ])("from %s, what binds for %s is due at %s", (start, text, due) => {
    expect(counted(start, text, "binds").dueAt).toBe(due);
  });

  it.each([
    ["2026-04-01", "days(30)", "2026-05-04"], // 1 May, a holiday and a Friday
    ["2026-11-23", "days(30)", "2026-12-23"],
    ["2026-08-31", "months(6)", "2027-03-01"], // 28 February, a Sunday
    ["2026-12-31", "months(2)", "2027-03-01"],
    ["2024-02-29", "years(2)", "2026-03-02"], // 28 February, a Saturday
    ["2026-03-27", "days(1)", "2026-03-30"],
    ["2026-03-27", "days(2)", "2026-03-31"], // two days or more hold two working days
    ["2026-03-27", "days(3)", "2026-03-31"],
    ["2026-04-02", "days(4)", "2026-04-07"], // Friday and Tuesday, Easter between them
    ["2026-03-27", "days(5)", "2026-04-01"],
  ])("from %s, a right of %s lasts through %s (1182/71 art. 3(4), 3(5))", (start, text, lastDay) => {
    const { dueAt, ...deadline } = counted(start, text, "right");
    expect(deadline.lastDay).toBe(lastDay);
    expect(dueAt).toMatch(/T2[12]:59:59\.999Z$/);
  });

  it("does not move what binds off a weekend, and gives it no hour of its last day that the start had not", () => {
    expect(counted("2026-03-26", "days(2)", "binds")).toMatchObject({
      lastDay: "2026-03-28",
      dueAt: "2026-03-28T09:30:00.000Z",
    });
    expect(counted("2026-03-26", "workingDays(2)", "binds").dueAt).toBe("2026-03-30T08:30:00.000Z");
  });
});

describe("what cannot be counted is refused", () => {
  const refused = (code: string, work: () => unknown) =>
    expect(work).toThrow(expect.objectContaining({ code }) as Error);

  it.each(["workingDays(7)", "days(30)", "months(6)"])(
    "a right of %s beyond the table, and before it",
    (text) => {
      refused("CALENDAR_OUTSIDE_TABLE", () => counted("2031-12-30", text, "right"));
      refused("CALENDAR_OUTSIDE_TABLE", () => counted("2005-05-02", text, "right"));
    },
  );

  it.each(["", "FR", "grand-est", "Metropole", "constructor", "__proto__", "nouvelle-caledonie"])(
    "the region %j, for hours too: never silently the nation's",
    (region) => {
      const place = { region, zone: "Europe/Paris" } as unknown as Place;
      for (const text of ["workingDays(7)", "hours(24)", "months(6)"])
        refused("CALENDAR_UNKNOWN_REGION", () => counted("2026-03-27", text, "binds", place));
      refused("CALENDAR_UNKNOWN_REGION", () => placeOfRegion(region));
    },
  );

  it.each(["", "Europe/Metz", "+02:00", "2026-01-01T00:00[Europe/Paris]", "constructor"])(
    "the zone %j",
    (zone) => {
      for (const text of ["workingDays(7)", "hours(24)"])
        refused("CALENDAR_UNKNOWN_ZONE", () => counted("2026-03-27", text, "right", { ...mainland, zone }));
    },
  );

  it.each([0, -1, 1.5, Number.NaN, 10_000])("the amount %d", (amount) => {
    const work = () =>
      deadlineOf(
        instant("2026-03-27T09:30:00.000Z"),
        { unit: "days", amount },
        { rounding: "right", place: mainland },
      );
    refused("CALENDAR_BAD_AMOUNT", work);
  });

  it("an end beyond the year 9999", () => {
    refused("CALENDAR_TOO_FAR", () => counted("2026-03-27", "years(9000)", "binds"));
  });
});
