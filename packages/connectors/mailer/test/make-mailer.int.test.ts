import { inUnit } from "@preau/database";
import { type Message, manualClock } from "@preau/kernel";
import { describeEachDatabase, mailerContract } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { messageNamedIn } from "../src/return-path.ts";
import { ACACIAS, makeMailHouse, message, openHouseDatabases } from "./mail-house.ts";
import { headerOf, startSmtpPeer } from "./smtp-peer.ts";

describeEachDatabase("the queue of messages (DC)", openHouse, (fresh, kind) => {
  const house = async () => makeMailHouse(await fresh(), manualClock());

  mailerContract(`mailer over SMTP on ${kind}`, async (gate) => {
    const peer = await startSmtpPeer();
    const template = {
      ...message(),
      name: "desk.acknowledged",
      clause: "DC",
      subject: { fr: "Reçu", en: "Got" },
    };
    const { unitOfWork, mailer, worker, row, post } = await makeMailHouse(await fresh(), manualClock(), {
      gate,
      options: peer.options,
      templates: [{ ...template, compose: () => ["Bien reçu."], example: {} }],
    });
    return {
      unitOfWork,
      mailer,
      deliver: async () => {
        await worker.drain();
      },
      delivered: () =>
        Promise.all(
          peer.received.map(async (mail) => {
            const found = await row(messageNamedIn(headerOf(mail, "Message-ID") ?? "") ?? "");
            const to = { address: mail.to.join(",") };
            return { to, template: String(found["template"]), key: String(found["message_key"]) };
          }),
        ),
      close: async () => {
        post.close();
        await peer.close();
      },
    };
  });

  it("says nothing of address and variables in clear at rest", async () => {
    const { send, database } = await house();
    await send(message());
    const rows = await database.knex("mlr_message").select("*");
    const jobs = await database.knex("db_job").select("*");
    const text = JSON.stringify([rows, jobs], (_key, value: unknown) => {
      const bytes = value as { readonly type?: string; readonly data?: number[] } | null;
      return bytes?.type === "Buffer" ? Buffer.from(bytes.data ?? []).toString("latin1") : value;
    });
    expect(rows).toHaveLength(1);
    expect(text).not.toMatch(/dpo@|Amaury|desk\/abc/);
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
    const sendMany = (messages: readonly Message[]) =>
      unitOfWork.transaction((unit) => mailer.sendMany(unit, messages));
    const [one, two] = await Promise.all([sendMany(keys), sendMany([...keys, message({ key: "n/4" })])]);
    expect(two.slice(0, 3)).toEqual(one);
    expect(await database.knex("mlr_message").pluck("message_key")).toHaveLength(4);
    expect(await database.knex("db_job").pluck("id")).toHaveLength(4);
  });

  it("takes nothing about somebody who was erased (D12.2)", async () => {
    const { send, vault } = await house();
    const subject = "sub_1" as const;
    await vault.seal({ controller: ACACIAS, kind: "subject", id: subject }, Buffer.from("x"), "x");
    await vault.destroy({ controller: ACACIAS, kind: "subject", id: subject });
    await expect(send(message({ subject }))).rejects.toMatchObject({ code: "MAIL_TO_ERASED" });
  });
});

describe("a key of a message", () => {
  it("is short and printable, or is refused", async () => {
    const { send } = await makeMailHouse(await openHouse({ url: "sqlite::memory:" }), manualClock());
    for (const key of ["", "a b", "é", "x".repeat(192)])
      await expect(send(message({ key })), key).rejects.toMatchObject({ code: "MAIL_BAD" });
  });
});

async function openHouse({ url }: { readonly url: string }) {
  const both = await openHouseDatabases(url);
  onTestFinished(() => both.keysDatabase.close());
  return { ...both, close: () => both.database.close() };
}
