/** Messages that leave, over a real SMTP conversation. */

import { compileGateTable } from "@preau/agreement";
import { type MessageId, makeGate, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { TRIES } from "../src/deliver-message.ts";
import { requeueMessage, returnMessage } from "../src/index.ts";
import {
  ACACIAS,
  agreement,
  makeMailHouse,
  message,
  openHouseDatabases,
  relay,
  TILLEULS,
} from "./mail-house.ts";
import { headerOf, startSmtpPeer } from "./smtp-peer.ts";

type HouseOptions = Parameters<typeof makeMailHouse>[2];

async function openPeer() {
  const peer = await startSmtpPeer();
  onTestFinished(() => peer.close());
  return peer;
}

async function openHouse(
  peer: { readonly options: object } | undefined,
  more: HouseOptions = {},
  url = "sqlite::memory:",
) {
  const both = await openHouseDatabases(url);
  onTestFinished(() => both.database.close());
  onTestFinished(() => both.keysDatabase.close());
  const clock = manualClock();
  const house = await makeMailHouse(both, clock, { ...more, options: { ...peer?.options, ...more.options } });
  onTestFinished(() => house.post.close());
  return { ...house, clock, both };
}

describe("a message that leaves (DC)", () => {
  it("says who writes, to one person, machine to person, and where it comes back to", async () => {
    const peer = await openPeer();
    const { send, worker, settled, row } = await openHouse(peer, {
      options: { from: "preau@marelle.example", returnTo: "retours@marelle.example" },
    });
    const id = await send(message());
    await worker.drain();
    const [mail] = peer.received;
    expect(mail?.to).toEqual(["dpo@acacias.example"]);
    expect(mail?.from).toBe(`retours+${id}@marelle.example`);
    expect(headerOf(mail!, "Message-ID")).toBe(`<${id}@marelle.example>`);
    expect(headerOf(mail!, "From")).toMatch(/^(=\?.*\?=|.*Marelle.*) <preau@marelle\.example>$/);
    expect(headerOf(mail!, "Auto-Submitted")).toBe("auto-generated");
    expect(headerOf(mail!, "Content-Language")).toBe("fr");
    expect(mail?.raw).toContain("https://preau.example/desk/abcdefgh");
    expect(await row(id)).toMatchObject({ state: "accepted", transport: "smtp", reason: null });
    expect(settled).toEqual([
      { controller: ACACIAS, message: id, key: "relay/rqs_1", outcome: "accepted", at: expect.any(String) },
    ]);
  });

  it("carries no personal data in its headers but the address", async () => {
    const peer = await openPeer();
    const { send, worker } = await openHouse(peer);
    await send(message({ variables: { path: "/desk/x", due: "Zoé Amandier, 6e B" } }));
    await worker.drain();
    const [mail] = peer.received;
    const head = mail!.raw.slice(0, mail!.raw.indexOf("\r\n\r\n"));
    expect(head).not.toMatch(/Amandier|Zo/);
  });

  it.each([
    ["noSuchBox", "SMTP_550"],
    ["spam", "SMTP_554"],
  ] as const)("comes back at once where the server refuses it for good (%s)", async (mood, reason) => {
    const peer = await openPeer();
    peer.setMood(mood);
    const { send, worker, settled, row } = await openHouse(peer);
    const id = await send(message());
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "bounced", reason });
    expect(settled.map(({ outcome }) => outcome)).toEqual(["bounced"]);
    expect(JSON.stringify(await row(id))).not.toContain("dpo@");
  });

  it("puts an address on the list where the server says that the mailbox is none (5.1.x), and for no other refusal", async () => {
    const peer = await openPeer();
    const { send, worker, row, database, settled } = await openHouse(peer);
    peer.setMood("badSenderSystem");
    const policy = await send(message({ key: "policy" }));
    await worker.drain();
    expect(await row(policy)).toMatchObject({ state: "bounced", reason: "SMTP_550" });
    expect(await database.knex("mlr_suppressed").select()).toEqual([]);
    peer.setMood("noMailbox");
    const ids = [await send(message({ key: "a" })), await send(message({ key: "b" }))];
    await worker.drain();
    for (const id of ids) expect(await row(id)).toMatchObject({ state: "bounced", reason: "SMTP_5.1.1" });
    expect(await database.knex("mlr_suppressed").select("kind", "subject", "controller")).toEqual([
      { kind: "hardBounce", subject: null, controller: ACACIAS },
    ]);
    expect((await database.knex("mlr_suppressed").pluck<string[]>("id"))[0]).toMatch(/^sps_/);
    peer.setMood("take");
    const next = await send(message({ key: "c" }));
    await worker.drain();
    expect(await row(next)).toMatchObject({ state: "refused", reason: "SUPPRESSED_HARD_BOUNCE" });
    expect(settled.map(({ outcome }) => outcome)).toEqual(["bounced", "bounced", "bounced", "refused"]);
  });

  it.each(["greylist", "hangUp", "badSender"] as const)(
    "waits and comes again where another try may do (%s)",
    async (mood) => {
      const peer = await openPeer();
      peer.setMood(mood);
      const { send, worker, settled, row, clock, database } = await openHouse(peer);
      const id = await send(message());
      await worker.drain();
      expect(await row(id)).toMatchObject({
        state: "queued",
        attempts: 1,
        reason: expect.stringMatching(/^(SMTP_|E)/),
      });
      expect(await database.knex("db_job").pluck("last_code")).toEqual(["MAIL_DEFERRED"]);
      expect(settled).toEqual([]);
      peer.setMood("take");
      clock.advance(60_000);
      await worker.drain();
      expect(peer.received).toHaveLength(1);
      expect(settled.map(({ outcome }) => outcome)).toEqual(["accepted"]);
    },
  );

  it("is given up after its tries, and whoever waits for it hears that it came back", async () => {
    const peer = await openPeer();
    peer.setMood("greylist");
    const { send, tryOnce, settled, row } = await openHouse(peer);
    const id = await send(message());
    await expect(tryOnce(id, TRIES - 1)).rejects.toMatchObject({ code: "MAIL_DEFERRED" });
    await tryOnce(id, TRIES);
    expect(await row(id)).toMatchObject({ state: "dead", reason: "SMTP_451" });
    expect(settled.map(({ outcome }) => outcome)).toEqual(["bounced"]);
  });

  it("still says so where a person queues it again meanwhile; and one that a server has does not leave twice", async () => {
    const peer = await openPeer();
    peer.setMood("takeAndHangUp");
    const { send, worker, row, clock, database, jobs, unitOfWork } = await openHouse(peer);
    const id = await send(message());
    await worker.drain();
    const again = () => unitOfWork.transaction((unit) => requeueMessage(unit, { jobs }, ACACIAS, id));
    await again();
    expect(await row(id)).toMatchObject({ state: "queued", left_at: expect.any(String) });
    peer.setMood("take");
    clock.advance(60_000);
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "accepted", reason: "NO_ANSWER" });
    expect(peer.received).toHaveLength(2);
    await database.knex("mlr_message").update({ state: "queued", transport: "smtp" });
    await again();
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "accepted", transport: "smtp" });
    expect(peer.received).toHaveLength(2);
  });

  it("says that it may be there twice where the server took it and hung up", async () => {
    const peer = await openPeer();
    peer.setMood("takeAndHangUp");
    const { send, worker, row, clock } = await openHouse(peer);
    const id = await send(message());
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "queued", left_at: expect.any(String) });
    peer.setMood("take");
    clock.advance(60_000);
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "accepted", reason: "NO_ANSWER" });
    const ids = peer.received.map((mail) => headerOf(mail, "Message-ID"));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("waits, and is not lost, where no server listens", async () => {
    const { send, worker, row } = await openHouse({ options: { host: "127.0.0.1", port: 1 } });
    const id = await send(message());
    await worker.drain();
    expect(await row(id)).toMatchObject({
      ...{ state: "queued", left_at: null },
      reason: expect.stringMatching(/^E/),
    });
  });

  it("waits without a try where nothing leaves, and leaves once something does", async () => {
    const house = await openHouse(undefined);
    const id = await house.send(message());
    await house.worker.drain();
    expect(await house.row(id)).toMatchObject({ state: "queued", attempts: 0 });
    const peer = await openPeer();
    const next = await makeMailHouse(house.both, house.clock, { options: peer.options });
    onTestFinished(() => next.post.close());
    await next.worker.drain();
    expect(peer.received).toHaveLength(1);
  });

  it("does not leave twice because somebody who hears of it fails", async () => {
    const peer = await openPeer();
    let fails = true;
    const { send, worker, clock, row } = await openHouse(peer, {
      on: {
        "mail.settled": async () => {
          if (fails) throw new Error("deaf");
        },
      },
    });
    const id = await send(message());
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "queued", transport: "smtp" });
    fails = false;
    clock.advance(60_000);
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "accepted" });
    expect(peer.received).toHaveLength(1);
  });
});

describe("hostile addresses", () => {
  it.each([
    "dpo@acacias.example\r\nBcc: evil@x.test",
    "dpo@acacias.example, evil@x.test",
    "<evil@x.test>",
    "dpo@acacias.example <evil@x.test>",
    "evil@x.test,dpo@acacias.example",
    "@x.test:evil@x.test",
    '"evil@x.test"@acacias.example',
    "dpo@[127.0.0.1]",
    "dpo@localhost",
    "dpo @acacias.example",
    "d\u00adpo@acacias.example",
    "",
  ])("go nowhere: %j", async (address) => {
    const peer = await openPeer();
    const { send, worker, row } = await openHouse(peer);
    const id = await send(message({ to: { address } }));
    await worker.drain();
    expect(peer.received).toEqual([]);
    expect(await row(id)).toMatchObject({ state: "bounced", reason: "BAD_ADDRESS" });
  });

  it("and names add no header and no recipient", async () => {
    const peer = await openPeer();
    const { send, worker } = await openHouse(peer);
    const name = 'Zoé"\r\nBcc: evil@x.test\r\n\r\n<evil@x.test>, x';
    await send(message({ to: { name, address: "dpo@acacias.example" } }));
    await worker.drain();
    const [mail] = peer.received;
    expect(mail?.to).toEqual(["dpo@acacias.example"]);
    expect(headerOf(mail!, "Bcc")).toBeUndefined();
    expect(headerOf(mail!, "To")).toMatch(/<dpo@acacias\.example>$/);
  });

  it("of other alphabets reach the domain that they name", async () => {
    const peer = await openPeer();
    const { send, worker } = await openHouse(peer);
    await send(message({ to: { address: "dpo@lycée-émile.example" } }));
    await worker.drain();
    expect(peer.received[0]?.to).toEqual(["dpo@lycée-émile.example"]); // as the server reads xn--…
  });
});

describe("the gate, asked when a message leaves (D4.1, DC)", () => {
  it("keeps what it closed to meanwhile, says why, and does not ask again by itself", async () => {
    const peer = await openPeer();
    let table = compileGateTable(agreement);
    const clock = manualClock();
    const gate = makeGate({ clock, tableFor: () => table });
    const { annexA, ...rest } = agreement;
    const { correspondence: _, ...without } = annexA;
    const { send, worker, settled, row, unitOfWork, jobs } = await openHouse(peer, { gate });
    const id = await send(message());
    table = compileGateTable({ ...rest, annexA: without });
    await worker.drain();
    await worker.drain();
    expect(peer.received).toEqual([]);
    expect(await row(id)).toMatchObject({ state: "refused", clause: "D1", reason: "UNNAMED_PRODUCT" });
    expect(settled.map(({ outcome }) => outcome)).toEqual(["refused"]);
    table = compileGateTable(agreement);
    await unitOfWork.transaction((unit) => requeueMessage(unit, { jobs }, ACACIAS, id));
    await worker.drain();
    expect(peer.received).toHaveLength(1);
  });

  it("is asked for whoever carries the mail, beside whom the message is for", async () => {
    const peer = await openPeer();
    const clock = manualClock();
    const asked: string[] = [];
    const table = compileGateTable(agreement);
    const gate = makeGate({
      clock,
      tableFor: () => ({
        ...table,
        row: (flow) => {
          asked.push(`${flow.operation} ${flow.recipient}`);
          return table.row(flow);
        },
      }),
    });
    const { send, worker } = await openHouse(peer, { gate });
    const { flow } = message();
    await send(message({ flow: { ...flow, recipient: "controller" } }));
    await worker.drain();
    expect(asked).toEqual(["send controller", "send mailer"]);
    expect(peer.received).toHaveLength(1);
  });
});

describe("a message that came back by another way", () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let id: MessageId;
  beforeEach(async () => {
    house = await openHouse(undefined, { options: { transport: "catcher" } });
    id = await house.send(message());
    await house.worker.drain();
  });
  const cameBack = (scope: typeof ACACIAS | "all" = "all") =>
    house.unitOfWork.transaction((unit) =>
      returnMessage(unit, house.ports, { scope, id, reason: "BY_HAND", keepHours: 72 }),
    );

  it("is noted once, and told once", async () => {
    expect((await cameBack()).changed).toBe(true);
    expect((await cameBack()).changed).toBe(false);
    expect(house.settled.map(({ outcome }) => outcome)).toEqual(["accepted", "bounced"]);
  });

  it("is another controller's to nobody", async () => {
    await expect(cameBack(TILLEULS)).rejects.toMatchObject({ code: "MAIL_NO_MESSAGE" });
  });

  it("loses its text by its hour, and is not sent again then", async () => {
    await cameBack();
    const { clock, worker, row, unitOfWork, jobs } = house;
    clock.advance(71 * 3_600_000);
    await worker.drain();
    expect((await row(id))["sealed"]).not.toBeNull();
    clock.advance(2 * 3_600_000);
    await worker.drain();
    expect((await row(id))["sealed"]).toBeNull();
    const again = unitOfWork.transaction((unit) => requeueMessage(unit, { jobs }, "all", id));
    await expect(again).rejects.toMatchObject({ code: "MAIL_NOTHING_LEFT" });
  });
});

describeEachDatabase(
  "two workers of one database",
  async ({ url }) => {
    const both = await openHouseDatabases(url);
    onTestFinished(() => both.keysDatabase.close());
    return { ...both, close: () => both.database.close() };
  },
  (fresh) => {
    it("let each message out once", async () => {
      const peer = await openPeer();
      const both = await fresh();
      const clock = manualClock();
      const options = { options: peer.options };
      const [one, two] = [
        await makeMailHouse(both, clock, options),
        await makeMailHouse(both, clock, options),
      ];
      onTestFinished(() => {
        one.post.close();
        two.post.close();
      });
      const keys = Array.from({ length: 20 }, (_, index) => message({ key: `n/${index}` }));
      await one.unitOfWork.transaction((unit) => one.mailer.sendMany(unit, keys));
      await Promise.all([one.worker.drain(), two.worker.drain()]);
      const ids = peer.received.map((mail) => headerOf(mail, "Message-ID"));
      expect(ids).toHaveLength(20);
      expect(new Set(ids).size).toBe(20);
    });
  },
);

describe("a message of nobody's template", () => {
  it("waits, and says which", async () => {
    const peer = await openPeer();
    const { send, worker, row } = await openHouse(peer, { templates: [{ ...relay, name: "desk.other" }] });
    const id = await send(message());
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "queued", reason: "MAIL_NO_TEMPLATE" });
  });
});
