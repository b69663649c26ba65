import { localDate } from "@preau/calendar";
import { openDatabase } from "@preau/database";
import { addHours, addMillis, instant } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { announceChange } from "../src/announce-change.ts";
import type { ChangeId } from "../src/change.ts";
import { endAfterObjection, terminationNotice } from "../src/end-after-objection.ts";
import { OBJECTION, RECEIPT } from "../src/link-purposes.ts";
import { lookBehindLink } from "../src/notice-view.ts";
import { honourObjection, recordObjectionByLink } from "../src/object.ts";
import { proposeChange } from "../src/propose-change.ts";
import { correctReceipt, recordReceipt, recordReceiptByLink } from "../src/record-receipt.ts";
import { changeFacts } from "../src/registry.ts";
import { addition, makeHouse, NEWCOMER, OFFICER, storing, tokenIn } from "./subprocessor-house.ts";

import { ANNOUNCED, OPENS, OPENS_IN_MOSELLE, RECEIVED, sharedHouse, writing } from "./told-schools.ts";

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
      return inUnit((unit) => correctReceipt(unit, ports, options, { ...bare, ...given }));
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

  it("keeps each objection: taking the first back leaves the second (D8.3)", async () => {
    const { announce, receive, object, withdraw, ask, clock, paris } = await open();
    const change = await announce();
    await receive(change);
    const days = (count: number) => addMillis(RECEIVED, count * 86_400_000);
    clock.set(days(3));
    await object(change, writing(clock.now()));
    clock.set(days(5));
    expect(await object(change)).toMatchObject({ isNew: true, counts: true });
    clock.set(days(6));
    await withdraw(change, writing(days(4)));
    clock.set(days(60));
    expect(await ask(storing(paris))).toMatch(/^D8\.3 OBJECTED/);
  });

  it("hides nothing from the client of what is written down about it, however late (D8.3)", async () => {
    const { announce, receive, object, withdraw, inUnit, ports, options, paris, clock, house, mailsTo } =
      await open();
    const change = await announce();
    await house.work();
    clock.set(OPENS);
    // Backdated: the window was over before anybody heard of it.
    await receive(change, paris, writing(ANNOUNCED));
    const told = () => house.outbox.filter(({ template }) => template === "subprocessors.received");
    expect(told()).toHaveLength(1);
    expect(told()[0]?.variables).toMatchObject({
      over: true,
      path: expect.stringContaining("/notices/spn_"),
    });
    clock.advance(60_000);
    await inUnit((unit) =>
      correctReceipt(unit, ports, options, {
        ...{ controller: paris, change, by: OFFICER, writing: writing(clock.now()) },
        ...{ receivedAt: RECEIVED, reason: "Jour mal lu" },
      }),
    );
    expect(told()).toHaveLength(2);
    await object(change, writing(clock.now(), RECEIVED));
    await withdraw(change, writing(clock.now()));
    expect(mailsTo(paris)).toContain("subprocessors.objectionTakenBack");
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
