import { describe, expect, it } from "vitest";
import { readPlan } from "../src/read-plan.ts";

const HEAD = `format: preau.release-plan/1
id: grades
title: { fr: Notes, en: Grades }
purpose: statistics
data: { rows: onePerPerson }
columns:
`;

function read(columns: string) {
  return readPlan(HEAD + columns, "plan.yaml");
}

describe("a release plan", () => {
  it("has its thresholds where it gives none (D13.1)", () => {
    expect(read("  hand: { role: quasi, values: [left, right] }").thresholds).toMatchObject({ k: 11, l: 3 });
  });

  it.each([
    ["email: { role: open }", "a direct identifier"],
    ["userid: { role: quasi }", "a direct identifier"],
    ["idEleve: { role: quasi }", "a direct identifier"],
    ["Prénom: { role: quasi }", "a direct identifier"],
    ["person.lastip: { role: quasi }", "a direct identifier"],
    ["x: { role: quasi, as: pseudonyme }", "a direct identifier"],
    ["onlinetext: { role: open }", "free text"],
    ["commentaires: { role: sensitive }", "free text"],
    ["room: { role: quasi, values: [classe de Mme Durand] }", "addressee"],
    ["room: { role: quasi, values: [lea.martin@college.example] }", "email"],
  ])("that asks for %s is refused before a row is read (D13.2)", (columns, why) => {
    expect(() => read(`  ${columns}`)).toThrow(
      expect.objectContaining({
        code: "ANONYMISATION_PLAN_IDENTIFIES",
        clause: "D13.2",
        place: expect.stringMatching(new RegExp(`^plan\\.yaml:7:\\d+ .*${why}`)),
      }),
    );
  });

  it.each([
    ["birth: { role: quasi, generalise: { kind: date, levels: [month] } }", "levels"],
    ["birth: { role: quasi, generalise: { kind: date, levels: [decade, year] } }", "levels"],
    ["grade: { role: sensitive, generalise: { kind: bands, widths: [2, 5] } }", "multiple"],
    ["grade: { role: secret }", "role"],
    ["level_name: { role: quasi }", "closed list"],
    ["grade: { role: quasi, hash: true }", "hash"],
  ])("with %s is refused, with line and column (D13.1)", (columns, why) => {
    expect(() => read(`  ${columns}`)).toThrow(
      expect.objectContaining({
        code: "ANONYMISATION_PLAN_INVALID",
        place: expect.stringMatching(new RegExp(`^plan\\.yaml:7:\\d+ .*${why}`)),
      }),
    );
  });

  it.each([
    ["k", 4],
    ["l", 1],
    ["entropy", 1.2],
    ["suppression", 0.9],
  ])("cannot put %s beyond its floor (D13.2)", (name, value) => {
    const text = `${HEAD}  hand: { role: quasi, values: [a, b] }\nthresholds: { ${name}: ${value} }\n`;
    expect(() => readPlan(text)).toThrow(expect.objectContaining({ code: "ANONYMISATION_PLAN_INVALID" }));
  });
});
