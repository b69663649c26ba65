import { isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { parseDataMap } from "../src/index.ts";
import { map, mapText } from "./fixtures/little-school.ts";

const broken = (change: (text: string) => string) => {
  try {
    parseDataMap(change(mapText), "school.yaml");
    return undefined;
  } catch (error) {
    return isFault(error, "DATA_MAP_INVALID") ? error.place : error;
  }
};
const lineOf = (text: string) => mapText.slice(0, mapText.indexOf(text)).split("\n").length;

describe("parse a data map", () => {
  it("reads tables, rules and defaults", () => {
    expect(map.tables["works"]?.rows[0]).toEqual({ by: "pupil_id", verdict: "erase" });
    expect(map.tables["board"]).toMatchObject({ texts: "keep", rows: [], notReferences: [] });
  });

  it.each([
    [
      "a typo in an option",
      "      - { by: from_person, verdict",
      "      - { buy: from_person, verdict",
      "rows.0",
    ],
    [
      "an unknown verdict",
      "rows: [{ by: person_id, verdict: erase }]",
      "rows: [{ by: person_id, verdict: delete }]",
      "verdict",
    ],
    ["a name that is no name", "  works:", "  'works; drop':", "works; drop"],
    ["YAML that is none", "  extra:", "  extra: [", "school.yaml"],
  ])("refuses %s with line and column", (_what, from, to, where) => {
    const place = broken((text) => text.replace(from, to));
    expect(place).toMatch(/^school\.yaml:\d+:\d+ /);
    expect(place).toContain(where);
    expect(Number(String(place).split(":")[1])).toBeGreaterThanOrEqual(lineOf(from) - 1);
  });

  it("refuses an anonymised row that would be found again for ever", () => {
    expect(
      broken((text) => text.replace("anonymise: { marked_by: empty }", "anonymise: { value: null }")),
    ).toContain("marked_by");
  });

  it("refuses a circle of parents, and a person table without a rule", () => {
    const circle = (text: string) =>
      text
        .replace(
          "      - { by: pupil_id, verdict: erase }\n      - { by: marked_by",
          "      - { by: pupil_id, of: { table: work_parts, column: id, by: work_id }, verdict: erase }\n      - { by: marked_by",
        )
        .replace(
          "of: { table: works, column: id, by: pupil_id }",
          "of: { table: marks, column: id, by: pupil_id }",
        );
    expect(broken(circle)).toContain("circle");
    expect(broken((text) => text.replace("      - by: id\n", "      - by: login\n"))).toContain("own row");
  });

  it("wants a reason where mentions are kept", () => {
    expect(broken((text) => text.replace(/^mentions:.*$/m, ""))).toContain("mentions");
  });
});

describe("the lifecycle of a data map (D12.4)", () => {
  const withLifecycle = (lines: string) =>
    broken((text) =>
      text.replace(
        "tables:\n",
        `lifecycle:\n  lastActivity: [{ column: id, form: unixSeconds }]\n${lines}\ntables:\n`,
      ),
    );

  it("is read", () =>
    expect(
      withLifecycle("  activityLog: [{ table: events, at: { column: id, form: day } }]"),
    ).toBeUndefined());

  it("refuses a table that the map does not describe, and names the one that was meant", () => {
    const place = withLifecycle("  activityLog: [{ table: event, at: { column: id, form: day } }]");
    expect(place).toMatch(/^school\.yaml:\d+:\d+ lifecycle\.activityLog\.0\.table/);
    expect(place).toContain("did you mean events?");
  });

  it("refuses a form of moments that there is none of", () => {
    expect(withLifecycle("  activityLog: [{ table: events, at: { column: id, form: seconds } }]")).toContain(
      "form",
    );
  });

  it("refuses a role that nobody reaches", () => {
    expect(withLifecycle("  roles: [{ role: pupil }, { role: teacher, where: { id: 1 } }]")).toContain(
      "never reached",
    );
  });
});
