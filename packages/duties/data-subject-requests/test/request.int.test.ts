/** The controller's side: taken up, extended, closed; what was written is gone; inaccurate data told; nobody else's exists. */
import { addHours, addMillis, type ReceivedRequest, type RequestId } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import { expect, it } from "vitest";
import { acknowledgeInaccuracy, inaccuracyPackage, noteInaccurateData } from "../src/inaccurate-data.ts";
import { inquiryScope, openInquiry, thingScope } from "../src/inquiry-seal.ts";
import { openRelay } from "../src/relay-open.ts";
import { reasonCode, relayPackage } from "../src/relay-package.ts";
import { makeRelayLink } from "../src/relay-renew.ts";
import { acknowledgeRequest, recordIdentity } from "../src/request-acknowledge.ts";
import { closeRequest, withdrawRequest } from "../src/request-close.ts";
import { requestDues } from "../src/request-dues.ts";
import { extendAnswer } from "../src/request-extend.ts";
import { forgetClosed } from "../src/request-forget.ts";
import { mergeRequest } from "../src/request-merge.ts";
import { listInaccuracies, readInaccuracy } from "../src/store/inaccuracies.ts";
import { readInquiry } from "../src/store/inquiries.ts";
import { listRequests, openRequestsOf, readRequest, sealedOfRequest } from "../src/store/requests.ts";
import { type DeskHouse, OTHER_SCHOOL, PUBLISHER_DPO, SCHOOL, SCHOOL_DPO } from "./desk-house.ts";
import { describeEachHouse, NOW } from "./each-house.ts";

let pupils = 0;

describeEachHouse("a request in its controller's hands (D10.1c)", (open) => {
  const asked = async (house: DeskHouse, change: Partial<ReceivedRequest> = {}) => {
    pupils += 1;
    const subject = await house.identify("school.pupil", `r${pupils}`);
    const { requests, inquiry } = await house.receive({
      ...{ channel: "page", receivedAt: NOW, language: "fr", key: `r${pupils}`, text: "Effacez tout." },
      matters: ["erasure"],
      requester: { role: "pupil", controller: SCHOOL, subject, origin: "outsideGar", name: "Tom Bernard" },
      ...change,
    });
    const id: RequestId = requests[0] ?? "rqs_none";
    return { subject, inquiry, requests, id, key: { controller: SCHOOL, id } };
  };

  it("is taken up by its own people, and by the publisher's officer only with their writing", async () => {
    const house = await open();
    const { key, id } = await asked(house);
    const take = (given: Parameters<typeof acknowledgeRequest>[2], whose = key) =>
      codeOf(acknowledgeRequest(house.ports, whose, given));
    expect(await take({ by: { role: "support" } })).toBe("REQUEST_NOT_FOR_YOU");
    expect(await take({ by: { role: "auditor" } })).toBe("REQUEST_NOT_FOR_YOU");
    expect(await take({ by: PUBLISHER_DPO })).toBe("REQUEST_FIELD_BAD");
    expect(await take({ by: SCHOOL_DPO }, { ...key, controller: OTHER_SCHOOL })).toBe("REQUEST_NO_REQUEST");
    expect(await house.read(id)).toMatchObject({ state: "open" });
    expect(await take({ by: PUBLISHER_DPO, reference: "C-2026-4" })).toBeUndefined();
    expect(await house.read(id)).toMatchObject({
      state: "inProgress",
      acknowledgedAt: NOW,
      forwardedBy: "hand",
    });
    expect(await take({ by: SCHOOL_DPO })).toBeUndefined(); // twice is once
    expect((await house.entries("acknowledged"))[0]?.payload).toMatchObject({
      request: id,
      reference: "C-2026-4",
    });
  });

  it("waits while the controller finds out who asks; the processor asks nobody", async () => {
    const house = await open();
    const { key, id } = await asked(house, {
      requester: { role: "guardian", controller: SCHOOL, name: "Zoé" },
      concerns: { name: "Tom Bernard" },
    });
    const request = async () => (await house.read(id)) ?? neverRequest();
    expect(reasonCode(await request())).toEqual({ status: "in_progress", reason: "need_user_verification" });
    await recordIdentity(house.ports, key, { identity: "asked", by: SCHOOL_DPO });
    expect(await request()).toMatchObject({ identity: "asked", reason: "need_user_verification" });
    const pupil = await house.identify("school.pupil", `x${pupils}`);
    const found = { identity: "verified", subject: pupil, isGuardian: true, by: SCHOOL_DPO } as const;
    const stranger = { ...found, subject: "sub_of_another" as const };
    expect(await codeOf(recordIdentity(house.ports, key, stranger))).toBe("REQUEST_FIELD_BAD");
    await recordIdentity(house.ports, key, found);
    expect(await request()).toMatchObject({
      identity: "verified",
      subject: pupil,
      authority: "guardianVerified",
    });
    expect((await request()).reason).toBeUndefined();
    expect(reasonCode(await request())).toEqual({ status: "in_progress" });
    const back = { identity: "asked", by: SCHOOL_DPO } as const;
    expect(await codeOf(recordIdentity(house.ports, key, back))).toBe("REQUEST_FIELD_BAD");
    expect(house.box.every(({ template }) => template.startsWith("data-subject-requests."))).toBe(true);
  });

  it("has a month from its receipt, extended once by two while it runs", async () => {
    const house = await open();
    const { key, id } = await asked(house);
    const first = "2026-12-23T08:00:00.000Z";
    const dues = () => requestDues(house.ports)({ controller: SCHOOL, before: addHours(NOW, 24 * 365) });
    expect(await dues()).toMatchObject([
      { id: `answer.${id}`, dueAt: first, clause: "D10.1c", href: `/requests/${id}` },
    ]);
    const extend = () => extendAnswer(house.ports, key, { reason: "complexity", by: SCHOOL_DPO });
    expect(await extend()).toBe("2027-02-23T08:00:00.000Z");
    expect(await codeOf(extend())).toBe("REQUEST_EXTENDED_ALREADY");
    expect(await dues()).toMatchObject([{ dueAt: "2027-02-23T08:00:00.000Z" }]);
    expect((await house.entries("extended"))[0]?.payload).toMatchObject({
      reason: "complexity",
      from: first,
    });
    const late = await asked(house);
    house.clock.set(addMillis(first as typeof NOW, 1));
    expect(await codeOf(extendAnswer(house.ports, late.key, { reason: "complexity", by: SCHOOL_DPO }))).toBe(
      "REQUEST_EXTENDED_ALREADY",
    );
  });

  it("is recalled to its officer once, when a quarter of the time is left", async () => {
    const house = await open();
    const { key, id } = await asked(house);
    await house.worker.drain();
    await acknowledgeRequest(house.ports, key, { by: SCHOOL_DPO });
    const reminders = () => house.box.filter(({ template }) => template === "data-subject-requests.reminder");
    house.clock.set("2026-12-15T19:59:59.999Z" as typeof NOW);
    await house.worker.drain();
    expect(reminders()).toEqual([]);
    house.clock.advance(24 * 3_600_000);
    await house.worker.drain();
    await house.worker.drain();
    expect(reminders()).toMatchObject([{ variables: { thing: id, link: `/requests/${id}` } }]);
  });

  it("is closed with what came of it, and what was written is gone with its key", async () => {
    const house = await open();
    const { key, id, inquiry, requests } = await asked(house, { matters: ["erasure", "access"] });
    const other = requests.find((each) => each !== id) ?? "rqs_none";
    const refusal = { outcome: "refused", by: SCHOOL_DPO } as const;
    expect(await codeOf(closeRequest(house.ports, key, refusal))).toBe("REQUEST_FIELD_BAD");
    await closeRequest(house.ports, key, { ...refusal, reason: "no_match" });
    const read = await house.read(id);
    expect(read).toMatchObject({
      state: "closed",
      outcome: "refused",
      reason: "no_match",
      closedBy: "controllerDpo",
    });
    expect(read && reasonCode(read)).toEqual({ status: "denied", reason: "no_match" });
    expect(await house.inUnit((unit) => sealedOfRequest(unit, key))).toBeUndefined();
    expect(await house.ports.vault.destruction(thingScope(key))).toBeDefined();
    // The message goes with the last of its requests.
    expect(await house.inUnit((unit) => openInquiry(unit, house.ports, inquiry))).toMatchObject({
      text: "Effacez tout.",
    });
    await closeRequest(house.ports, { ...key, id: other }, { outcome: "answered", by: SCHOOL_DPO });
    expect(await house.inUnit((unit) => openInquiry(unit, house.ports, inquiry))).toBeUndefined();
    expect(await house.ports.vault.destruction(inquiryScope(inquiry))).toBeDefined();
    expect(await house.inUnit((unit) => readInquiry(unit, inquiry))).toMatchObject({
      state: "closed",
      textGoneAt: NOW,
    });
    expect(await codeOf(closeRequest(house.ports, key, { outcome: "answered", by: SCHOOL_DPO }))).toBe(
      "REQUEST_OVER",
    );
    expect(await forgetClosed(house.ports)).toBe(0);
  });

  it("may be asked again once it is closed: a new case, a new clock", async () => {
    const house = await open();
    const { key, id, subject } = await asked(house);
    await closeRequest(house.ports, key, { outcome: "answered", by: SCHOOL_DPO });
    house.clock.advance(86_400_000);
    const again = await house.receive({
      ...{ channel: "page", receivedAt: house.clock.now(), language: "fr", key: `again${pupils}` },
      ...{ matters: ["erasure"], requester: { role: "pupil", controller: SCHOOL, subject, origin: "gar" } },
    });
    expect(again.isNew).toBe(true);
    expect(again.requests).not.toContain(id);
  });

  it("is taken back by whoever asked, and by nobody else", async () => {
    const house = await open();
    const { key, id, subject } = await asked(house);
    const forwardDueAt = (await house.read(id))?.forwardDueAt;
    const other = await house.identify("school.pupil", "somebody-else");
    const take = (by: Parameters<typeof withdrawRequest>[2]) => codeOf(withdrawRequest(house.ports, key, by));
    expect(await take({ role: "dataSubject", id: other })).toBe("REQUEST_NO_REQUEST");
    expect(await take({ role: "dataSubject" })).toBe("REQUEST_NO_REQUEST");
    expect(await take({ role: "support", id: subject })).toBe("REQUEST_NO_REQUEST");
    expect(await take({ role: "dataSubject", id: subject })).toBeUndefined();
    expect(await take({ role: "dataSubject", id: subject })).toBe("REQUEST_OVER");
    expect(await house.read(id)).toMatchObject({ state: "open", outcome: "withdrawn", forwardDueAt });
  });

  it("taken back before it was forwarded is passed on as such, facts only, under its clock (D10.1b)", async () => {
    const house = await open();
    const { key, id, subject } = await asked(house);
    await withdrawRequest(house.ports, key, { role: "dataSubject", id: subject });
    expect(await house.resting()).not.toContain("Tom Bernard");
    const before = await house.read(id);
    expect(before).toMatchObject({ state: "open", receivedAt: NOW, outcome: "withdrawn" });
    // A new wish is a new case.
    const again = await house.receive({
      ...{ channel: "page", receivedAt: house.clock.now(), language: "fr", key: `anew${pupils}` },
      ...{ matters: ["erasure"], requester: { role: "pupil", controller: SCHOOL, subject, origin: "gar" } },
    });
    expect(again.requests).not.toContain(id);
    await house.worker.drain();
    const at = house.box.findIndex(({ variables }) => variables["thing"] === id);
    const mailed = house.box[at];
    expect(mailed?.key).toMatch(/^dsr\.relay\./);
    await house.settle(mailed?.key ?? "", "accepted", house.clock.now());
    expect(await house.read(id)).toMatchObject({
      ...{ state: "closed", outcome: "withdrawn", forwardedAt: house.clock.now(), forwardedBy: "mail" },
    });
    expect((await house.entries("forwarded"))[0]).toMatchObject({ payload: { request: id, inTime: true } });
    // Come back, it is to be passed on again.
    await house.settle(mailed?.key ?? "", "bounced", house.clock.now());
    expect(await house.read(id)).toMatchObject({ state: "open", outcome: "withdrawn", bounces: 1 });
    const { path } = await makeRelayLink(house.ports, key, PUBLISHER_DPO);
    await openRelay(house.ports, path.replace("/requests/relay/", ""));
    expect(await house.read(id)).toMatchObject({ state: "closed", openedAt: house.clock.now() });
    const given = await relayPackage(house.ports, SCHOOL, id);
    expect(given.standing).toEqual({ status: "revoked" });
    expect(given.person.text).toBeUndefined();
    expect(given.person.name).toBeUndefined();
    const all = { controller: SCHOOL, before: addHours(NOW, 9_000) } as const;
    expect((await requestDues(house.ports)(all)).map((due) => due.id)).not.toContain(`answer.${id}`);
  });

  it("is merged by hand into another of the same right and controller: earlier clock, one case, no undoing (D10.1b)", async () => {
    const house = await open();
    const stranger = { role: "other", controller: SCHOOL, name: "T. Bernard" } as const;
    const early = await asked(house, { text: "Ancien message.", requester: stranger });
    house.clock.advance(3_600_000);
    const receivedAt = house.clock.now();
    const [late, another] = [await asked(house, { receivedAt }), await asked(house, { receivedAt })];
    const access = await asked(house, { receivedAt, matters: ["access"] });
    const elsewhere = { role: "pupil", controller: OTHER_SCHOOL } as const;
    const foreign = await asked(house, { receivedAt, requester: elsewhere });
    const merge = (
      { key }: typeof early,
      into: RequestId,
      by: Parameters<typeof mergeRequest>[2]["by"] = PUBLISHER_DPO,
    ) => codeOf(mergeRequest(house.ports, key, { into, by }));
    expect(await merge(early, late.id, { role: "support" })).toBe("REQUEST_NOT_FOR_YOU");
    expect(await merge(early, early.id)).toBe("REQUEST_FIELD_BAD");
    expect(await merge(early, access.id)).toBe("REQUEST_FIELD_BAD");
    expect(await merge(early, foreign.id)).toBe("REQUEST_FIELD_BAD");
    expect(await merge(foreign, late.id)).toBe("REQUEST_NO_REQUEST");
    // Two persons are not one.
    expect(await merge(another, late.id)).toBe("REQUEST_FIELD_BAD");
    const clock = await house.read(early.id);
    expect(await merge(early, late.id)).toBeUndefined();
    expect(await house.read(early.id)).toMatchObject({ state: "closed", closedBy: "publisherDpo" });
    expect(await house.read(late.id)).toMatchObject({
      ...{
        state: "open",
        receivedAt: NOW,
        forwardDueAt: clock?.forwardDueAt,
        answerDueAt: clock?.answerDueAt,
      },
    });
    const { person } = await relayPackage(house.ports, SCHOOL, late.id);
    expect(person.text).toContain("Ancien message.");
    expect(person.text).toContain("Effacez tout.");
    expect((await relayPackage(house.ports, SCHOOL, early.id)).standing).toEqual({ status: "revoked" });
    expect((await house.entries("merged"))[0]?.payload).toMatchObject({ merged: early.id, into: late.id });
    expect(await merge(early, late.id)).toBe("REQUEST_OVER");
  });

  it("of another controller does not exist: no rows, no lock, no list, no due", async () => {
    const house = await open();
    const { id, subject } = await asked(house);
    const seen = await house.inUnit(async (unit) => ({
      read: await readRequest(unit, OTHER_SCHOOL, id),
      list: await listRequests(unit, OTHER_SCHOOL, { limit: 50 }),
      open: await openRequestsOf(unit, OTHER_SCHOOL, subject),
    }));
    expect(seen).toEqual({ read: undefined, list: [], open: [] });
    expect(
      await requestDues(house.ports)({ controller: OTHER_SCHOOL, before: addHours(NOW, 9_000) }),
    ).toEqual([]);
  });
});

describeEachHouse("inaccurate data that we learn of (D10.3b)", (open) => {
  const note = async (house: DeskHouse, change: Partial<Parameters<typeof noteInaccurateData>[2]> = {}) => {
    pupils += 1;
    const subject = await house.identify("school.pupil", `i${pupils}`);
    return house.inUnit((unit) =>
      noteInaccurateData(unit, house.ports, {
        ...{
          controller: SCHOOL,
          subject,
          place: "moodle/user.city",
          what: "La ville est celle de Zoé.",
          learntAt: NOW,
        },
        ...{ by: { role: "support" }, ...change },
      }),
    );
  };

  it("is told by the relay at once, sealed, and goes when it is acknowledged", async () => {
    const house = await open();
    const id = await note(house);
    const all = { controller: "all", before: addHours(NOW, 1) } as const;
    expect(await requestDues(house.ports)(all)).toMatchObject([
      { id: `tell.${id}`, clause: "D10.3b", dueAt: NOW },
    ]);
    expect(await house.resting()).not.toContain("Zoé");
    await house.worker.drain();
    expect(house.box).toMatchObject([
      { template: "data-subject-requests.inaccuracy", variables: { thing: id } },
    ]);
    expect(JSON.stringify(house.box[0]?.variables)).not.toMatch(/moodle|ville/);
    await house.settle(house.box[0]?.key ?? "", "accepted", NOW);
    const read = () => house.inUnit((unit) => readInaccuracy(unit, SCHOOL, id));
    expect(await read()).toMatchObject({ state: "told", toldBy: "mail", toldAt: NOW });
    const token = house.tokenIn(0);
    expect(await openRelay(house.ports, token)).toEqual({ controller: SCHOOL, thing: id });
    expect(await inaccuracyPackage(house.ports, SCHOOL, id)).toMatchObject({
      what: "La ville est celle de Zoé.",
    });
    await acknowledgeInaccuracy(house.ports, { controller: SCHOOL, id }, { by: SCHOOL_DPO });
    expect(await read()).toMatchObject({
      state: "acknowledged",
      openedAt: NOW,
      acknowledgedBy: "controllerDpo",
    });
    expect((await inaccuracyPackage(house.ports, SCHOOL, id)).what).toBeUndefined();
    expect(await house.ports.vault.destruction(thingScope({ controller: SCHOOL, id }))).toBeDefined();
    expect(await requestDues(house.ports)(all)).toEqual([]);
  });

  it("that came back is to be told again", async () => {
    const house = await open();
    const id = await note(house);
    await house.worker.drain();
    await house.settle(house.box[0]?.key ?? "", "accepted", NOW);
    await house.settle(house.box[0]?.key ?? "", "bounced", NOW);
    expect(await house.inUnit((unit) => readInaccuracy(unit, SCHOOL, id))).toMatchObject({ state: "noted" });
  });

  it("is one report a key of a connector, and none without its fields", async () => {
    const house = await open();
    const by = { role: "system" } as const;
    const one = await note(house, { key: "moodle.1", by });
    expect(await note(house, { key: "moodle.1", by })).toBe(one);
    expect(await codeOf(note(house, { by: { role: "auditor" } }))).toBe("REQUEST_NOT_FOR_YOU");
    expect(await codeOf(note(house, { place: "Zoé D’Alençon" }))).toBe("REQUEST_FIELD_BAD");
    expect(await codeOf(note(house, { what: " " }))).toBe("REQUEST_FIELD_BAD");
    expect(await codeOf(note(house, { learntAt: addMillis(NOW, 1) }))).toBe("REQUEST_FIELD_BAD");
    expect(await codeOf(inaccuracyPackage(house.ports, OTHER_SCHOOL, one))).toBe("REQUEST_NO_REQUEST");
    expect(await house.inUnit((unit) => listInaccuracies(unit, OTHER_SCHOOL, { limit: 10 }))).toEqual([]);
  });
});

function neverRequest(): never {
  throw new Error("there is no such request");
}
