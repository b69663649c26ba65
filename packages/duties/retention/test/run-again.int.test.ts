import { openDatabase } from "@preau/database";
import { instant } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { destroyPlansJob } from "../src/jobs/destroy-plans.ts";
import { eraseJob } from "../src/jobs/erase.ts";
import type { RunOutcome } from "../src/run-options.ts";
import { SCHOOL } from "./house.ts";
import {
  breaking,
  NOTHING,
  noteStore,
  openRunning,
  receiptOf,
  schoolCounts,
  type Wrap,
  wrapped,
} from "./running.ts";
import { leftOf, rowsOf } from "./school.ts";

describeEachDatabase("run an erasure again, or twice at once", openDatabase, (fresh) => {
  const open = async () => openRunning(await fresh());

  describe("a restriction is the person's, not the store's (D10.1a, GDPR art. 18)", () => {
    it("erases a person whom one store restricts from no store, and the others of the order from all", async () => {
      const { house, run, order, identify } = await open();
      await house.schoolDatabase.knex("pupil").where({ id: 1 }).update({ frozen: 1 });
      const kept = await identify(1);
      const receipt = await receiptOf(house, await run(await order([1, 2])));
      expect(receipt.verdict).toBe("FAILED");
      expect(await leftOf(house.schoolDatabase, 1)).toEqual({ pupil: 1, ...rowsOf(1) });
      expect(await leftOf(house.schoolDatabase, 2)).toEqual(NOTHING);
      expect(await identify(1)).toBe(kept);
    });

    it("goes on with no store when the restriction comes between two runs", async () => {
      const { house, run, order, ports, identify } = await open();
      const id = await order([1]);
      await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(1, () => new Error("down")),
        ),
      });
      const subject = await identify(1);
      await house.sources.get("subjects")?.source.restrict(SCHOOL, { subject, identifiers: [] });
      const before = await leftOf(house.schoolDatabase, 1);
      expect(await codeOf(run(id))).toBe("RETENTION_NEWLY_RESTRICTED");
      expect(await leftOf(house.schoolDatabase, 1)).toEqual(before);
      await house.sources.get("subjects")?.source.lift(SCHOOL, { subject, identifiers: [] });
      expect((await receiptOf(house, await run(id))).verdict).toBe("PASS");
      expect(await ports.vault.destruction({ controller: SCHOOL, kind: "controller", id })).toBeDefined();
    });

    it("stops at a store that refuses in the middle, before the next one", async () => {
      const { house, run, order, now, identify } = await open();
      const id = await order([1]);
      const freeze = async () => {
        await house.schoolDatabase.knex("pupil").where({ id: 1 }).update({ frozen: 1 });
      };
      const freezing: Wrap = ({ source, second }) => ({
        second,
        source: {
          ...source,
          erase: async function* (plan, options) {
            await freeze();
            yield* source.erase(plan, options);
          },
        },
      });
      const subject = await identify(1);
      const { notes, registered } = noteStore();
      const sources = new Map([...wrapped(house, "school", freezing), ["notes", registered] as const]);
      expect(await run(id, { sources })).toMatchObject({ closed: false, failed: [{ store: "school" }] });
      expect(Object.keys((await now(id))?.progress ?? {})).toEqual(["school"]);
      expect(notes()).toBe(1);
      expect(await identify(1)).toBe(subject);
    });

    it("refuses a store that plans to erase whom another one blocks", async () => {
      const { house, run, order } = await open();
      const deaf: Wrap = ({ source, second }) => ({
        second,
        source: { ...source, plan: ({ held: _, ...request }) => source.plan(request) },
      });
      await house.schoolDatabase.knex("pupil").where({ id: 1 }).update({ frozen: 1 });
      const id = await order([1]);
      expect(await codeOf(run(id, { sources: wrapped(house, "subjects", deaf) }))).toBe(
        "RETENTION_HOLD_IGNORED",
      );
    });
  });

  describe("two runs at once, clocks and lost keys (D12.2)", () => {
    it("lets the later of two runs win: one receipt, exact counts", async () => {
      const { house, run, order, opened, ports } = await open();
      for (const pupil of [1, 2, 3]) {
        const id = await order([pupil]);
        const outcomes = await Promise.allSettled([run(id), run(id), run(id)]);
        const won = outcomes.filter(({ status }) => status === "fulfilled");
        expect(won.length).toBeGreaterThan(0);
        for (const each of outcomes)
          if (each.status === "rejected")
            expect((each.reason as { code?: string }).code).toBe("RETENTION_RUN_OVERTAKEN");
        const receipt = await receiptOf(house, await run(id));
        expect(receipt.verdict).toBe("PASS");
        expect(schoolCounts(receipt)).toEqual({ pupil: 1, ...rowsOf(pupil) });
      }
      expect(await opened()).toEqual([]);
      const filed = await ports.unitOfWork.transaction((unit) =>
        ports.receipts.receipts(unit, SCHOOL, "closed"),
      );
      expect(filed).toHaveLength(3);
    });

    it("counts the step that an overtaken run committed and could not note", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      let inner: Promise<RunOutcome> | undefined;
      const outer = run(id, {
        sources: wrapped(house, "school", ({ source, second }) => ({
          second,
          source: {
            ...source,
            erase: async function* (plan, options) {
              for await (const step of source.erase(plan, options)) {
                inner ??= run(id); // begins, and ends, between this step's commit and its note
                await inner;
                yield step;
              }
            },
          },
        })),
      });
      expect(await codeOf(outer)).toBe("RETENTION_RUN_OVERTAKEN");
      const receipt = await receiptOf(house, (await inner) ?? (await run(id)));
      expect(schoolCounts(receipt)).toEqual({ pupil: 1, ...rowsOf(1) });
    });

    it("closes no receipt before it opened: waits for the clock to be set", async () => {
      const { house, run, order, clock, now } = await open();
      const id = await order([1]);
      const jumping = { onStep: () => clock.set(instant("2026-11-23T07:00:00.000Z")) };
      expect(await codeOf(run(id, jumping))).toBe("RETENTION_CLOCK_BEHIND");
      expect(await now(id)).toMatchObject({ state: "erased" });
      clock.set(instant("2026-11-23T09:00:00.000Z"));
      const receipt = await receiptOf(house, await run(id));
      expect([receipt.verdict, receipt.openedAt < receipt.closedAt]).toEqual(["PASS", true]);
    });

    it("closes UNKNOWN when the key of the plan is lost, and leaves the way free for a new order", async () => {
      const { house, run, order, ports, lines } = await open();
      const id = await order([1]);
      await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(2, () => new Error("down")),
        ),
      });
      await ports.vault.destroy({ controller: SCHOOL, kind: "controller", id });
      const lost = await receiptOf(house, await run(id));
      expect(lost.verdict).toBe("UNKNOWN");
      expect(lost.notCovered).toMatchObject([{ what: "plan" }]);
      expect(lost.stores.every(({ verdict }) => verdict === "UNKNOWN")).toBe(true);
      expect(lines.map(({ event }) => event)).toContain("retention.planLost");
      const again = await order([1]);
      expect(again).not.toBe(id);
      expect((await receiptOf(house, await run(again))).verdict).toBe("PASS");
      expect(await leftOf(house.schoolDatabase, 1)).toEqual(NOTHING);
    });

    it("survives its own database going away in the middle", async () => {
      const { house, run, order, ports } = await open();
      const id = await order([1]);
      let steps = 0;
      const unitOfWork: typeof ports.unitOfWork = {
        transaction: (work) => {
          if (steps >= 2) throw new Error("connection lost");
          return ports.unitOfWork.transaction(work);
        },
      };
      const counting = { onStep: () => void (steps += 1) };
      await expect(run(id, counting, { ...ports, unitOfWork })).rejects.toThrow("connection lost");
      const receipt = await receiptOf(house, await run(id));
      expect([receipt.verdict, schoolCounts(receipt)]).toEqual(["PASS", { pupil: 1, ...rowsOf(1) }]);
    });

    it("destroys the plan's key by a job when the process did not live to do it", async () => {
      const { run, order, ports, house } = await open();
      const id = await order([1]);
      const vault = { ...ports.vault, destroy: async () => Promise.reject(new Error("killed")) };
      await run(id, { sources: house.sources }, { ...ports, vault }).catch(() => undefined);
      const scope = { controller: SCHOOL, kind: "controller", id } as const;
      expect(await ports.vault.destruction(scope)).toBeUndefined();
      expect(await house.database.knex("db_job").where({ name: "retention.destroyPlans" })).toHaveLength(1);
      const job = { name: "retention.destroyPlans", controller: SCHOOL, payload: { erasure: id } };
      const signal = new AbortController().signal;
      for (let time = 0; time < 2; time += 1)
        await destroyPlansJob(ports).handler(job, { id: "job_1", attempt: 1, signal });
      expect(await ports.vault.destruction(scope)).toBeDefined();
    });

    it("tries a failing store again by its job, whose error names the store and no person", async () => {
      const { house, order, ports, lines } = await open();
      const id = await order([1], { by: "worker", at: ports.clock.now() });
      const job = { name: "retention.erase", controller: SCHOOL, payload: { erasure: id } };
      const go = { id: "job_1", attempt: 1, signal: new AbortController().signal } as const;
      const broken = wrapped(
        house,
        "school",
        breaking(1, () => new Error("Zoé1x")),
      );
      expect(await codeOf(eraseJob({ ...ports, sources: broken }).handler(job, go))).toBe(
        "RETENTION_STORE_FAILED",
      );
      await eraseJob(ports).handler(job, go);
      await eraseJob(ports).handler(job, go);
      expect(lines.filter(({ event }) => event === "retention.erasureClosed")).toHaveLength(2);
      expect(JSON.stringify(lines)).not.toMatch(/Zoé|tilleul/i);
    });
  });
});
