import { controllerId, creationMark, type ReplayEntry, type ReplayList } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, setUp } from "./bench.ts";

export interface ReplayListBench extends Closable {
  readonly list: ReplayList;
}

/** What every list of whom to erase again owes: nobody is lost before the day, nobody is kept after it. */
export function replayListContract(
  title: string,
  make: () => ReplayListBench | Promise<ReplayListBench>,
): void {
  const [a, b] = [controllerId("college-1"), controllerId("college-2")];
  const mark = (key: number) => creationMark("moodle", key, 1_700_000_000 + key);
  const entry = (more: Partial<ReplayEntry> = {}): ReplayEntry => ({
    receipt: "ers_1",
    controller: a,
    source: "moodle",
    ground: "account-deleted",
    marks: [mark(1), mark(2)],
    ...more,
  });

  describe(`${title}: replay list`, () => {
    it("finds what it was told, with its ground, and nobody else", async () => {
      const { list } = await setUp(make);
      await list.remember(entry());
      await list.remember(entry({ receipt: "ers_2", ground: "retention", marks: [mark(3)] }));
      const found = await list.find(a, [mark(1), mark(3), mark(4), creationMark("moodle", 1, 1)]);
      expect([...found].sort()).toEqual([
        [mark(1), "account-deleted"],
        [mark(3), "retention"],
      ]);
      expect(await list.sources(a)).toEqual(["moodle"]);
    });

    it("tells one controller nothing of another's", async () => {
      const { list } = await setUp(make);
      await list.remember(entry());
      expect(await list.find(b, [mark(1)])).toEqual(new Map());
      expect(await list.sources(b)).toEqual([]);
    });

    it("is the same told twice as once", async () => {
      const { list } = await setUp(make);
      await list.remember(entry());
      await list.remember(entry());
      await list.settle("ers_1", "2027-05-26");
      await list.settle("ers_1", "2027-05-26");
      expect(await list.dropBefore("2027-05-27")).toBe(2);
      expect(await list.dropBefore("2027-05-27")).toBe(0);
    });

    it("keeps an entry through its last-copy day, and drops it after (D12.3)", async () => {
      const { list } = await setUp(make);
      await list.remember(entry());
      await list.settle("ers_1", "2027-05-26");
      expect(await list.dropBefore("2027-05-26")).toBe(0);
      expect((await list.find(a, [mark(1)])).size).toBe(1);
      expect(await list.dropBefore("2027-05-27")).toBe(2);
      expect(await list.find(a, [mark(1), mark(2)])).toEqual(new Map());
      expect(await list.sources(a)).toEqual([]);
    });

    it("drops nothing that was never settled, and takes the later of two days told", async () => {
      const { list } = await setUp(make);
      await list.remember(entry());
      await list.remember(entry({ receipt: "ers_2", marks: [mark(5)] }));
      await list.settle("ers_2", "2027-01-01");
      await list.settle("ers_2", "2027-03-01");
      expect(await list.dropBefore("2027-02-01")).toBe(0);
      expect(await list.dropBefore("2030-01-01")).toBe(1);
      expect([...(await list.find(a, [mark(1), mark(5)])).keys()]).toEqual([mark(1)]);
    });

    it("keeps a person of two erasures until the later day", async () => {
      const { list } = await setUp(make);
      await list.remember(entry({ marks: [mark(1)] }));
      await list.remember(entry({ receipt: "ers_2", marks: [mark(1)], ground: "instruction" }));
      await list.settle("ers_1", "2027-01-01");
      await list.settle("ers_2", "2027-06-01");
      await list.dropBefore("2027-02-01");
      expect([...(await list.find(a, [mark(1)]))]).toEqual([[mark(1), "instruction"]]);
    });

    it("settles a receipt without entries as if nothing were said", async () => {
      const { list } = await setUp(make);
      await list.remember(entry({ marks: [] }));
      await list.settle("ers_9", "2027-01-01");
      expect(await list.dropBefore("2030-01-01")).toBe(0);
    });

    it("takes many that are told at once", async () => {
      const { list } = await setUp(make);
      const many = Array.from({ length: 12 }, (_, index) => index);
      await Promise.all(
        many.map((index) => list.remember(entry({ receipt: `ers_${index}`, marks: [mark(index)] }))),
      );
      expect((await list.find(a, many.map(mark))).size).toBe(12);
    });
  });
}
