import { controllerId, type Due, instant } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarFile } from "../src/calendar-file.ts";
import { readCalendar, valueOf } from "./calendar-lines.ts";

const now = instant("2026-11-26T09:00:00.000Z");
const options = {
  language: "fr",
  now,
  publicUrl: "https://preau.example",
  name: "Préau, échéances",
} as const;

function due(more: Partial<Due> = {}): Due {
  return {
    id: "era_01kat2v6m0x3w8r5n9c4f7h1q2",
    controller: controllerId("ecole-des-tilleuls"),
    clause: "D12.2",
    title: { fr: "Effacer les données d’un compte", en: "Erase an account's data" },
    dueAt: instant("2026-11-27T08:15:30.999Z"),
    href: "/erasures/era_01kat2v6m0x3w8r5n9c4f7h1q2",
    ...more,
  };
}

describe("what is due as a calendar file (RFC 5545)", () => {
  it("is an event at the last moment, rounded down, with an alarm a day before and a link", () => {
    const calendar = readCalendar(calendarFile([due()], options));
    expect([valueOf(calendar, "VERSION"), valueOf(calendar, "PRODID")]).toEqual(["2.0", "-//Preau//hub//FR"]);
    const [event] = calendar.components;
    if (event === undefined) throw new Error("no event");
    expect(event.name).toBe("VEVENT");
    expect(valueOf(event, "DTSTAMP")).toBe("20261126T090000Z");
    expect(valueOf(event, "DTSTART")).toBe("20261127T081530Z");
    expect(valueOf(event, "SUMMARY")).toBe("D12.2 · Effacer les données d’un compte");
    expect(valueOf(event, "URL")).toBe("https://preau.example/erasures/era_01kat2v6m0x3w8r5n9c4f7h1q2");
    expect(valueOf(event, "TRANSP")).toBe("TRANSPARENT");
    const [alarm] = event.components;
    if (alarm === undefined) throw new Error("no alarm");
    expect([alarm.name, valueOf(alarm, "TRIGGER"), valueOf(alarm, "ACTION")]).toEqual([
      "VALARM",
      "-P1D",
      "DISPLAY",
    ]);
  });

  it("keeps its UID when title, time and clock change, and has another for another controller", () => {
    const uid = (each: Due, at = now) => {
      const [event] = readCalendar(calendarFile([each], { ...options, now: at })).components;
      if (event === undefined) throw new Error("no event");
      return valueOf(event, "UID");
    };
    const first = uid(due());
    const later = instant("2026-11-27T09:00:00.000Z");
    expect(uid(due({ title: { fr: "Autre", en: "Other" }, dueAt: later }), later)).toBe(first);
    expect(uid(due({ controller: controllerId("college-des-acacias") }))).not.toBe(first);
    expect(uid(due({ clause: "D12.3" }))).not.toBe(first);
    expect(first).toMatch(/^[0-9a-f]{32}@preau\.example$/);
  });

  it("is a valid calendar without any event", () => {
    expect(readCalendar(calendarFile([], options)).components).toEqual([]);
  });

  it("is well-formed whatever a title holds, and reads back as that title", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.string({ unit: "binary-ascii" }),
        (fr, en) => {
          for (const language of ["fr", "en"] as const) {
            const title = { fr, en };
            const calendar = readCalendar(calendarFile([due({ title })], { ...options, language }));
            const said = valueOf(calendar.components[0] ?? calendar, "SUMMARY");
            const read = said.replaceAll(/\\([\\;,])/g, "$1");
            expect(read).toBe(`D12.2 · ${title[language].replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim()}`);
          }
        },
      ),
      // A line separator (U+2028) is a break for some readers.
      { numRuns: 300, examples: [["!\u2028!", ""]] },
    );
  });
});

describe("the reader of calendar files", () => {
  const good = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";
  it.each([
    ["bare line feeds", good.replaceAll("\r\n", "\n")],
    ["a long line", good.replace("2.0", `2.0${"x".repeat(80)}`)],
    ["an unclosed component", good.replace("END:VCALENDAR", "BEGIN:VEVENT")],
    ["a bare comma", good.replace("VERSION:2.0", "SUMMARY:a,b")],
    ["an open last line", good.slice(0, -2)],
  ])("refuses %s", (_name, file) => {
    expect(() => readCalendar(file)).toThrow();
  });
});
