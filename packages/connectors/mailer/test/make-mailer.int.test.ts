import { inUnit } from "@preau/database";
import { controllerId, type Message, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeMailHouse, openHouseDatabases } from "./mail-house.ts";

const ACACIAS = controllerId("lycee-des-acacias");

function message(change: Partial<Message> & { readonly subject?: `sub_${string}` } = {}): Message {
  const { subject, ...rest } = change;
  return {
    template: "desk.relay",
    language: "fr",
    to: { name: "Solveig Amaury-Kern", address: "dpo@acacias.example" },
    variables: { path: "/links/abcdefgh" },
    flow: {
      ...{ controller: ACACIAS, product: "_agreement", operation: "send", origin: "outsideGar" },
      ...{ role: "officer", categories: ["officerContact"], purpose: "correspondence", recipient: "mailer" },
      ...(subject === undefined ? {} : { subject }),
    },
    key: "relay/rqs_1",
    ...rest,
  };
}

describeEachDatabase(
  "the queue of messages (DC)",
  ({ url }) => openHouseDatabasesClosable(url),
  (fresh) => {
    const house = async () => makeMailHouse(await fresh(), manualClock());

    describe("what rests", () => {
      it("says nothing of address and variables in clear", async () => {
        const { unitOfWork, mailer, database } = await house();
        await unitOfWork.transaction((unit) => mailer.send(unit, message()));
        const rows = await database.knex("mlr_message").select("*");
        const jobs = await database.knex("db_job").select("*");
        const text = JSON.stringify([rows, jobs], (_key, value: unknown) =>
          Buffer.isBuffer(value) ? value.toString("latin1") : value,
        );
        expect(rows).toHaveLength(1);
        expect(text).not.toMatch(/dpo@|Amaury|links/);
      });

      it("puts a deadline of the law before the rest", async () => {
        const { unitOfWork, mailer } = await house();
        const priorities = await unitOfWork.transaction(async (unit) => {
          await mailer.send(unit, message({ priority: 10 }));
          return inUnit(unit)("db_job").pluck<number[]>("priority");
        });
        expect(priorities).toEqual([10]);
      });

      it("queues one message a key where two units want it at once", async () => {
        const { unitOfWork, mailer, database } = await house();
        const keys = ["n/1", "n/2", "n/3"].map((key) => message({ key }));
        const [one, two] = await Promise.all([
          unitOfWork.transaction((unit) => mailer.sendMany(unit, keys)),
          unitOfWork.transaction((unit) => mailer.sendMany(unit, [...keys, message({ key: "n/4" })])),
        ]);
        expect(two.slice(0, 3)).toEqual(one);
        expect(await database.knex("mlr_message").pluck("message_key")).toHaveLength(4);
        expect(await database.knex("db_job").pluck("id")).toHaveLength(4);
      });
    });

    it("refuses a message about somebody who was erased (D12.2)", async () => {
      const { unitOfWork, mailer, vault } = await house();
      const subject = "sub_1" as const;
      await vault.seal({ controller: ACACIAS, kind: "subject", id: subject }, Buffer.from("x"), "x");
      await vault.destroy({ controller: ACACIAS, kind: "subject", id: subject });
      const sent = unitOfWork.transaction((unit) => mailer.send(unit, message({ subject })));
      await expect(sent).rejects.toMatchObject({ code: "MAIL_TO_ERASED" });
    });
  },
);

async function openHouseDatabasesClosable(url: string) {
  const both = await openHouseDatabases(url);
  onTestFinished(() => both.keysDatabase.close());
  return { ...both, close: () => both.database.close() };
}
