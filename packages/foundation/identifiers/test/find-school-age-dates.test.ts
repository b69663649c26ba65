import { describe, expect, it } from "vitest";
import { redactText } from "../src/redact-text.ts";

const today = "2026-11-27";
const masked = (text: string) => redactText(text, { today, language: "en" }).text;

describe("a whole date by which somebody is at school, on a day that the caller says (DD.8)", () => {
  it.each([
    "15.01.2016",
    "2013-04-10",
    "03/07/2012",
    "12 09 2013",
    "4 mars 2011",
    "March 4, 2011",
    "1er février 2012",
    "15/01/16",
  ])("%s is a date of birth, whatever stands around it", (date) => {
    expect(masked(`scan_${date}.pdf`)).toBe("scan_[date of birth].pdf");
    expect(masked(`{"page":"/x","d":"${date}"}`)).not.toContain(date);
  });

  it.each([
    "27/11/2026",
    "2025-09-01",
    "14 juillet 1789",
    "11/11/1918",
    "version 10.2.14",
    "2026-0612",
    "12/2013",
    "32/13/2013",
  ])("%s stays: too recent, long ago, or no date", (text) =>
    expect(masked(`le ${text}, voilà`)).toContain(text),
  );

  it("stays where nobody says which day it is", () =>
    expect(redactText("15.01.2016").text).toBe("15.01.2016"));
});
