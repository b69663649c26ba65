import { type Database, openDatabase } from "@preau/database";
import { verifyReceiptOrProof } from "@preau/journal";
import {
  addHours,
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  instant,
  manualClock,
  type RegisteredSource,
} from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ErasureId } from "../src/erasure.ts";
import { destroyPlansJob } from "../src/jobs/destroy-plans.ts";
import { eraseJob } from "../src/jobs/erase.ts";
import { runErasure } from "../src/run-erasure.ts";
import type { RunOptions, RunOutcome } from "../src/run-options.ts";
import { readErasure } from "../src/store/erasures.ts";
import { type House, makeHouse, SCHOOL } from "./house.ts";
import { fillSchool, leftOf, PUPIL_KIND, rowsOf } from "./school.ts";

const NOTHING = { pupil: 0, result: 0, visit: 0 };

type Wrap = (registered: RegisteredSource) => RegisteredSource;

describeEachDatabase("run an erasure", openDatabase, (fresh: () => Promise<Database>) => {
  async function open() {
    const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
    const inMemory = () => openDatabase({ url: "sqlite::memory:" });
    const [keysDatabase, schoolDatabase] = [await inMemory(), await inMemory()];
    for (const each of [keysDatabase, schoolDatabase]) onTestFinished(() => each.close());
    await fillSchool(schoolDatabase, [1, 2, 3]);
    const databases = { database: await fresh(), keysDatabase, schoolDatabase };
    const house = await makeHouse(databases, clock);
    const run = (id: ErasureId, more: Partial<RunOptions> = {}, ports = house.ports) =>
      runErasure(ports, { id, controller: SCHOOL }, { sources: house.sources, ...more });
    const now = (id: ErasureId) =>
      house.ports.unitOfWork.transaction((unit) => readErasure(unit, SCHOOL, id));
    const opened = () =>
      house.ports.unitOfWork.transaction((unit) => house.ports.receipts.receipts(unit, SCHOOL, "opened"));
    return { ...house, house, clock, databases, run, now, opened };
  }

  const wrapped = (house: House, store: string, wrap: Wrap) => {
    const sources = new Map(house.sources);
    const registered = sources.get(store);
    if (registered !== undefined) sources.set(store, wrap(registered));
    return sources;
  };

  /** The school as it is, and ending with that error after so many steps. */
  const breaking =
    (steps: number, error: () => Error): Wrap =>
    ({ source, second }) => ({
      second,
      source: {
        ...source,
        erase: async function* (plan, options) {
          let done = 0;
          for await (const step of source.erase(plan, options)) {
            if (done === steps) throw error();
            done += 1;
            yield step;
          }
        },
      },
    });

  const receiptOf = async (house: House, outcome: RunOutcome) => {
    if (!outcome.closed) throw new Error(`not closed: ${JSON.stringify(outcome.failed)}`);
    return house.receipt(outcome.receipt);
  };

  const schoolCounts = (receipt: Awaited<ReturnType<House["receipt"]>>) =>
    Object.fromEntries(
      receipt.stores
        .find(({ store }) => store === "school")
        ?.tables.map(({ table, erased, anonymised }) => [table, erased + anonymised]) ?? [],
    );

  describe("from the order to the receipt (D12.2)", () => {
    it("erases everywhere, counts what went, files a receipt that verifies, and forgets the plan", async () => {
      const { house, run, order, now, opened, clock, closed, vkey, ports } = await open();
      const id = await order([1]);
      const outcome = await run(id);
      const receipt = await receiptOf(house, outcome);
      expect(receipt.verdict).toBe("PASS");
      expect(receipt.stores.map(({ store, verdict }) => [store, verdict])).toEqual([
        ["school", "PASS"],
        ["journal", "PASS"],
        ["subjects", "PASS"],
      ]);
      expect(schoolCounts(receipt)).toEqual({ pupil: 1, ...rowsOf(1) });
      expect(receipt.dueAt).toBe(addHours(clock.now(), 24));
      expect(verifyReceiptOrProof(receipt.file, { vkey }).result).toBe("TRUE");
      expect(await leftOf(house.schoolDatabase, 1)).toEqual(NOTHING);
      expect(await leftOf(house.schoolDatabase, 2)).toEqual({ pupil: 1, ...rowsOf(2) });
      expect(await now(id)).toMatchObject({ state: "closed", subjects: [], receipt: receipt.id });
      expect(await opened()).toEqual([]);
      expect(closed).toMatchObject([{ receipt: receipt.id, verdict: "PASS" }]);
      expect(await ports.vault.destruction({ controller: SCHOOL, kind: "controller", id })).toBeDefined();
      expect(await house.database.knex("ret_erasure").first("sealed_plan")).toEqual({ sealed_plan: null });
    });

    it("keeps no clear trace of the person at rest while it runs", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      const stop = new Error("stop");
      await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(1, () => stop),
        ),
      });
      const rows: unknown = await house.database.knex("ret_erasure");
      expect(
        JSON.stringify(rows, (_, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
        ),
      ).not.toMatch(/tilleul/i);
    });

    it("runs a closed erasure no second time, and none of another controller", async () => {
      const { run, order, house } = await open();
      const id = await order([1]);
      const first = await run(id);
      expect(await run(id)).toEqual(first);
      const count = await house.ports.unitOfWork.transaction((unit) =>
        house.ports.receipts.receipts(unit, SCHOOL, "closed"),
      );
      expect(count).toHaveLength(1);
      expect(await codeOf(run("era_00000000000000000000000000"))).toBe("RETENTION_NO_ERASURE");
    });

    it("refuses before the first write when a store refuses to plan", async () => {
      const { house, run, order, opened, now } = await open();
      const id = await order([1]);
      const refusing: Wrap = ({ source, second }) => ({
        second,
        source: { ...source, plan: async () => Promise.reject(new Error("unknown table")) },
      });
      await expect(run(id, { sources: wrapped(house, "subjects", refusing) })).rejects.toThrow(
        "unknown table",
      );
      expect(await opened()).toEqual([]);
      expect(await now(id)).toMatchObject({ state: "ordered", progress: {} });
      expect(await leftOf(house.schoolDatabase, 1)).toEqual({ pupil: 1, ...rowsOf(1) });
    });

    it("says on the receipt what a store registered after the plan was not asked", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(1, () => new Error("down")),
        ),
      });
      const store = inMemoryStore([]);
      const late = {
        source: inMemoryPersonalDataSource({ store, id: "late" }),
        second: inMemoryLookAgain(store),
      };
      const receipt = await receiptOf(
        house,
        await run(id, { sources: new Map([...house.sources, ["late", late]]) }),
      );
      expect(receipt.verdict).toBe("UNKNOWN");
      expect(receipt.notCovered).toMatchObject([{ what: "late" }]);
    });

    it("takes PENDING from a documented delay, and counts the last copy from its end (D12.3)", async () => {
      const { house, run, order, clock } = await open();
      const slow: Wrap = ({ source, second }) => ({
        second,
        source: { ...source, describe: () => ({ ...source.describe(), documentedDelayHours: 48 }) },
      });
      const receipt = await receiptOf(
        house,
        await run(await order([1]), { sources: wrapped(house, "school", slow) }),
      );
      expect(receipt.verdict).toBe("PENDING");
      expect(receipt.stores[0]).toMatchObject({ verdict: "PENDING", until: addHours(clock.now(), 48) });
      expect(receipt.lastCopy).toEqual({ date: "2027-05-25", basis: "agreement" });
      const quick = await receiptOf(house, await run(await order([2])));
      expect(quick.lastCopy.date).toBe("2027-05-23");
    });

    it("lists what a store never covers, though its plan does not", async () => {
      const { house, run, order } = await open();
      const partly: Wrap = ({ source, second }) => ({
        second,
        source: {
          ...source,
          describe: () => ({ ...source.describe(), notCovered: [{ what: "files", why: "no folder given" }] }),
        },
      });
      const receipt = await receiptOf(
        house,
        await run(await order([1]), { sources: wrapped(house, "school", partly) }),
      );
      expect(receipt.verdict).toBe("UNKNOWN");
      expect(receipt.stores[0]?.verdict).toBe("UNKNOWN");
      expect(receipt.notCovered).toEqual([{ what: "files", why: "no folder given" }]);
    });
  });

  describe("a store that fails (D12.2)", () => {
    it("keeps the erasure open, notes the code, keeps what finds the person, and goes on later with exact counts", async () => {
      const { house, run, order, now, opened } = await open();
      const id = await order([1]);
      const outcome = await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(2, () => Object.assign(new Error("x"), { code: "STORE_DOWN" })),
        ),
      });
      expect(outcome).toMatchObject({ closed: false, failed: [{ store: "school", code: "STORE_DOWN" }] });
      const between = await now(id);
      expect(between?.progress["school"]).toMatchObject({ done: false, failed: "STORE_DOWN" });
      expect(between?.progress["subjects"]).toBeUndefined();
      expect(await opened()).toHaveLength(1);
      const receipt = await receiptOf(house, await run(id));
      expect(receipt.verdict).toBe("PASS");
      expect(schoolCounts(receipt)).toEqual({ pupil: 1, ...rowsOf(1) });
      expect((await now(id))?.progress["school"]).not.toHaveProperty("failed");
    });

    it("erases the other stores meanwhile", async () => {
      const { house, run, order, now } = await open();
      const store = inMemoryStore([{ name: "notes", category: "c", purpose: "p", verdict: "erase" }]);
      store.rows.get("notes")?.push({ id: "n1", controller: SCHOOL, person: "1", fields: { text: "x" } });
      const notes = {
        source: inMemoryPersonalDataSource({ store, id: "notes", kind: PUPIL_KIND }),
        second: inMemoryLookAgain(store),
      };
      const broken = wrapped(
        house,
        "school",
        breaking(0, () => new Error("down")),
      );
      const sources = new Map([...broken, ["notes", notes] as const]);
      const id = await order([1]);
      expect(await run(id, { sources })).toMatchObject({ closed: false, failed: [{ store: "school" }] });
      expect(store.rows.get("notes")).toEqual([]);
      expect((await now(id))?.progress).toMatchObject({
        notes: { done: true },
        school: { failed: "UNEXPECTED" },
      });
    });

    it("is open while a planned store is gone, and closes when it is back", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(1, () => new Error("down")),
        ),
      });
      const without = new Map([...house.sources].filter(([store]) => store !== "school"));
      expect(await run(id, { sources: without })).toMatchObject({
        closed: false,
        failed: [{ store: "school", code: "RETENTION_STORE_FAILED" }],
      });
      expect((await receiptOf(house, await run(id))).verdict).toBe("PASS");
    });

    it("is UNKNOWN when the store is gone for its second look", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      const blind: Wrap = ({ source }) => ({
        source,
        second: { lookAgain: async () => Promise.reject(new Error("down")) },
      });
      expect(await run(id, { sources: wrapped(house, "school", blind) })).toMatchObject({
        closed: false,
        failed: [{ store: "school" }],
      });
      const without = new Map([...house.sources].filter(([store]) => store !== "school"));
      const receipt = await receiptOf(house, await run(id, { sources: without }));
      expect(receipt.stores[0]).toMatchObject({ store: "school", verdict: "UNKNOWN" });
      expect(receipt.verdict).toBe("UNKNOWN");
    });

    it("says FAILED when the second look finds what the run left, and names the place", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      const forgetful: Wrap = ({ source, second }) => ({
        second,
        source: { ...source, erase: async function* () {} },
      });
      const receipt = await receiptOf(house, await run(id, { sources: wrapped(house, "school", forgetful) }));
      expect(receipt.verdict).toBe("FAILED");
      expect(receipt.stores[0]?.why).toContain("result.pupil_id");
      expect(schoolCounts(receipt)).toEqual({ pupil: 0, result: 0, visit: 0 });
    });

    it("ends at the worker's signal without calling it a failure of the store", async () => {
      const { house, run, order, now } = await open();
      const id = await order([1]);
      const stopping = new AbortController();
      await expect(
        run(id, { signal: stopping.signal, onStep: () => stopping.abort(new Error("lease lost")) }),
      ).rejects.toThrow();
      expect((await now(id))?.progress["school"]).toMatchObject({ done: false });
      expect((await now(id))?.progress["school"]).not.toHaveProperty("failed");
      const receipt = await receiptOf(house, await run(id));
      expect([receipt.verdict, schoolCounts(receipt)]).toEqual(["PASS", { pupil: 1, ...rowsOf(1) }]);
    });
  });

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
      expect(await run(id, { sources: wrapped(house, "school", freezing) })).toMatchObject({ closed: false });
      expect(Object.keys((await now(id))?.progress ?? {})).toEqual(["school"]);
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
      await run(id, { sources: house.sources }, { ...ports, vault: vault as typeof ports.vault }).catch(
        () => undefined,
      );
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
