/** Brevo's web hooks over HTTP: who is believed, what is kept, and what becomes of the message. @clause DC */
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type ControllerId, type MessageId, manualClock, millisOf, silentLog } from "@preau/kernel";
import { describeEachDatabase, temporaryFolder } from "@preau/testing";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { hookSecrets } from "../src/hook-secret.ts";
import { openHooks } from "../src/store/hooks.ts";
import { listSuppressed } from "../src/store/suppressed.ts";
import { ACACIAS, makeMailHouse, message, openHouseDatabases, TILLEULS } from "./mail-house.ts";
import { openMailSite } from "./mail-site.ts";

const [OLD, NEW] = ["old-secret-0123456789abcdef", "new-secret-0123456789abcdef"];
const ADDRESS = "dpo@acacias.example";
const AT = manualClock();

type Hook = Readonly<Record<string, unknown>>;

/** As Brevo writes it; its `date` is Central European time without saying so. */
function hook(change: Hook = {}): Hook {
  return {
    event: "hard_bounce",
    email: ADDRESS,
    id: 26_224,
    date: "2026-11-23 08:59:00",
    ts: 1_795_420_740,
    "message-id": "<202611230759.1@smtp-relay.example>",
    ts_event: Math.floor(millisOf(AT.now()) / 1_000) - 60,
    subject: "Une demande vous est transmise",
    tag: '["desk"]',
    tags: ["desk"],
    reason: `550 5.1.1 <${ADDRESS}> user unknown`,
    ...change,
  };
}

async function openHouse(url: string, options = {}) {
  const both = await openHouseDatabases(url);
  onTestFinished(() => both.keysDatabase.close());
  const clock = manualClock();
  const house = await makeMailHouse(both, clock, {
    options: { transport: "catcher", hookSecret: `${NEW}\n${OLD}`, ...options },
  });
  const site = await openMailSite(house);
  const post = (
    body: string | Hook | readonly Hook[] | Buffer,
    headers: Readonly<Record<string, string>> = {},
    query = "",
  ) =>
    fetch(`${site.base}/mail/hooks/brevo${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${NEW}`, "content-type": "application/json", ...headers },
      body: Buffer.isBuffer(body)
        ? new Uint8Array(body)
        : typeof body === "string"
          ? body
          : JSON.stringify(body),
    });
  /** A message that has left, and what the provider called it. */
  const leave = async (
    providerId = "<202611230759.1@smtp-relay.example>",
    change: Parameters<typeof message>[0] = {},
  ) => {
    const id = await house.send(message(change));
    await house.worker.drain();
    await both.database.knex("mlr_message").where({ id }).update({ provider_id: providerId });
    return id;
  };
  const suppressed = (scope: ControllerId | "all" = "all") =>
    house.unitOfWork.transaction((unit) => listSuppressed(unit, { scope, now: clock.now(), limit: 10 }));
  return { ...house, ...site, clock, both, post, leave, suppressed, close: () => both.database.close() };
}

describeEachDatabase(
  "Brevo's web hooks (DC)",
  ({ url }) => openHouse(url),
  (fresh) => {
    it("bring a bounce to its message: whoever waits is told once, and the address is not written to", async () => {
      const house = await fresh();
      const id = await house.leave();
      for (const body of [hook(), hook(), [hook(), hook({ reason: "said otherwise" })]])
        expect((await house.post(body)).status).toBe(200);
      await house.worker.drain();
      expect(await house.row(id)).toMatchObject({ state: "bounced", reason: "HOOK_HARD_BOUNCE" });
      expect(house.settled.map(({ outcome }) => outcome)).toEqual(["accepted", "bounced"]);
      const [entry, ...more] = await house.suppressed();
      expect(more).toEqual([]);
      expect(entry).toMatchObject({ controller: ACACIAS, kind: "hardBounce", strikes: 1 });
      expect(entry?.since).toBe("2026-11-23T07:59:00.000Z");
      expect(entry?.until).toBe("2027-02-21T07:59:00.000Z");

      // A message that the law asks for is not lost in silence: its end is told.
      const next = await house.send(message({ key: "relay/rqs_2", to: { address: "DPO@acacias.example" } }));
      const elsewhere = await house.send(
        message({ key: "other", flow: { ...message().flow, controller: TILLEULS } }),
      );
      await house.worker.drain();
      expect(await house.row(next)).toMatchObject({ state: "refused", reason: "SUPPRESSED_HARD_BOUNCE" });
      expect(await house.row(elsewhere)).toMatchObject({ state: "accepted" });
      expect(house.settled.find(({ message: of }) => of === next)).toMatchObject({ outcome: "refused" });

      // In time it is written to again, and the line of the list is gone.
      house.clock.advance(91 * 86_400_000);
      await house.worker.drain();
      expect(await house.both.database.knex("mlr_suppressed").select()).toEqual([]);
      expect(await house.both.database.knex("mlr_hook").select()).toEqual([]);
      const later = await house.send(message({ key: "relay/rqs_3" }));
      await house.worker.drain();
      expect(await house.row(later)).toMatchObject({ state: "accepted" });
    });

    it("leave nothing in clear, and the sealed address only until they are done with", async () => {
      const house = await fresh();
      await house.leave();
      await house.post([hook(), hook({ "message-id": "<unknown@smtp-relay.example>" })]);
      const kept = async () => {
        const tables = ["mlr_hook", "mlr_suppressed", "db_job"];
        const rows = await Promise.all(tables.map((table) => house.both.database.knex(table).select()));
        return Buffer.from(JSON.stringify(rows.flat().map((row: object) => Object.values(row).map(String))));
      };
      expect(await house.unitOfWork.transaction((unit) => openHooks(unit, 10))).toHaveLength(2);
      for (const secret of ["acacias.example", "user unknown", "transmise"])
        expect((await kept()).includes(secret), secret).toBe(false);
      await house.worker.drain();
      // The one about nobody's message waits: our own yes may not be written yet.
      expect(await house.unitOfWork.transaction((unit) => openHooks(unit, 10))).toHaveLength(1);
      house.clock.advance(3_700_000);
      await house.worker.drain();
      expect(await house.unitOfWork.transaction((unit) => openHooks(unit, 10))).toEqual([]);
      expect(await house.both.database.knex("mlr_hook").pluck("outcome")).toEqual(
        expect.arrayContaining(["noted", "unknown"]),
      );
    });
  },
);

describe("a web hook", () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let id: MessageId;
  beforeEach(async () => {
    house = await openHouse("sqlite::memory:");
    onTestFinished(() => house.close());
    id = await house.leave();
  });
  const told = async (...hooks: readonly Hook[]) => {
    for (const each of hooks) {
      expect((await house.post(each)).status).toBe(200);
      await house.worker.drain();
    }
  };

  it("is believed with a secret alone, in the header before the address, the old one too while it is replaced", async () => {
    const cases: readonly (readonly [Readonly<Record<string, string>>, string, number])[] = [
      [{ authorization: "Bearer x" }, `?key=${NEW}`, 401],
      [{ authorization: "" }, "", 401],
      [{ authorization: "" }, `?key=${NEW}%0A${OLD}`, 401],
      [{ authorization: `Bearer ${NEW.slice(0, -1)}` }, "", 401],
      [{ authorization: `Basic ${btoa(`x:${NEW}`)}` }, "", 401],
      [{ authorization: `Bearer ${NEW}` }, "", 200],
      [{ authorization: `Bearer ${OLD}` }, "", 200],
      [{ authorization: "" }, `?key=${NEW}`, 200],
    ];
    let stored = 0;
    for (const [index, [headers, query, status]] of cases.entries()) {
      const answer = await house.post(hook({ "message-id": `<${index}@x.example>` }), headers, query);
      expect(answer.status, JSON.stringify([headers, query])).toBe(status);
      expect(await answer.text()).not.toContain("acacias");
      stored += status === 200 ? 1 : 0;
      expect(await house.both.database.knex("mlr_hook").select()).toHaveLength(stored);
    }
  });

  it("is refused where no secret is set; where one is that cannot be used now, it is to come again (429), and it is said aloud", async () => {
    const file = path.join(temporaryFolder(), "secret");
    writeFileSync(file, NEW, { mode: 0o644 });
    const errors: string[] = [];
    const log = { ...silentLog, error: (name: string) => void errors.push(name) };
    const site = await openMailSite({
      ...house,
      options: { ...house.options, hookSecret: undefined, hookSecretFile: file },
      ports: { ...house.ports, log },
    } as unknown as Parameters<typeof openMailSite>[0]);
    const post = () =>
      fetch(`${site.base}/mail/hooks/brevo`, {
        method: "POST",
        headers: { authorization: `Bearer ${NEW}`, "content-type": "application/json" },
        body: JSON.stringify(hook()),
      });
    const open = await post();
    expect([open.status, open.headers.get("retry-after")]).toEqual([429, "600"]);
    rmSync(file);
    expect((await post()).status).toBe(429);
    // A line a minute: anybody may call.
    expect(errors).toEqual(["mailer.hookSecretUnreadable"]);
    writeFileSync(file, NEW, { mode: 0o600 });
    expect((await post()).status).toBe(200);
    expect(await hookSecrets({})).toEqual([]);
    expect(await hookSecrets({ hookSecret: "short" })).toBe("unreadable");
    expect(await hookSecrets({ hookSecretFile: file })).toEqual([NEW]);
    chmodSync(file, 0o640);
    expect(await hookSecrets({ hookSecretFile: file })).toBe("unreadable");
  });

  it("of more events than one transaction stores is stored all the same, and known again", async () => {
    const many = Array.from({ length: 2_300 }, (_each, at) =>
      hook({ "message-id": `<${at}@x.example>`, reason: "550 5.1.1 said at some length" }),
    );
    expect(JSON.stringify(many).length).toBeGreaterThan(600_000);
    expect(await (await house.post(many)).json()).toMatchObject({ stored: 2_300, broken: 0 });
    expect(await (await house.post(many)).json()).toMatchObject({ stored: 0, known: 2_300 });
  });

  it("is refused for good (Brevo comes again after 429 alone) when it is not well made", async () => {
    const broken: readonly (readonly [string, Parameters<typeof house.post>[0]])[] = [
      ["no JSON", "event=hard_bounce"],
      ["bytes that are no UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22])],
      ["nothing", ""],
      ["an empty array", []],
      ["a text", '"hard_bounce"'],
      ["no address", hook({ email: undefined })],
      ["a list of addresses", hook({ email: "a@acacias.example, b@acacias.example" })],
      ["no message", hook({ "message-id": "" })],
      ["a message with a line break", hook({ "message-id": "<a\nb@x>" })],
      ["no time but the date", hook({ ts_event: undefined })],
      ["milliseconds where seconds stand", hook({ ts_event: millisOf(AT.now()) })],
      ["a time to come", hook({ ts_event: Math.floor(millisOf(AT.now()) / 1_000) + 200_000 })],
      ["a word that is no text", hook({ event: { $ne: 1 } })],
    ];
    for (const [defect, body] of broken) expect((await house.post(body)).status, defect).toBe(422);
    expect(await house.both.database.knex("mlr_hook").select()).toEqual([]);
  });

  it("is refused for good above a megabyte", async () => {
    expect((await house.post(hook({ reason: "x".repeat(1_048_576) }))).status).toBe(413);
    expect((await house.post(`[${"0,".repeat(20_000)}0]`)).status).toBe(422);
  });

  it("that is broken takes nothing from its neighbours in the same request", async () => {
    const answer = await house.post([hook({ email: 7 }), hook(), hook({ event: "opened" })]);
    expect(await answer.json()).toEqual({ stored: 1, known: 0, passed: 1, broken: 1 });
  });

  it("that cannot be stored is asked for again (429): Brevo comes back after nothing else", async () => {
    await house.both.database.knex.schema.renameTable("mlr_hook", "mlr_hidden");
    const answer = await house.post(hook());
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "600"]);
    await house.both.database.knex.schema.renameTable("mlr_hidden", "mlr_hook");
    expect((await house.post(hook())).status).toBe(200);
  });

  it.each([
    ["in order", ["delivered", "soft_bounce", "hard_bounce"]],
    ["the other way round", ["hard_bounce", "soft_bounce", "delivered"]],
  ])("moves a message forward alone: %s", async (_order, events) => {
    await told(
      ...events.map((event, index) => hook({ event, ts_event: Number(hook()["ts_event"]) - index })),
    );
    expect(await house.row(id)).toMatchObject({ state: "bounced" });
    expect(house.settled.map(({ outcome }) => outcome)).toEqual(["accepted", "bounced"]);
    // One that happened the day before and is heard now shortens nothing.
    await told(hook({ ts_event: Number(hook()["ts_event"]) - 86_400 }));
    const [hard] = (await house.suppressed()).filter(({ kind }) => kind === "hardBounce");
    expect(hard?.until.slice(0, 10)).toBe("2027-02-21");
  });

  it("of a complaint or an unsubscription leaves the message as arrived, and the address in peace", async () => {
    await told(hook({ event: "spam" }), hook({ event: "unsubscribed" }));
    expect(await house.row(id)).toMatchObject({ state: "accepted" });
    expect((await house.suppressed()).map(({ kind }) => kind).sort()).toEqual(["complaint", "unsubscribed"]);
  });

  it("of a mailbox that is full counts twice before anybody stops writing, and is forgotten in a week", async () => {
    const other = "<202611230800.2@smtp-relay.example>";
    const soft = hook({ event: "soft_bounce" });
    await told(soft);
    await house.leave(other, { key: "second" });
    expect(house.settled.map(({ outcome }) => outcome)).toEqual(["accepted", "bounced", "accepted"]);
    await told(hook({ event: "soft_bounce", "message-id": other }));
    const third = await house.send(message({ key: "third" }));
    await house.worker.drain();
    expect(await house.row(third)).toMatchObject({ state: "refused", reason: "SUPPRESSED_SOFT_BOUNCES" });
    house.clock.advance(8 * 86_400_000);
    await told(
      hook({ event: "soft_bounce", "message-id": other, ts_event: millisOf(house.clock.now()) / 1_000 }),
    );
    expect(await house.suppressed()).toMatchObject([{ kind: "softBounces", strikes: 1 }]);
  });

  it("of an error that is the provider's or ours says nothing of the address", async () => {
    await told(hook({ event: "error" }));
    expect(await house.row(id)).toMatchObject({ state: "bounced", reason: "HOOK_ERROR" });
    expect(await house.suppressed()).toEqual([]);
  });

  it("that comes before our own yes is written is kept until it is", async () => {
    await house.both.database.knex("mlr_message").where({ id }).update({ provider_id: null });
    await told(hook());
    expect(await house.row(id)).toMatchObject({ state: "accepted" });
    const provider_id = "<202611230759.1@smtp-relay.example>";
    await house.both.database.knex("mlr_message").where({ id }).update({ provider_id });
    house.clock.advance(61_000);
    await house.worker.drain();
    expect(await house.row(id)).toMatchObject({ state: "bounced" });
  });

  it("knows a message by our own id too, where the provider's was lost with a worker", async () => {
    await house.both.database.knex("mlr_message").where({ id }).update({ provider_id: null });
    await told(hook({ "X-Mailin-custom": `message:${id}` }));
    expect(await house.row(id)).toMatchObject({ state: "bounced" });
  });

  it("of an earlier try says nothing of the one that left since", async () => {
    await house.both.database.knex("mlr_message").where({ id }).update({ provider_id: "<later@x.example>" });
    await told(hook({ "X-Mailin-custom": id }));
    expect(await house.row(id)).toMatchObject({ state: "accepted" });
    expect(await house.suppressed()).toHaveLength(1);
  });
});
