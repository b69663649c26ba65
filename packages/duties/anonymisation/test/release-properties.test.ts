import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReleaseClasses } from "../src/anonymise-classes.ts";
import { releaseGate } from "../src/release-gate.ts";
import type { ReleasePlan } from "../src/release-plan.ts";
import { classesNoted, of300, planOf, pupilsOf, randomOf, rowsOf } from "./release-corpus.ts";

type Rows = readonly Readonly<Record<string, unknown>>[];

function gate(rows: Rows, { plan = planOf(), seed = 1, earlier = [] }: Given = {}) {
  return releaseGate(plan, [rowsOf(rows)], { randomBelow: randomOf(seed), earlier });
}
interface Given {
  readonly plan?: ReleasePlan;
  readonly seed?: number;
  readonly earlier?: readonly ReleaseClasses[];
}
const KNOWN = ["birth_year", "hand", "level"];

async function released(rows: Rows, given: Given = {}) {
  const gated = await gate(rows, given);
  if (gated.kind !== "anonymised")
    throw new Error(`refused: ${gated.reasons.map(({ code }) => code).join()}`);
  return gated;
}

async function refusedFor(rows: Rows, given: Given = {}) {
  const gated = await gate(rows, given);
  if (gated.kind === "anonymised") throw new Error("released");
  expect(gated.word).toBe("pseudonymised");
  return gated.reasons.map(({ code }) => code);
}

describe("what leaves the gate", () => {
  it("is in classes of k with l values each, and counts with what was left out (D13.1)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 20, max: 400 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        async (count, classes, seed) => {
          const gated = await gate(pupilsOf(count, classes, seed));
          if (gated.kind === "refused") return;
          const rows = [...gated.release.rows()];
          for (const persons of classesNoted(rows, KNOWN).values())
            expect(persons).toBeGreaterThanOrEqual(11);
          const values = new Map<string, Set<unknown>>();
          for (const row of rows) {
            const key = JSON.stringify(KNOWN.map((name) => row[name]));
            values.set(key, (values.get(key) ?? new Set()).add(row["grade"]));
          }
          for (const each of values.values()) expect(each.size).toBeGreaterThanOrEqual(3);
          const out = count - rows.length;
          expect(gated.loss.suppressed).toBeCloseTo(out / count, 9);
          expect(out === 0 || out >= 11).toBe(true);
          expect(rows.every((row) => Object.keys(row).join() === "birth_year,grade,hand,level")).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("holds no day of birth, and comes in an order of its own each time (D13.2)", async () => {
    const [first, second] = await Promise.all([released(of300()), released(of300(), { seed: 2 })]);
    const [a, b] = [[...first.release.rows()], [...second.release.rows()]];
    expect(JSON.stringify(a)).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    expect(a).not.toEqual(b);
    expect([...classesNoted(a, [...KNOWN, "grade"])].sort()).toEqual(
      [...classesNoted(b, [...KNOWN, "grade"])].sort(),
    );
  });

  it("does not isolate who came, or came for another, between two releases (D13.2)", async () => {
    const plan = planOf({ thresholds: { suppression: 0.5 } });
    const before = await released(of300(), { plan });
    const came = { birth: "2014-05-05", hand: "right", level: "6e A", grade: 12 };
    const place = of300().findIndex(({ level, hand }) => level === "6e A" && hand === "right");
    const then = classesNoted(before.release.rows(), KNOWN);
    for (const rows of [[...of300(), came], of300().with(place, { ...came, grade: 19 })]) {
      const gated = await released(rows, { plan, earlier: [before.release.classes] });
      const now = classesNoted(gated.release.rows(), KNOWN);
      const own = JSON.stringify([2014, "right", "6e A"]);
      expect([then.get(own), now.get(own)]).toEqual([expect.any(Number), undefined]);
      for (const key of new Set([...then.keys(), ...now.keys()])) {
        const moved = Math.abs((now.get(key) ?? 0) - (then.get(key) ?? 0));
        expect(moved === 0 || moved >= 11, key).toBe(true);
      }
    }
  });

  it("may be the same again when nobody came or went (D13.2)", async () => {
    const before = await released(of300());
    const again = await released(of300(), { seed: 3, earlier: [before.release.classes] });
    expect(again.release.rowsOut).toBe(before.release.rowsOut);
  });

  it("counts a person once, however many rows there are (D13.2)", async () => {
    const one = pupilsOf(10, 1).flatMap((pupil, who) =>
      Array.from({ length: 60 }, (_, at) => ({ ...pupil, hand: "left", grade: at % 20, who: `p${who}` })),
    );
    const plan = planOf({ data: { person: "who" } });
    expect(await refusedFor(one, { plan })).toContain("small");
    expect(await refusedFor(one, { plan: planOf({ data: {} }) })).toEqual(["personsNotToldApart"]);
  });

  it("keeps a school out that is recognised by being there (D13.2)", async () => {
    const small = pupilsOf(6, 1, 9);
    const gated = await releaseGate(planOf(), [rowsOf(of300(), "ctl_1"), rowsOf(small, "ctl_2")], {
      randomBelow: randomOf(1),
    });
    if (gated.kind !== "anonymised") throw new Error("refused");
    const without = await released(of300());
    expect(gated.release.rowsOut).toBeLessThanOrEqual(without.release.rowsOut);
    expect(gated.release.classes.classes.every(({ controller }) => controller === "ctl_1")).toBe(true);
  });
});

describe("rows made to break the gate", () => {
  it.each<readonly [string, Rows, string]>([
    ["nobody", [], "empty"],
    ["one grade for all", of300().map((row) => ({ ...row, grade: 12 })), "telling"],
    ["five pupils", pupilsOf(5, 1), "small"],
    ["a number that is none", [...of300(), { ...of300()[0], grade: Number.NaN }], "unknownValue"],
    ["an object for a value", [...of300(), { ...of300()[0], hand: { id: 1 } }], "unknownValue"],
    [
      "a column that is missing",
      [...of300(), { birth: "2014-01-01", hand: "left", grade: 3 }],
      "unknownValue",
    ],
    ["an address in a column", [...of300(), { ...of300()[0], level: "lea@college.example" }], "identifier"],
    ["prose in a column", of300().map((row, at) => ({ ...row, level: `travail ${at}` })), "freeText"],
    ["days that do not exist", of300().map((row) => ({ ...row, birth: "2014-02-30" })), "unreadable"],
  ])("%s: refused, and said why (D13.2)", async (_title, rows, code) => {
    expect(await refusedFor(rows)).toContain(code);
  });

  it("take spellings of one value for one: case, composition, spaces (D13.2)", async () => {
    const spelled = ["6e A", "6E  A", "６e A", "6e\u200b A", "6e A "];
    const rows = pupilsOf(100, 1).map((row, at) => ({ ...row, level: at < 96 ? "6e A" : spelled[at % 5] }));
    const gated = await released(rows);
    expect(new Set([...gated.release.rows()].map(({ level }) => level))).toEqual(new Set(["6e A"]));
  });

  it("read numbers written as text, and a minus zero as zero (D13.2)", async () => {
    const rows = of300().map((row, at) => ({
      ...row,
      grade: at % 2 === 0 ? String(row.grade).replace(".", ",") : row.grade,
    }));
    const [a, b] = await Promise.all([released(rows), released(of300())]);
    expect([...classesNoted(a.release.rows(), ["grade"])].sort()).toEqual(
      [...classesNoted(b.release.rows(), ["grade"])].sort(),
    );
    const plan = planOf({
      columns: { grade: { role: "sensitive", generalise: { kind: "roundDown", to: [5] } } },
    });
    const zeros = pupilsOf(90, 1).map((_, at) => ({ grade: [-0, 5, 10][at % 3] }));
    const grades = [...(await released(zeros, { plan })).release.rows()].map(({ grade }) => grade);
    expect(grades.some((grade) => Object.is(grade, -0))).toBe(false);
  });

  it("leave a pupil out who is the only left-handed one, with others beside (D13.2)", async () => {
    const rows = of300().map((row, at) => ({ ...row, hand: at === 17 ? "left" : "right" }));
    const { release, loss } = await released(rows);
    expect([...release.rows()].some(({ hand }) => hand === "left")).toBe(false);
    // Who reads the figures is told that a group has gone.
    expect(loss.columns.find(({ column }) => column === "hand")?.valuesGone).toBe(1);
  });
});
