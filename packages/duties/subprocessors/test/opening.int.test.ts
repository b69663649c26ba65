import { localDate } from "@preau/calendar";
import { openDatabase } from "@preau/database";
import {
  addHours,
  addMillis,
  type ControllerId,
  controllerId,
  instant,
  manualClock,
  type Writing,
} from "@preau/kernel";
import { codeOf, type DatabaseKind, describeEachDatabase, freshDatabase } from "@preau/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { announceChange } from "../src/announce-change.ts";
import type { ChangeId } from "../src/change.ts";
import { endAfterObjection, terminationNotice } from "../src/end-after-objection.ts";
import { handOver } from "../src/hand-over.ts";
import { tellPage } from "../src/jobs/tell.ts";
import { OBJECTION, RECEIPT } from "../src/link-purposes.ts";
import { onMailSettled } from "../src/notice-mail.ts";
import { lookBehindLink, viewNotice } from "../src/notice-view.ts";
import { honourObjection, recordObjection, recordObjectionByLink, withdrawObjection } from "../src/object.ts";
import type { SubprocessorPorts } from "../src/ports.ts";
import { proposeChange } from "../src/propose-change.ts";
import { readChangeGiven } from "../src/read-change.ts";
import { correctReceipt, recordReceipt, recordReceiptByLink } from "../src/record-receipt.ts";
import { changeFacts } from "../src/registry.ts";
import { subprocessorDues } from "../src/subprocessor-dues.ts";
import { takeBackChange } from "../src/take-back.ts";
import {
  addition,
  DPO,
  type House,
  type HouseGiven,
  MOSELLE,
  makeHouse,
  NEWCOMER,
  OFFICER,
  reference,
  storing,
  tokenIn,
} from "./subprocessor-house.ts";

const ANNOUNCED = instant("2026-03-27T08:00:00.000Z");
const RECEIVED = instant("2026-03-27T09:00:00.000Z");
/** The first instant after the seventh working day, in Paris and in Moselle. */
const OPENS = instant("2026-04-08T22:00:00.000Z");
const OPENS_IN_MOSELLE = instant("2026-04-09T22:00:00.000Z");

const writing = (receivedAt: Writing["receivedAt"], datedAt?: Writing["receivedAt"]): Writing => ({
  ...{ receivedAt, means: "email", writer: "dpo", reference: "courriel 2026-118", sha256: "b".repeat(64) },
  ...(datedAt === undefined ? {} : { datedAt }),
});

/** Of this describe: one hub for all its tests, which each have schools of their own. */
function sharedHouse(kind: DatabaseKind) {
  const clock = manualClock(ANNOUNCED);
  const shared: { house?: House; databases?: HouseGiven; schools: number } = { schools: 0 };
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const { url, remove } = await freshDatabase(kind);
    const database = await openDatabase({ url });
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    closing.push(
      () => keysDatabase.close(),
      () => database.close(),
      remove,
    );
    shared.databases = { database, keysDatabase };
    shared.house = await makeHouse(shared.databases, clock);
  });
  afterAll(async () => {
    for (const each of closing) await each();
  });
  /** Two schools, the second in Moselle, on the morning of the announcement. */
  return async () => {
    const { house, databases } = shared;
    if (house === undefined || databases === undefined) throw new Error("the house is not open");
    clock.set(ANNOUNCED);
    house.outbox.length = 0;
    const { ports, options, inUnit, register } = house;
    const newSchool = () => controllerId(`college-${(shared.schools += 1)}`);
    const [paris, moselle] = [newSchool(), newSchool()];
    await register(paris);
    await register(moselle, { place: MOSELLE });
    const saying = (given: Writing | undefined) =>
      given === undefined ? { by: DPO } : { by: OFFICER, writing: given };
    return {
      ...{ ...house, house, clock, databases, paris, moselle, newSchool },
      announce: (change = addition, to: readonly ControllerId[] = [paris, moselle]) =>
        house.announce(change, to),
      receive: (change: ChangeId, controller = paris, given?: Writing) =>
        inUnit((unit) => recordReceipt(unit, ports, options, { controller, change, ...saying(given) })),
      object: (change: ChangeId, given?: Writing, controller = paris) =>
        inUnit((unit) => recordObjection(unit, ports, options, { controller, change, ...saying(given) })),
      view: (change: ChangeId, controller = paris) =>
        inUnit((unit) => viewNotice(unit, ports, controller, change)),
      withdraw: (change: ChangeId) =>
        inUnit((unit) => withdrawObjection(unit, ports, { controller: paris, change, by: DPO })),
      mailsTo: (controller: ControllerId) =>
        house.outbox.filter(({ flow }) => flow.controller === controller).map(({ template }) => template),
    };
  };
}

describeEachDatabase("a change for one controller", openDatabase, (_, kind) => {
  const open = sharedHouse(kind);

  it("opens after receipt is proved and the window over, for each controller in its own calendar (D8.2, D8.3)", async () => {
    const { clock, announce, work, outbox, ask, inUnit, ports, options, entries, ...rest } = await open();
    const { paris, moselle, databases, receive } = rest;
    const replica = await makeHouse(databases, clock);
    expect(await ask(storing(paris))).toBe("DC UNNAMED_RECIPIENT");
    const change = await announce();
    await work();
    expect(outbox.map(({ template, to }) => `${template} ${to.address}`).sort()).toEqual([
      `subprocessors.notice dpo@${paris}.example`,
      `subprocessors.notice dpo@${moselle}.example`,
    ]);
    // A replica that did not announce it knows of it as soon as somebody asks.
    expect(await replica.ask(storing(paris))).toBe("D8.3 NOT_RECEIVED");
    expect(await replica.ask(storing(paris, { recipient: "nobody" }))).toBe("DC UNNAMED_RECIPIENT");
    clock.set(RECEIVED);
    const token = tokenIn(outbox, paris);
    const press = () =>
      inUnit((unit) => recordReceiptByLink(unit, ports, options, { token, capacity: "dpo" }));
    // A mail scanner fetches the link, twice: nothing starts.
    for (let look = 0; look < 2; look += 1)
      expect((await inUnit((unit) => lookBehindLink(unit, ports, RECEIPT, token))).state).toBe("alive");
    expect(await ask(storing(paris))).toBe("D8.3 NOT_RECEIVED");
    expect((await press()).window?.opensAt).toBe(OPENS);
    expect(await codeOf(press())).toBe("WEB_LINK_DEAD");
    expect(await ask(storing(paris))).toBe("D8.3 WINDOW_OPEN");
    expect(await ask(storing(moselle))).toBe("D8.3 NOT_RECEIVED");
    await receive(change, moselle, writing(RECEIVED));
    clock.set(addMillis(OPENS, -1));
    expect(await ask(storing(paris))).toBe("D8.3 WINDOW_OPEN");
    clock.set(OPENS);
    expect([await ask(storing(paris)), await replica.ask(storing(paris))]).toEqual(["open", "open"]);
    expect(await ask(storing(moselle))).toBe("D8.3 WINDOW_OPEN");
    // The scope of the announced entry, and no more.
    expect(await ask(storing(paris, { operation: "show" }))).toBe("DC OUTSIDE_SCOPE");
    clock.set(OPENS_IN_MOSELLE);
    expect(await ask(storing(moselle))).toBe("open");
    // A clock that ran ahead and comes back.
    clock.set(RECEIVED);
    expect(await ask(storing(paris))).toBe("D8.3 WINDOW_OPEN");
    const [entry] = await entries(paris, "received");
    expect(entry).toMatchObject({ log: "evidence", clause: "D8.2", actorRole: "controllerDpo" });
    expect(entry?.payload).toMatchObject({
      receivedAt: RECEIVED,
      how: "link",
      capacity: "dpo",
      opensAt: OPENS,
    });
    expect((await entries(moselle, "received"))[0]?.payload).toMatchObject({
      how: "writing",
      means: "email",
    });
  });

  it("leaves everything that was signed as it was, whoever objects (D8.1)", async () => {
    const { announce, ask, object, paris, moselle, register, newSchool } = await open();
    const unsigned = newSchool();
    await register(unsigned, { contract: false });
    await object(await announce());
    const host = { recipient: "host" } as const;
    expect([await ask(storing(paris, host)), await ask(storing(moselle, host))]).toEqual(["open", "open"]);
    expect(await ask(storing(unsigned, host))).toBe("D1 NO_CONTRACT");
  });

  it("is there for its controller alone: another one’s does not exist (D8.2)", async () => {
    const { announce, view, receive, object, ask, paris, moselle, newSchool } = await open();
    const change = await announce(addition, [paris]);
    expect(await view(change, moselle)).toBeUndefined();
    expect(await codeOf(receive(change, moselle))).toBe("SUBPROCESSORS_NO_NOTICE");
    expect(await codeOf(object(change, undefined, moselle))).toBe("SUBPROCESSORS_NO_NOTICE");
    expect(await ask(storing(moselle))).toBe("D8.2 NOT_ANNOUNCED");
    expect(await codeOf(announce(addition, [newSchool()]))).toBe("SUBPROCESSORS_NOBODY");
  });

  it("is kept shut by an objection, for that controller alone, until it is withdrawn in writing (D8.3, D8.4)", async () => {
    const { clock, announce, ask, inUnit, ports, options, receive, entries, object, ...rest } = await open();
    const { paris, moselle, withdraw, mailsTo } = rest;
    const change = await announce();
    clock.set(RECEIVED);
    await receive(change, moselle);
    const { objection } = await receive(change);
    const token = objection?.path.split("/").at(-1) ?? "";
    expect(objection?.until).toBe(addMillis(OPENS, -1));
    const press = () =>
      inUnit((unit) => recordObjectionByLink(unit, ports, options, { token, capacity: "representative" }));
    // Three at once: one stands.
    const all = await Promise.allSettled([press(), object(change), object(change)]);
    expect(all.filter((each) => each.status === "fulfilled" && each.value.isNew)).toHaveLength(1);
    expect(await entries(paris, "objected")).toHaveLength(1);
    expect((await inUnit((unit) => lookBehindLink(unit, ports, OBJECTION, token))).state).not.toBe("alive");
    clock.set(addHours(OPENS, 48));
    expect([await ask(storing(paris)), await ask(storing(moselle))]).toEqual(["D8.3 OBJECTED", "open"]);
    const [contract] = await inUnit((unit) => ports.contracts.contracts(unit, paris));
    const ends = {
      ...{ controller: paris, change, endsOn: localDate("2026-08-31") },
      contract: contract?.id ?? "ctr_none",
    };
    const text = await inUnit((unit) => terminationNotice(unit, ports, ends, "en"));
    expect(text.join(" ")).toContain(`${paris}-1`);
    await inUnit((unit) =>
      endAfterObjection(unit, ports, options, { ...ends, atEnd: "delete", by: OFFICER }),
    );
    expect((await inUnit((unit) => ports.contracts.contracts(unit, paris)))[0]?.endsOn).toBe("2026-08-31");
    expect(mailsTo(paris).at(-1)).toBe("subprocessors.termination");
    const elsewhere = inUnit((unit) =>
      terminationNotice(unit, ports, { ...ends, controller: moselle }, "en"),
    );
    expect(await codeOf(elsewhere)).toBe("SUBPROCESSORS_NOT_OBJECTED");
    await withdraw(change);
    expect(await ask(storing(paris))).toBe("open");
  });

  it("is shut again by an objection that is dated in time and arrives late; one dated too late is told so (D8.3)", async () => {
    const { clock, announce, ask, receive, object, entries, inUnit, ports, ...rest } = await open();
    const { paris, withdraw, mailsTo } = rest;
    const change = await announce();
    clock.set(RECEIVED);
    await receive(change);
    clock.set(addHours(OPENS, 100));
    expect(await ask(storing(paris))).toBe("open");
    const now = clock.now();
    expect(await object(change, writing(now, OPENS))).toMatchObject({ counts: false, isNew: true });
    expect(await ask(storing(paris))).toBe("open");
    expect(mailsTo(paris).at(-1)).toBe("subprocessors.lateObjection");
    expect(await entries(paris, "objectedLate")).toHaveLength(1);
    const inTime = await object(change, writing(now, addMillis(OPENS, -1)));
    expect(inTime).toMatchObject({ counts: true, isNew: true, shutsAgain: true });
    expect(await ask(storing(paris))).toBe("D8.3 OBJECTED");
    await withdraw(change);
    expect(await ask(storing(paris))).toBe("open");
    await object(change, writing(now, OPENS));
    await inUnit((unit) => honourObjection(unit, ports, { controller: paris, change, by: OFFICER }));
    expect(await ask(storing(paris))).toBe("D8.3 OBJECTED");
  });

  it("counts an objection before receipt; nothing starts or opens by it (D8.3)", async () => {
    const { clock, announce, ask, object, receive, withdraw, paris } = await open();
    const change = await announce();
    expect(await object(change)).toMatchObject({ counts: true, shutsAgain: false });
    clock.set(RECEIVED);
    await receive(change);
    clock.set(OPENS);
    expect(await ask(storing(paris))).toBe("D8.3 OBJECTED");
    await withdraw(change);
    expect(await ask(storing(paris))).toBe("open");
  });

  it("takes no receipt before the announcement, to come, or without a writing; a wrong one is corrected (D8.3)", async () => {
    const { clock, announce, ask, receive, inUnit, ports, options, view, entries, paris, newSchool } =
      await open();
    const change = await announce();
    clock.set(RECEIVED);
    const bad = "SUBPROCESSORS_BAD";
    expect(await codeOf(receive(change, paris, writing(addMillis(ANNOUNCED, -1))))).toBe(bad);
    expect(await codeOf(receive(change, paris, writing(addMillis(RECEIVED, 1))))).toBe(bad);
    const bare = { controller: paris, change, by: OFFICER };
    const told = (given: object) =>
      codeOf(inUnit((unit) => recordReceipt(unit, ports, options, { ...bare, ...given })));
    expect(await told({})).toBe("SUBPROCESSORS_NEEDS_WRITING");
    expect(await told({ by: { role: "support" } })).toBe("SUBPROCESSORS_NOT_ALLOWED");
    expect(await told({ controller: newSchool() })).toBe("SUBPROCESSORS_NO_NOTICE");
    const first = await receive(change, paris, writing(ANNOUNCED));
    expect(first).toMatchObject({ isNew: true, receivedAt: ANNOUNCED });
    expect(await receive(change)).toMatchObject({ isNew: false, receivedAt: ANNOUNCED });
    clock.set(OPENS);
    expect(await ask(storing(paris))).toBe("open");
    const correct = (receivedAt: typeof OPENS | "notReceived") => {
      const given = { receivedAt, reason: "Autre école", writing: writing(clock.now()) };
      return inUnit((unit) => correctReceipt(unit, ports, { ...bare, ...given }));
    };
    await correct(instant("2026-03-30T09:00:00.000Z"));
    expect(await ask(storing(paris))).toBe("D8.3 WINDOW_OPEN");
    await correct("notReceived");
    expect(await ask(storing(paris))).toBe("D8.3 NOT_RECEIVED");
    expect((await view(change))?.notice.receipt).toBeUndefined();
    const [last, before] = await entries(paris, "receiptCorrected");
    expect(before?.payload).toMatchObject({ before: { receivedAt: ANNOUNCED }, reason: "Autre école" });
    expect(last?.payload).toMatchObject({ after: {} });
  });

  it("is shut for everybody once it is taken back; links die, and those who heard of it are told (D8.2)", async () => {
    const { clock, announce, work, ask, receive, inUnit, ports, options, outbox, ...rest } = await open();
    const { paris, moselle, mailsTo } = rest;
    const change = await announce();
    await work();
    clock.set(RECEIVED);
    await receive(change);
    clock.set(OPENS);
    expect(await ask(storing(paris))).toBe("open");
    const token = tokenIn(outbox, moselle);
    await inUnit((unit) => takeBackChange(unit, ports, { id: change, by: OFFICER }));
    expect(await ask(storing(paris))).toBe("D8.2 WITHDRAWN");
    const press = () =>
      inUnit((unit) => recordReceiptByLink(unit, ports, options, { token, capacity: "dpo" }));
    expect(await codeOf(press())).toBe("SUBPROCESSORS_STATE");
    await work();
    expect(await codeOf(press())).toBe("WEB_LINK_DEAD");
    await work();
    const told = [paris, moselle].map((each) => mailsTo(each).filter((name) => name.endsWith("takenBack")));
    expect(told.map(({ length }) => length)).toEqual([1, 1]);
    expect(await codeOf(receive(change, moselle))).toBe("SUBPROCESSORS_STATE");
  });

  it("reminds who has not confirmed, and tells who has no address, or whose mail came back (D8.2)", async () => {
    const { clock, announce, work, register, outbox, receive, inUnit, ports, options, view, ...rest } =
      await open();
    const { paris, moselle, newSchool, mailsTo } = rest;
    const silent = newSchool();
    await register(silent, { officer: false });
    const change = await announce(addition, [paris, moselle, silent]);
    await work();
    const deliveryOf = async (controller: ControllerId) => (await view(change, controller))?.notice.delivery;
    expect(await deliveryOf(silent)).toBe("noAddress");
    const { key = "" } = outbox.find(({ flow }) => flow.controller === moselle) ?? {};
    const settle = (controller: ControllerId, outcome: "accepted" | "bounced") =>
      inUnit((unit) =>
        onMailSettled(ports)({ controller, message: "msg_1", key, outcome, at: clock.now() }, unit),
      );
    await settle(moselle, "accepted");
    expect(await deliveryOf(moselle)).toBe("sent");
    await settle(moselle, "bounced");
    expect(await deliveryOf(moselle)).toBe("undelivered");
    // Another controller's message of that key is none.
    await settle(paris, "bounced");
    expect(await deliveryOf(paris)).toBe("queued");
    const titles = async (controller: ControllerId | "all") => {
      const dues = await subprocessorDues(ports)({ controller, before: addHours(clock.now(), 24) });
      return dues.map(({ title }) => title.en);
    };
    expect(await titles("all")).toEqual(
      expect.arrayContaining([
        "Controllers have not confirmed an announcement: nothing opens for them",
        "An announcement reached nobody at some controllers: hand a link over by hand",
        "A subprocessor’s contract is missing or ends",
      ]),
    );
    expect(await titles(paris)).toEqual(["A change among the subprocessors was announced: confirm receipt"]);
    const handed = await inUnit((unit) =>
      handOver(unit, ports, options, { controller: silent, change, by: OFFICER }),
    );
    const token = handed.path.split("/").at(-1) ?? "";
    await inUnit((unit) => recordReceiptByLink(unit, ports, options, { token, capacity: "contact" }));
    await receive(change);
    const first = mailsTo(paris).length;
    for (let day = 0; day < 40; day += 4) {
      clock.set(addHours(clock.now(), 96));
      await work();
    }
    // A week apart at least, four at most, to the only one who has not confirmed.
    expect(mailsTo(moselle)).toEqual([
      "subprocessors.notice",
      ...Array.from({ length: 4 }, () => "subprocessors.reminder"),
    ]);
    expect(mailsTo(paris)).toHaveLength(first);
    expect(new Set(outbox.map((message) => message.key)).size).toBe(outbox.length);
    expect((await view(change, moselle))?.standing.is).toBe("NOT_RECEIVED");
  });

  it("writes to nobody twice when the job ends in the middle, and goes on where it stopped (D8.2)", async () => {
    const { announce, ports, options, inUnit, newSchool, register, entries, mailsTo, databases, clock } =
      await open();
    const schools = Array.from({ length: 6 }, newSchool);
    for (const each of schools) await register(each);
    const change = await announce(addition, schools);
    let mails = 0;
    /** Its process ends as the fifth mail is written: in the middle of the third page. */
    const ending: SubprocessorPorts = {
      ...ports,
      mailer: {
        send: async (unit, message) => {
          mails += 1;
          if (mails === 5) throw new Error("the process ends");
          return ports.mailer.send(unit, message);
        },
      },
    };
    const page = (given: SubprocessorPorts) => inUnit((unit) => tellPage(unit, given, options, change, 2));
    expect([await page(ending), await page(ending)]).toEqual([2, 2]);
    await expect(page(ending)).rejects.toThrow("the process ends");
    const told = () => schools.map((each) => mailsTo(each).length);
    expect(told().sort()).toEqual([0, 0, 1, 1, 1, 1]);
    const links = await databases.database.knex("web_link").whereIn("controller", schools).select();
    expect(links).toHaveLength(4);
    // Another process takes the job over.
    const next = await makeHouse(databases, clock);
    await next.work();
    expect(next.outbox).toHaveLength(2);
    for (const each of schools) expect(await entries(each, "noticeQueued")).toHaveLength(1);
  });

  it("tells those whose contract is new what was announced to everybody (D8.2)", async () => {
    const { clock, work, house, databases, register, newSchool, outbox, mailsTo } = await open();
    await house.announce(addition, "all");
    await work();
    const [late, later] = [newSchool(), newSchool()];
    await register(late);
    // The next agreement names the newcomer: who signs that one has accepted it.
    const { entry } = readChangeGiven(addition, reference);
    const agreement = { ...reference, annexC: [...reference.annexC, entry] };
    const next = await makeHouse(databases, clock, { agreement });
    await next.register(later);
    clock.set(addHours(clock.now(), 24));
    await work();
    expect(tokenIn(outbox, late)).toHaveLength(43);
    expect(mailsTo(later)).toEqual([]);
    expect(await next.ask(storing(later))).toBe("open");
    expect(await next.ask(storing(late))).toBe("D8.3 NOT_RECEIVED");
  });

  it("that transfers needs its mechanism on file, and rests on an instruction from the day on which it opens (D9.2, D9.3)", async () => {
    const { clock, announce, ask, receive, object, ledger, inUnit, ports, withdraw, paris } = await open();
    const transfers = { country: "US", mechanism: "standardContractualClauses" };
    const entry = { ...NEWCOMER, recipient: "hostAbroad", transfers };
    const draft = () =>
      inUnit((unit) =>
        proposeChange(unit, ports, { change: { ...addition, kind: "transfer", entry }, by: OFFICER }),
      );
    const announceIt = (id: ChangeId) =>
      inUnit((unit) => announceChange(unit, ports, { id, version: 1, to: [paris], by: OFFICER }));
    const change = await draft();
    expect(await codeOf(announceIt(change))).toBe("SUBPROCESSORS_TRANSFER_UNAUTHORISED");
    const file = (version: number, validUntil: string) => {
      const document = { reference: "CCT-2026-4", sha256: "c".repeat(64), validUntil: localDate(validUntil) };
      const facts = { subprocessors: [], transfer: { ...document, ...transfers } };
      const given = { recipient: "hostAbroad", version, facts, by: OFFICER };
      return inUnit((unit) => changeFacts(unit, ports, given));
    };
    await file(0, "2026-04-30");
    await announceIt(change);
    // The same recipient, and data that stays: nobody could tell the two apart.
    const staying = { ...addition, entry: { ...entry, transfers: "none" } };
    expect(await codeOf(announce(staying))).toBe("SUBPROCESSORS_RECIPIENT_TAKEN");
    clock.set(RECEIVED);
    await receive(change);
    expect(ledger).toMatchObject([
      { kind: "transfer", clause: "D9.2", startsAt: OPENS, scope: { recipients: ["hostAbroad"] } },
    ]);
    await object(change);
    expect(ledger).toMatchObject([{ revoked: true }]);
    const leaving = storing(paris, { recipient: "hostAbroad" });
    clock.set(OPENS);
    expect(await ask(leaving)).toBe("D9.3 OBJECTED");
    await withdraw(change);
    expect(ledger).toHaveLength(2);
    expect(await ask(leaving)).toBe("open");
    clock.set(instant("2026-05-01T00:00:00.000Z"));
    expect(await ask(leaving)).toBe("D9.2 TRANSFER_EXPIRED");
    expect(await codeOf(file(0, "2027-04-30"))).toBe("SUBPROCESSORS_CHANGED_MEANWHILE");
    await file(1, "2027-04-30");
    expect(await ask(leaving)).toBe("open");
  });
});
