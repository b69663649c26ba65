import { describe, expect, it } from "vitest";
import { type LocalDate, localDate, parseDuration, sayDay, sayDuration } from "../src/index.ts";

describe("days and periods as people say them", () => {
  it.each([
    ["2026-04-08", "mercredi 8 avril 2026", "Wednesday 8 April 2026"],
    ["2026-05-01", "vendredi 1er mai 2026", "Friday 1 May 2026"],
    ["2024-02-29", "jeudi 29 février 2024", "Thursday 29 February 2024"],
    ["2026-12-31", "jeudi 31 décembre 2026", "Thursday 31 December 2026"],
    ["2026-08-21", "vendredi 21 août 2026", "Friday 21 August 2026"],
  ])("%s is « %s », “%s”", (date, fr, en) => {
    expect([sayDay(localDate(date), "fr"), sayDay(localDate(date), "en")]).toEqual([fr, en]);
  });

  it.each([
    ["workingDays(7)", "7 jours ouvrés", "7 working days"],
    ["workingDays(1)", "1 jour ouvré", "1 working day"],
    ["hours(24)", "24 heures", "24 hours"],
    ["days(1)", "1 jour", "1 day"],
    ["months(6)", "6 mois", "6 months"],
    ["years(2)", "2 ans", "2 years"],
    ["days(1500)", "1 500 jours", "1,500 days"],
  ])("%s is « %s », “%s”", (text, fr, en) => {
    const duration = parseDuration(text)!;
    const plain = (said: string) => said.replaceAll(/[\u00a0\u202f]/g, " ");
    expect([plain(sayDuration(duration, "fr")), plain(sayDuration(duration, "en"))]).toEqual([fr, en]);
    expect(sayDuration(duration, "en")).toMatch(/^[\d,]+\u00a0/);
  });

  it("refuses a day that does not exist", () => {
    expect(() => sayDay("2026-02-30" as LocalDate, "fr")).toThrow(
      expect.objectContaining({ code: "CALENDAR_BAD_DATE" }) as Error,
    );
  });
});
