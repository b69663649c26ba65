import type { TableCount } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addStep, countedTables, settleCounts } from "../src/count-steps.ts";

const names = ["pupil", "result", "visit"] as const;
const count = fc.record({
  table: fc.constantFrom(...names),
  erased: fc.nat(9),
  anonymised: fc.nat(9),
  kept: fc.nat(9),
});
const total = (tables: readonly TableCount[], pick: (each: TableCount) => number) =>
  tables.reduce((sum, each) => sum + pick(each), 0);
const planOf = (rows: readonly number[]): readonly TableCount[] =>
  names.map((table, n) => ({ table, erased: rows[n] ?? 0, anonymised: (rows[n] ?? 0) % 3, kept: n }));
const byName = (tables: readonly TableCount[]) => new Map(tables.map((each) => [each.table, each]));

describe("counting steps (D12.2)", () => {
  it("loses and invents no row, and lists each table once", () => {
    fc.assert(
      fc.property(fc.array(count), (steps) => {
        const sum = steps.reduce<readonly TableCount[]>(addStep, []);
        expect(total(sum, (each) => each.erased)).toBe(total(steps, (each) => each.erased));
        expect(total(sum, (each) => each.anonymised)).toBe(total(steps, (each) => each.anonymised));
        expect(byName(sum).size).toBe(sum.length);
      }),
    );
  });

  it("settles a crash exactly: what was planned less what is left, wherever the note stopped", () => {
    const rows = fc.array(fc.nat(20), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(rows, rows, rows, (planned, did, missed) => {
        const plan = planOf(planned);
        const done = plan.map((each, n) => ({
          ...each,
          erased: Math.min(did[n] ?? 0, each.erased),
          anonymised: Math.min(did[n] ?? 0, each.anonymised),
        }));
        const remaining = plan.map((each, n) => ({
          ...each,
          erased: each.erased - (done[n]?.erased ?? 0),
          anonymised: each.anonymised - (done[n]?.anonymised ?? 0),
        }));
        const noted = done.map((each, n) => ({
          ...each,
          erased: Math.max(0, each.erased - (missed[n] ?? 0)),
        }));
        const settled = byName(settleCounts(plan, remaining, noted));
        for (const { table, erased, anonymised } of done) {
          expect(settled.get(table)?.erased ?? 0).toBe(erased);
          expect(settled.get(table)?.anonymised ?? 0).toBe(anonymised);
        }
      }),
    );
  });

  it("never says less than was noted, whatever others did meanwhile, tables beside the plan included", () => {
    fc.assert(
      fc.property(fc.array(count), fc.array(count), fc.array(count), (planned, remaining, steps) => {
        const noted = steps.reduce<readonly TableCount[]>(addStep, []);
        const plan = [...byName(planned).values()].filter(({ table }) => table !== "visit");
        const settled = byName(settleCounts(plan, remaining, noted));
        for (const { table, erased, anonymised } of noted) {
          expect(settled.get(table)?.erased ?? 0).toBeGreaterThanOrEqual(erased);
          expect(settled.get(table)?.anonymised ?? 0).toBeGreaterThanOrEqual(anonymised);
        }
      }),
    );
  });

  it("lists on the receipt the tables that were searched in vain, and those that came beside the plan", () => {
    const plan = planOf([2, 0, 0]);
    const done = [
      { table: "pupil", erased: 2, anonymised: 0, kept: 0 },
      { table: "late", erased: 1, anonymised: 0, kept: 0 },
    ];
    expect(countedTables(plan, done)).toEqual([
      { table: "pupil", erased: 2, anonymised: 0, kept: 0 },
      { table: "result", erased: 0, anonymised: 0, kept: 1 },
      { table: "visit", erased: 0, anonymised: 0, kept: 2 },
      { table: "late", erased: 1, anonymised: 0, kept: 0 },
    ]);
  });
});
