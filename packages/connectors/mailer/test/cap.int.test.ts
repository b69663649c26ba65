/** How many messages an address gets in an hour, and who goes first. */
import { inUnit } from "@preau/database";
import { manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { ACACIAS, makeMailHouse, message, openHouseDatabases, TILLEULS } from "./mail-house.ts";
import { headerOf, startSmtpPeer } from "./smtp-peer.ts";

const HOUR = 3_600_000;

describeEachDatabase(
  "a cap for each addressee (DC)",
  async ({ url }) => {
    const both = await openHouseDatabases(url);
    onTestFinished(() => both.keysDatabase.close());
    return { ...both, close: () => both.database.close() };
  },
  (fresh) => {
    const open = async (options: object = {}) => {
      const peer = await startSmtpPeer();
      onTestFinished(() => peer.close());
      const clock = manualClock();
      const both = await fresh();
      const house = await makeMailHouse(both, clock, { options: { ...peer.options, ...options } });
      onTestFinished(() => house.post.close());
      const sendSome = (many: number, change: Parameters<typeof message>[0] = {}) =>
        house.unitOfWork.transaction((unit) =>
          house.mailer.sendMany(
            unit,
            Array.from({ length: many }, (_, n) => message({ key: `n/${n}`, ...change })),
          ),
        );
      return { ...house, peer, clock, sendSome };
    };

    it("lets so many out in an hour, the rest in the next ones, none lost and no try used up", async () => {
      const { peer, clock, sendSome, worker, database, settled } = await open({ capPerRecipient: 3 });
      await sendSome(7);
      await worker.drain();
      expect(peer.received).toHaveLength(3);
      expect(
        await database.knex("mlr_message").where({ reason: "CAPPED", state: "queued", attempts: 0 }),
      ).toHaveLength(4);
      clock.advance(HOUR / 2);
      await worker.drain();
      expect(peer.received).toHaveLength(3);
      for (let hours = 0; hours < 4; hours += 1) {
        const before = peer.received.length;
        clock.advance(HOUR);
        await worker.drain();
        expect(peer.received.length - before).toBeLessThanOrEqual(3);
      }
      expect(peer.received).toHaveLength(7);
      expect(settled).toHaveLength(7);
    });

    it("is each address's own, and each controller's; upper case is no other address", async () => {
      const { peer, sendSome, worker } = await open({ capPerRecipient: 1 });
      await sendSome(1);
      await sendSome(1, { key: "b", to: { address: "other@acacias.example" } });
      await sendSome(1, { key: "c", to: { address: "DPO@Acacias.example" } });
      await sendSome(1, { flow: { ...message().flow, controller: TILLEULS } });
      await worker.drain();
      expect(peer.received.map(({ to }) => to[0]?.toLowerCase()).sort()).toEqual([
        "dpo@acacias.example",
        "dpo@acacias.example",
        "other@acacias.example",
      ]);
    });

    it("counts a deadline of the law and does not hold it back", async () => {
      const { peer, sendSome, worker } = await open({ capPerRecipient: 2 });
      await sendSome(4, { priority: 10 });
      await sendSome(1, { key: "other" });
      await sendSome(1, { key: "last", priority: 49 });
      await worker.drain();
      expect(peer.received).toHaveLength(5);
    });

    it("counts one message once, however often it was tried", async () => {
      const { peer, clock, sendSome, worker } = await open({ capPerRecipient: 2 });
      peer.setMood("greylist");
      await sendSome(2);
      for (let tries = 0; tries < 3; tries += 1) {
        await worker.drain();
        clock.advance(120_000);
      }
      peer.setMood("take");
      clock.advance(600_000);
      await worker.drain();
      expect(peer.received).toHaveLength(2);
    });

    it("knows the address by a keyed mark alone", async () => {
      const { sendSome, database } = await open();
      await sendSome(2);
      await sendSome(1, { flow: { ...message().flow, controller: TILLEULS } });
      const marks = (await database.knex("mlr_message").pluck("recipient")) as string[];
      expect(new Set(marks).size).toBe(2); // the same address is another's elsewhere
      for (const mark of marks) expect(mark).toMatch(/^[A-Za-z0-9_-]{43}$/);
    });

    it("a deadline of the law overtakes 10,000 notices that wait", async () => {
      const { peer, worker, mailer, unitOfWork, database } = await open({ capPerRecipient: 0 });
      await unitOfWork.transaction(async (unit) => {
        const [first] = await mailer.sendMany(unit, [message({ key: "n", priority: 50 })]);
        // 9,999 more of it, as rows: what is tested is the queue.
        const query = inUnit(unit);
        const [job] = (await query("db_job").where({ job_key: first }).select("*")) as Record<
          string,
          unknown
        >[];
        for (let n = 0; n < 9_999; n += 33)
          await query("db_job").insert(
            Array.from({ length: 33 }, (_, i) => ({ ...job, id: `job_${n + i}`, job_key: `k${n + i}` })),
          );
      });
      const law = await unitOfWork.transaction((unit) =>
        mailer.send(unit, message({ key: "law", priority: 10, to: { address: "law@acacias.example" } })),
      );
      let inFront: number | undefined;
      peer.onTaken(() => {
        if (headerOf(peer.received.at(-1) ?? { raw: "" }, "Message-ID")?.includes(law) === true)
          inFront = peer.received.length;
      });
      worker.start();
      while (inFront === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      await worker.stop();
      expect(inFront).toBeLessThanOrEqual(2); // one of its own group may be quicker on another connection
      expect(await database.knex("mlr_message").where({ id: law, controller: ACACIAS })).toHaveLength(1);
    }, 60_000);
  },
);
