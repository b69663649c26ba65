import { localDate, mainland, placeOfRegion, sayDay } from "@preau/calendar";
import { controllerId, instant } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { exampleOf, startFrom } from "../src/clause-clock.ts";
import { groupOf, scopeOf, seesDues } from "../src/dues.ts";

const window = { duration: { unit: "workingDays", amount: 7 }, right: "controller" } as const;
const from = localDate("2026-03-27");

describe("the example of a clock", () => {
  it("ends on 8 April on the mainland, over Easter Monday, and opens at the midnight after", () => {
    const example = exampleOf(window, from, mainland);
    expect(example?.deadline).toMatchObject({ lastDay: "2026-04-08", opensAt: "2026-04-08T22:00:00.000Z" });
    expect(example?.holidays.map(({ day }) => day)).toEqual(["2026-04-06"]);
  });

  it("ends a day later in Moselle, where Good Friday may be kept, and says so", () => {
    const example = exampleOf(window, from, placeOfRegion("alsace-moselle"));
    expect(example?.deadline).toMatchObject({ lastDay: "2026-04-09", notes: ["GOOD_FRIDAY_UNKNOWN"] });
  });

  it("counts hours over the night in which clocks change", () => {
    const hours = { duration: { unit: "hours", amount: 48 } } as const;
    const example = exampleOf(hours, localDate("2026-03-28"), mainland);
    expect([example?.start, example?.deadline.dueAt]).toEqual([
      "2026-03-28T09:00:00.000Z",
      "2026-03-30T09:00:00.000Z",
    ]);
  });

  it("has none where the calendar does not reach", () => {
    expect(exampleOf(window, localDate("2040-01-01"), mainland)).toBeUndefined();
    expect(
      exampleOf({ duration: { unit: "years", amount: 9_999 } }, localDate("2026-01-01"), mainland),
    ).toBeUndefined();
  });

  it.each(["", "2026-02-30", "yesterday", undefined, ["2026-01-01"], "9".repeat(500)])(
    "starts on the usual day when %j is no day",
    (text) => expect(startFrom(text)).toBe(from),
  );

  it("says days as people do", () => {
    expect([sayDay(localDate("2026-04-08"), "fr"), sayDay(localDate("2026-05-01"), "fr")]).toEqual([
      "mercredi 8 avril 2026",
      "vendredi 1er mai 2026",
    ]);
    expect(sayDay(localDate("2026-04-08"), "en")).toBe("Wednesday 8 April 2026");
  });
});

describe("the groups of what is due", () => {
  const now = instant("2026-11-26T20:30:00.000Z");
  it.each([
    ["late", "2026-11-26T20:29:59.999Z", "Europe/Paris"],
    ["today", "2026-11-26T20:30:00.000Z", "Europe/Paris"],
    ["today", "2026-11-26T22:59:59.999Z", "Europe/Paris"],
    ["withinSevenDays", "2026-11-26T23:00:00.000Z", "Europe/Paris"],
    ["withinSevenDays", "2026-12-03T22:59:59.999Z", "Europe/Paris"],
    ["later", "2026-12-03T23:00:00.000Z", "Europe/Paris"],
    ["today", "2026-11-27T19:59:59.999Z", "Indian/Reunion"],
    ["today", "2026-11-27T03:59:59.999Z", "America/Martinique"],
  ] as const)("%s: %s in %s", (group, dueAt, zone) => {
    expect(groupOf(instant(dueAt), now, zone)).toBe(group);
  });

  it("are one client's for its own people, everybody's for staff", () => {
    const controller = controllerId("ministry");
    for (const actorRole of ["controllerAdministrator", "controllerDpo"] as const)
      expect(scopeOf({ actorRole, controller })).toBe(controller);
    for (const actorRole of ["publisherDpo", "support", "operations", "auditor"] as const)
      expect(scopeOf({ actorRole, controller })).toBe("all");
    expect([seesDues("dataSubject"), seesDues("system")]).toEqual([false, false]);
  });
});
