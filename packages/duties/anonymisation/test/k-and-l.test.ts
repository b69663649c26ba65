import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodeTable } from "../src/equivalence-classes.ts";
import { kOf } from "../src/k-anonymity.ts";
import { lOf } from "../src/l-diversity.ts";

type Row = readonly [a: number, b: number, sensitive: number, person: number];
const rows = fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.nat(3), fc.nat(9)), { minLength: 1, maxLength: 40 });

function tableOf(all: readonly Row[], withPersons: boolean): CodeTable {
  const column = (at: 0 | 1 | 2) => ({
    codes: Uint32Array.from(all, (row) => row[at]),
    labels: [0, 1, 2, 3],
  });
  return {
    rows: all.length,
    columns: new Map([
      ["a", column(0)],
      ["b", column(1)],
      ["s", column(2)],
    ]),
    ...(withPersons ? { persons: Uint32Array.from(all, ([, , , person]) => person) } : {}),
  };
}

/** By hand: persons of each class, and of each value in it. */
function byHand(all: readonly Row[], withPersons: boolean) {
  const classes = new Map<string, { persons: Set<number>; values: Map<number, Set<number>> }>();
  for (const [at, [a, b, s, person]] of all.entries()) {
    const who = withPersons ? person : at;
    const one = classes.get(`${a} ${b}`) ?? { persons: new Set(), values: new Map<number, Set<number>>() };
    one.persons.add(who);
    one.values.set(s, (one.values.get(s) ?? new Set()).add(who));
    classes.set(`${a} ${b}`, one);
  }
  const entropies = [...classes.values()].map(({ values }) => {
    const counts = [...values.values()].map(({ size }) => size);
    const sum = counts.reduce((total, each) => total + each, 0);
    return Math.exp(-counts.reduce((total, each) => total + (each / sum) * Math.log(each / sum), 0));
  });
  return {
    k: Math.min(...[...classes.values()].map(({ persons }) => persons.size)),
    l: Math.min(...[...classes.values()].map(({ values }) => values.size)),
    entropy: Math.min(...entropies),
  };
}

describe("k and l", () => {
  it("are what counting by hand gives, persons once each (D13.2)", () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (all, withPersons) => {
        const table = tableOf(all, withPersons);
        const expected = byHand(all, withPersons);
        expect(kOf(table, ["a", "b"]).k).toBe(expected.k);
        const found = lOf(table, ["a", "b"], "s");
        expect(found.distinct).toBe(expected.l);
        expect(found.entropy).toBeCloseTo(expected.entropy, 9);
      }),
    );
  });

  it("are those of the worked example of three classes (D13.2)", () => {
    const all: readonly Row[] = [
      [0, 0, 0, 0],
      [0, 0, 1, 1],
      [0, 0, 2, 2],
      [1, 1, 3, 3],
      [1, 1, 3, 4],
      [2, 1, 0, 5],
    ];
    const table = tableOf(all, false);
    expect(kOf(table, ["a", "b"])).toEqual({ k: 1, classes: 3, rows: 6, alone: 1 / 3 });
    expect(lOf(table, ["a", "b"], "s")).toMatchObject({
      distinct: 1,
      entropy: 1,
      homogeneous: 2 / 3,
      surest: 1,
    });
  });

  it("of nothing are nothing (D13.2)", () => {
    expect(kOf(tableOf([], false), ["a"]).k).toBe(0);
    expect(lOf(tableOf([], false), ["a"], "s").distinct).toBe(0);
  });
});
