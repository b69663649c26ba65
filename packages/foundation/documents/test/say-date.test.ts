import { localDate } from "@preau/calendar";
import { instant } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { typesetFrench } from "../src/clean-text.ts";
import { fullDay, period } from "../src/compose.ts";
import { sayCountry } from "../src/say-country.ts";
import { sayDate, sayFigure, sayMoment, saySiret } from "../src/say-date.ts";
import { spellLine } from "../src/spell.ts";

describe("days, moments and figures", () => {
  it("are written as each language writes them", () => {
    expect(sayDate(localDate("2026-09-01"), "fr")).toBe("1er septembre 2026");
    expect(sayDate(localDate("2026-11-11"), "fr")).toBe("11 novembre 2026");
    expect(sayDate(localDate("2026-09-01"), "en")).toBe("1 September 2026");
    expect(spellLine([fullDay(localDate("2026-11-23"))], "fr")).toBe("lundi 23 novembre 2026");
    expect(spellLine([fullDay(localDate("2026-11-23"))], "en")).toBe("Monday 23 November 2026");
    expect(spellLine([period({ unit: "workingDays", amount: 7 })], "fr")).toBe("7\u00a0jours ouvrés");
    expect(spellLine([period({ unit: "hours", amount: 48 })], "fr")).toBe("48\u00a0heures");
    expect(sayFigure(1_234_567.89, "fr")).toBe("1\u202f234\u202f567,89");
    expect(sayFigure(1_234_567.89, "en")).toBe("1,234,567.89");
    expect(sayCountry("DE", "fr")).toBe("Allemagne");
    expect(sayCountry("ZZ", "en")).not.toBe("");
  });

  it("are read on the clocks of their zone", () => {
    const at = instant("2026-11-30T23:30:00.000Z");
    expect(sayMoment(at, "Europe/Paris", "fr")).toBe("1er décembre 2026 à\u00a000:30 (Europe/Paris)");
    expect(sayMoment(at, "America/Cayenne", "en")).toBe("30 November 2026 at\u00a020:30 (America/Cayenne)");
  });

  it("group a SIRET, and leave what is none", () => {
    expect(saySiret("42476141900045")).toBe("424\u00a0761\u00a0419\u00a000045");
    expect(saySiret("4247")).toBe("4247");
  });

  it("keep French punctuation with its word", () => {
    expect(typesetFrench("délai : « 7 jours » ; oui ? art. 6, § 1")).toBe(
      "délai\u00a0: «\u00a07 jours\u00a0»\u202f; oui\u202f? art.\u00a06, §\u00a01",
    );
  });
});
