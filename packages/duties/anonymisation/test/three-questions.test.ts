import { describe, expect, it } from "vitest";
import type { CodeColumn } from "../src/equivalence-classes.ts";
import { type Answer, answerQuestions } from "../src/three-questions.ts";

/** A hundred rows, each another person. */
const ROWS = 100;
const THRESHOLDS = { k: 11, l: 3, entropy: 2, t: 0.5, occurrences: 5, suppression: 0.2 };

function columnOf(value: (row: number) => number): CodeColumn {
  const codes = Uint32Array.from({ length: ROWS }, (_, row) => value(row));
  return { codes, labels: [...new Set(codes)].sort((a, b) => a - b) };
}

function answersOf(columns: Readonly<Record<string, CodeColumn>>): readonly Answer[] {
  const names = Object.keys(columns);
  return answerQuestions(
    {
      ...{ table: { rows: ROWS, columns: new Map(Object.entries(columns)) }, released: names },
      ...{ known: names.filter((name) => name !== "grade"), sensitive: ["grade"], leftOut: 0 },
      ...{ earlierReleases: 0, fewestInADifference: undefined, personsToldApart: true, findings: 0 },
    },
    THRESHOLDS,
  );
}

const said = (answers: readonly Answer[], name: string) =>
  answers.flatMap(({ figures }) => figures).find((each) => each.name === name);

describe("the three questions (D13.2)", () => {
  const level = columnOf((row) => row % 2);
  const grade = columnOf((row) => (row >> 1) % 5);

  it("all hold where groups are large and their values many", () => {
    expect(answersOf({ level, grade }).map(({ holds }) => holds)).toEqual([true, true, true]);
  });

  it("a column that finds its persons again is counted, and the rows can be linked", () => {
    const answers = answersOf({ level, grade, serial: columnOf((row) => row) });
    expect(said(answers, "stableKeys")).toMatchObject({ value: 1, atMost: 0, holds: false });
    expect(answers.find(({ question }) => question === "linkability")?.holds).toBe(false);
  });

  it("one rare value is enough for that", () => {
    const rare = columnOf((row) => (row < 4 ? 1 : 0));
    expect(said(answersOf({ level, grade, rare }), "stableKeys")?.value).toBe(1);
    expect(
      said(answersOf({ level, grade, rare: columnOf((row) => (row < 5 ? 1 : 0)) }), "stableKeys")?.value,
    ).toBe(0);
  });

  it("a group of one value tells it of everybody in it", () => {
    const answers = answersOf({
      level,
      grade: columnOf((row) => (row % 2 === 0 ? 0 : 1 + ((row >> 1) % 4))),
    });
    expect(said(answers, "homogeneousClasses")?.holds).toBe(false);
    expect(answers.find(({ question }) => question === "inference")?.holds).toBe(false);
  });
});
