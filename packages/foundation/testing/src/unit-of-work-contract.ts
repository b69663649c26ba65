import type { Unit, UnitOfWork } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";

export interface UnitOfWorkBench extends Closable {
  readonly unitOfWork: UnitOfWork;
  /** Writes a value inside the unit: one row of a table of the test's own. Rejects with UNIT_CLOSED after its end. */
  readonly put: (unit: Unit, value: string) => Promise<void>;
  /** The values that this unit sees, in any order. */
  readonly values: (unit: Unit) => Promise<readonly string[]>;
}

/** What every unit of work owes: all or nothing, and nothing afterwards. */
export function unitOfWorkContract(
  title: string,
  make: () => UnitOfWorkBench | Promise<UnitOfWorkBench>,
): void {
  const stored = async ({ unitOfWork, values }: UnitOfWorkBench) =>
    [...(await unitOfWork.transaction((unit) => values(unit)))].sort();

  describe(`${title}: unit of work`, () => {
    it("commits what the work did, and gives its value", async () => {
      const bench = await setUp(make);
      const value = await bench.unitOfWork.transaction(async (unit) => {
        await bench.put(unit, "one");
        await bench.put(unit, "two");
        return { answer: 42 };
      });
      expect(value).toEqual({ answer: 42 });
      expect(await stored(bench)).toEqual(["one", "two"]);
    });

    it("lets the work read its own writes", async () => {
      const { unitOfWork, put, values } = await setUp(make);
      await unitOfWork.transaction(async (unit) => {
        await put(unit, "one");
        expect(await values(unit)).toEqual(["one"]);
      });
    });

    it("leaves no trace of a work that throws, and throws that very error", async () => {
      const bench = await setUp(make);
      const error = new Error("the work's own");
      const failing = bench.unitOfWork.transaction(async (unit) => {
        await bench.put(unit, "one");
        throw error;
      });
      await expect(failing).rejects.toBe(error);
      expect(await stored(bench)).toEqual([]);
    });

    it("goes on after a rollback", async () => {
      const bench = await setUp(make);
      await codeOf(bench.unitOfWork.transaction(() => Promise.reject(new Error("no"))));
      await bench.unitOfWork.transaction((unit) => bench.put(unit, "one"));
      expect(await stored(bench)).toEqual(["one"]);
    });

    it.each(["committed", "rolled back"])(
      "takes nothing more once it has %s (UNIT_CLOSED)",
      async (ending) => {
        const bench = await setUp(make);
        let kept: Unit | undefined;
        const work = bench.unitOfWork.transaction(async (unit) => {
          kept = unit;
          if (ending === "rolled back") throw new Error("no");
        });
        await codeOf(work);
        if (kept === undefined) throw new Error("the work did not run");
        expect(await codeOf(bench.put(kept, "late"))).toBe("UNIT_CLOSED");
        expect(await stored(bench)).toEqual([]);
      },
    );

    it("keeps units apart that run at the same time: one fails, the others stand", async () => {
      const bench = await setUp(make);
      const works = ["one", "two", "three", "four"].map((value) =>
        bench.unitOfWork.transaction(async (unit) => {
          await bench.put(unit, value);
          await new Promise((resolve) => setTimeout(resolve, 5));
          if (value === "three") throw new Error("no");
        }),
      );
      const ends = await Promise.allSettled(works);
      expect(ends.map((end) => end.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
      expect(await stored(bench)).toEqual(["four", "one", "two"]);
    });

    it("refuses a transaction inside a transaction, at once, and the outer one goes on (UNIT_NESTED)", async () => {
      const bench = await setUp(make);
      await bench.unitOfWork.transaction(async (unit) => {
        await bench.put(unit, "outer");
        const inner = bench.unitOfWork.transaction((nested) => bench.put(nested, "inner"));
        expect(await codeOf(inner)).toBe("UNIT_NESTED");
      });
      expect(await stored(bench)).toEqual(["outer"]);
    });
  });
}
