import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";
import { preau } from "./run-preau.ts";

const deadline = (args: readonly string[]) => preauHere(["deadline", ...args], { cwd: temporaryFolder() });

describe("preau deadline (D8.3)", () => {
  it("says the last day, the opening, the calendar, and the days that did not count by their names", async () => {
    const moselle = await preau(["deadline", "2026-03-27", "workingDays(7)", "--department", "57"], {
      cwd: temporaryFolder(),
      env: { LANG: "fr_FR.UTF-8" },
    });
    expect([moselle.code, moselle.err]).toEqual([0, ""]);
    const lines = moselle.out.replaceAll(/[\u00a0\u202f]/g, " ").split("\n");
    expect(lines).toEqual([
      "Période : 7 jours ouvrés à compter du vendredi 27 mars 2026, un droit : jusqu’à la fin du dernier jour",
      "Dernier jour : jeudi 9 avril 2026",
      "À temps jusqu’au : jeudi 9 avril 2026 à 23 h 59",
      "Ouverture : vendredi 10 avril 2026 à 0 h 00",
      "Calendrier : Alsace-Moselle, Europe/Paris, données publiques officielles 2006–2031, vendredi saint inconnu, le jour le plus tardif est retenu",
      "Jours non comptés :",
      "  samedi 28 mars 2026",
      "  dimanche 29 mars 2026",
      "  vendredi 3 avril 2026, vendredi saint",
      "  samedi 4 avril 2026",
      "  dimanche 5 avril 2026",
      "  lundi 6 avril 2026, lundi de Pâques",
      "",
    ]);
    const paris = await deadline(["2026-03-27", "workingDays(7)"]);
    expect(paris.out).toContain("Last day: Wednesday 8 April 2026\n");
    expect(paris.out).toContain("Mainland France, Europe/Paris");
    expect(paris.out).not.toContain("Good Friday");
  });

  it.each([
    { args: ["2026-12-17", "workingDays(7)"], lastDay: "2026-12-29", opensAt: "2026-12-29T23:00:00.000Z" },
    { args: ["2026-03-27", "workingDays(15)"], lastDay: "2026-04-20", opensAt: "2026-04-20T22:00:00.000Z" },
    {
      args: ["2026-03-27", "workingDays(15)", "--region", "alsace-moselle"],
      lastDay: "2026-04-21",
      opensAt: "2026-04-21T22:00:00.000Z",
    },
    {
      args: ["2026-03-27", "workingDays(7)", "--department", "57", "--good-friday", "working-day"],
      lastDay: "2026-04-08",
      opensAt: "2026-04-08T22:00:00.000Z",
    },
    {
      args: ["2026-03-27", "workingDays(7)", "--department", "57", "--binds"],
      lastDay: "2026-04-08",
      opensAt: "2026-04-07T22:00:00.001Z",
    },
    {
      args: ["2026-03-28T10:15:00+01:00", "hours(24)", "--binds"],
      lastDay: "2026-03-29",
      opensAt: "2026-03-29T09:15:00.001Z",
    },
    {
      args: ["2026-05-26", "workingDays(1)", "--department", "97100"],
      lastDay: "2026-05-28",
      opensAt: "2026-05-29T04:00:00.000Z",
    },
    {
      args: ["2026-03-27", "days(30)", "--zone", "Indian/Reunion"],
      lastDay: "2026-04-27",
      opensAt: "2026-04-27T20:00:00.000Z",
    },
  ])("prints one JSON document: $args", async ({ args, lastDay, opensAt }) => {
    const answer = await deadline([...args, "--json"]);
    expect([answer.code, answer.err]).toEqual([0, ""]);
    const document = JSON.parse(answer.out) as Record<string, unknown>;
    expect(document).toMatchObject({ lastDay, opensAt, holidays: { from: 2006, to: 2031 } });
    expect(Date.parse(opensAt) - Date.parse(document["dueAt"] as string)).toBe(1);
  });

  it("names in JSON what was skipped, in both languages, and says when Good Friday decided", async () => {
    const answer = await deadline(["2026-04-02", "workingDays(1)", "--department", "67", "--json"]);
    expect(JSON.parse(answer.out)).toMatchObject({
      period: "workingDays(1)",
      rounding: "right",
      lastDay: "2026-04-07",
      place: { region: "alsace-moselle", zone: "Europe/Paris", goodFriday: "unknown" },
      notes: ["GOOD_FRIDAY_UNKNOWN"],
      skipped: [
        { day: "2026-04-03", why: "holiday", names: [{ en: "Good Friday", fr: "vendredi saint" }] },
        { day: "2026-04-04", why: "weekend", names: [] },
        { day: "2026-04-05", why: "weekend", names: [] },
        { day: "2026-04-06", why: "holiday", names: [{ en: "Easter Monday", fr: "lundi de Pâques" }] },
      ],
    });
    const moved = await deadline(["2026-04-01", "days(30)", "--json"]);
    expect(JSON.parse(moved.out)).toMatchObject({
      lastDay: "2026-05-04",
      skipped: [{ day: "2026-05-01" }, { day: "2026-05-02" }, { day: "2026-05-03" }],
    });
  });

  it.each([
    { args: ["2026-02-30", "days(3)"], code: "HUB_BAD_ARGUMENT", place: "start" },
    { args: ["2026-03-27T10:15", "days(3)"], code: "HUB_BAD_ARGUMENT", place: "start" },
    { args: ["2026-03-27T24:00:00Z", "days(3)"], code: "HUB_BAD_ARGUMENT", place: "start" },
    { args: ["2026-03-27", "hours(24)"], code: "HUB_BAD_ARGUMENT", place: "start" },
    { args: ["2026-03-27", "7 days"], code: "HUB_BAD_ARGUMENT", place: "period" },
    { args: ["2026-03-27", "days(0)"], code: "HUB_BAD_ARGUMENT", place: "period" },
    { args: ["2026-03-27", "days(3)", "--right", "--binds"], code: "HUB_BAD_ARGUMENT", place: "--right" },
    { args: ["2026-03-27", "days(3)", "--zone", "Europe/Metz"], code: "HUB_BAD_ARGUMENT", place: "--zone" },
    {
      args: ["2026-03-27", "days(3)", "--good-friday", "constructor"],
      code: "HUB_BAD_ARGUMENT",
      place: "--good-friday",
    },
    {
      args: ["2026-03-27", "days(3)", "--region", "guyane", "--department", "57"],
      code: "HUB_BAD_ARGUMENT",
      place: "--region",
    },
    { args: ["2026-03-27", "days(3)", "--region", "grand-est"], code: "CALENDAR_UNKNOWN_REGION" },
    { args: ["2026-03-27", "days(3)", "--department", "99"], code: "CALENDAR_UNKNOWN_DEPARTMENT" },
    { args: ["2026-03-27", "days(3)", "--department", "9710035L"], code: "CALENDAR_AMBIGUOUS_DEPARTMENT" },
    { args: ["2031-12-30", "workingDays(7)"], code: "CALENDAR_OUTSIDE_TABLE", place: "2032-01-01" },
    { args: ["2026-03-27", "years(9000)", "--binds"], code: "CALENDAR_TOO_FAR" },
  ])("refuses with 2: $args", async ({ args, code, place }) => {
    const answer = await deadline(args);
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toMatch(new RegExp(`^preau: ${code} {2}`));
    if (place !== undefined) expect(answer.err.split("\n")[1]).toContain(`place: ${place}`);
  });
});
