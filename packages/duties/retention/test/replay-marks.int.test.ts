import { openDatabase } from "@preau/database";
import { creationMark, instant, type ReplayList } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { dropPastMarks } from "../src/jobs/drop-marks.ts";
import { SCHOOL } from "./house.ts";
import { breaking, openRunning, receiptOf, type Wrap, wrapped } from "./running.ts";
import { leftOf, rowsOf } from "./school.ts";

const mark = creationMark("school", 1, "2024-09-01");

/** The school, as one that says when its pupils' accounts were made. */
const marking: Wrap = ({ source, second }) => ({
  second,
  source: {
    ...source,
    plan: async (request) => ({ ...(await source.plan(request)), creationMarks: [mark] }),
  },
});

describe("whoever goes is on the list to erase again after a restore (D12.3)", () => {
  const open = async () => {
    const running = await openRunning(await openDatabase({ url: "sqlite::memory:" }));
    return { ...running, id: await running.order([1]) };
  };
  const listed = async (list: ReplayList) => [...(await list.find(SCHOOL, [mark])).entries()];

  it("is there before the first deletion", async () => {
    const { house, run, id, ports } = await open();
    const sources = wrapped(house, "school", (each) => breaking(0, () => new Error("down"))(marking(each)));
    expect((await run(id, { sources })).closed).toBe(false);
    expect(await leftOf(house.schoolDatabase, 1)).toMatchObject({ pupil: 1 });
    expect(await listed(ports.replay)).toEqual([[mark, "account-deleted"]]);
  });

  it("erases nobody and opens no receipt while the list cannot be written", async () => {
    const { house, run, id, opened, ports } = await open();
    const sources = wrapped(house, "school", marking);
    const full = Object.assign(new Error("no room"), { code: "BACKUPS_LIST_UNWRITABLE" });
    const broken = { ...ports, replay: { ...ports.replay, remember: async () => Promise.reject(full) } };
    expect(await codeOf(run(id, { sources }, broken))).toBe("BACKUPS_LIST_UNWRITABLE");
    expect(await opened()).toEqual([]);
    expect(await leftOf(house.schoolDatabase, 1)).toEqual({ pupil: 1, ...rowsOf(1) });
    expect((await run(id, { sources })).closed).toBe(true);
  });

  it("stays through the last-copy day of the receipt, and not longer", async () => {
    const { house, run, id, clock, ports } = await open();
    const seen = { date: "2027-03-02", basis: "generations" } as const;
    const backups = {
      lastCopy: async ({ source }: { source: string }) => (source === "school" ? seen : undefined),
    };
    const receipt = await receiptOf(
      house,
      await run(id, { sources: wrapped(house, "school", marking) }, { ...ports, backups }),
    );
    // The journal's backups were not seen: the whole rests on the agreement, and on its later day.
    expect(receipt.lastCopy).toEqual({ date: "2027-05-23", basis: "agreement" });
    const job = await house.database.knex("db_job").where({ name: "retention.dropMarks" }).first("run_at");
    expect(job).toEqual({ run_at: "2027-05-25T00:01:00.000Z" });
    clock.set(instant("2027-05-24T23:59:00.000Z"));
    expect(await dropPastMarks(ports)).toBe(0);
    clock.set(instant("2027-05-25T00:01:00.000Z"));
    expect(await dropPastMarks(ports)).toBe(1);
    expect(await listed(ports.replay)).toEqual([]);
  });

  it("rests on the backups alone where those of every store were seen", async () => {
    const { house, run, id, ports } = await open();
    const backups = { lastCopy: async () => ({ date: "2027-03-02", basis: "generations" }) as const };
    const receipt = await receiptOf(house, await run(id, {}, { ...ports, backups }));
    expect(receipt.lastCopy).toEqual({ date: "2027-03-02", basis: "generations" });
  });
});
