import { openDatabase } from "@preau/database";
import { verifyReceiptOrProof } from "@preau/journal";
import { addHours, type ReceiptId } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { lookLater } from "../src/later-look.ts";
import { OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { openRunning, receiptOf, type Wrap, wrapped } from "./running.ts";

const slow: Wrap = ({ source, second }) => ({
  second,
  source: { ...source, describe: () => ({ ...source.describe(), documentedDelayHours: 48 }) },
});

describeEachDatabase("look again later", openDatabase, (fresh) => {
  const pending = async () => {
    const running = await openRunning(await fresh());
    const { house, run, order, clock } = running;
    const id = await order([1]);
    const sources = wrapped(house, "school", slow);
    const first = await receiptOf(house, await run(id, { sources }));
    const look = (more: Partial<Parameters<typeof lookLater>[2]> = {}, controller = SCHOOL) =>
      lookLater(house.ports, { controller, id }, { sources, ...more });
    const filed = () =>
      house.ports.unitOfWork.transaction((unit) => house.ports.receipts.receipts(unit, SCHOOL, "closed"));
    const keyGone = async () =>
      (await house.ports.vault.destruction({ controller: SCHOOL, kind: "controller", id: `${id}.later` })) !==
      undefined;
    return { ...running, id, sources, first, look, filed, keyGone, until: addHours(clock.now(), 48) };
  };

  describe("in a store that was PENDING (D12.2)", () => {
    it("waits for the documented delay with the traces sealed, then files a receipt that names the first", async () => {
      const { house, first, look, filed, keyGone, until, clock, vkey } = await pending();
      expect(first.verdict).toBe("PENDING");
      const job = await house.database
        .knex("db_job")
        .where({ name: "retention.lookLater" })
        .first<{ run_at: string }>("run_at");
      expect(job.run_at).toBe(until);
      expect(await keyGone()).toBe(false);
      clock.advance(48 * 3_600_000);
      const followUp = await look();
      const second = await house.receipt(followUp as ReceiptId);
      expect(second).toMatchObject({ verdict: "PASS", follows: first.id, ground: first.ground });
      expect(second.stores.map(({ store, verdict }) => [store, verdict])).toEqual([["school", "PASS"]]);
      expect(second.stores[0]?.lookAgain?.hits).toBe(0);
      expect(verifyReceiptOrProof(second.file, { vkey }).result).toBe("TRUE");
      expect(await keyGone()).toBe(true);
      expect(await house.database.knex("ret_later_look").first("sealed_plans")).toEqual({
        sealed_plans: null,
      });
      expect(await filed()).toHaveLength(2);
    });

    it("says FAILED when something is there after all", async () => {
      const { house, first, look } = await pending();
      await house.schoolDatabase.knex("result").update({ remark: "Parler à eleve.tilleul.1x" }).limit(1);
      const second = await house.receipt((await look()) as ReceiptId);
      expect(second).toMatchObject({ verdict: "FAILED", follows: first.id });
    });

    it("files it once, however often and by however many it is done", async () => {
      const { look, filed } = await pending();
      const [one, other] = await Promise.all([look(), look()]);
      expect(other).toBe(one);
      expect(await look()).toBe(one);
      expect(await filed()).toHaveLength(2);
    });

    it("tries a look that fails again, with the traces still there", async () => {
      const { house, look, filed, keyGone } = await pending();
      const down: Wrap = ({ source }) => ({
        source,
        second: { lookAgain: async () => Promise.reject(new Error("down")) },
      });
      expect(await codeOf(look({ sources: wrapped(house, "school", down) }))).toBeDefined();
      expect([await keyGone(), (await filed()).length]).toEqual([false, 1]);
      expect(await look()).toBeDefined();
    });

    it("is UNKNOWN once the key of the traces is lost, and nothing of another controller's", async () => {
      const { house, id, look } = await pending();
      expect(await look({}, OTHER_SCHOOL)).toBeUndefined();
      await house.ports.vault.destroy({ controller: SCHOOL, kind: "controller", id: `${id}.later` });
      const second = await house.receipt((await look()) as ReceiptId);
      expect(second.verdict).toBe("UNKNOWN");
      expect(second.notCovered).toHaveLength(1);
    });
  });
});
