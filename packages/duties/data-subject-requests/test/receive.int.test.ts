/** From a message to requests: whose it is, what is merged, what rests, and what nobody outside learns. */
import { addHours, addMillis, controllerId, type ReceivedRequest } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import { PUBLISHER } from "@preau/web";
import { expect, it } from "vitest";
import { openInquiry, openPart } from "../src/inquiry-seal.ts";
import { assignInquiry } from "../src/receive-assign.ts";
import { candidatesOf } from "../src/receive-candidates.ts";
import { dismissInquiry } from "../src/receive-dismiss.ts";
import { receiveMail } from "../src/receive-mail.ts";
import { markUnknownController } from "../src/receive-sort.ts";
import { readInquiry } from "../src/store/inquiries.ts";
import { openRequestsOf, requestsOfInquiry } from "../src/store/requests.ts";
import { type DeskHouse, OPTIONS, OTHER_SCHOOL, PUBLISHER_DPO, SCHOOL } from "./desk-house.ts";
import { describeEachHouse, NOW } from "./each-house.ts";

const WRITTEN: ReceivedRequest = {
  ...{ channel: "page", receivedAt: NOW, language: "fr", key: "press-1" },
  text: "Je voudrais une copie de mes données.",
  requester: { role: "guardian", name: "Zoé D’Alençon", address: "zoe@exemple.example" },
  concerns: { name: "Ésope D’Alençon", school: "Collège du Hameau" },
};
const TEN = ["Léa Martin", "Tom Bernard", "Noé Garnier", "Anaïs Faure", "Inès Roux"];

const inquiryOf = (house: DeskHouse, id: Parameters<typeof readInquiry>[1]) =>
  house.inUnit(async (unit) => ({
    inquiry: await readInquiry(unit, id),
    written: await openInquiry(unit, house.ports, id),
  }));

describeEachHouse("a message (D10.1a, D10.1b)", (open) => {
  let pupils = 0;
  const asPupil = async (house: DeskHouse, change: Partial<ReceivedRequest> = {}) => {
    pupils += 1;
    const subject = await house.identify("school.pupil", `p${pupils}`);
    const request: ReceivedRequest = {
      ...{ channel: "page", receivedAt: NOW, language: "fr", key: "press-2", matters: ["access"] },
      requester: { role: "pupil", controller: SCHOOL, subject, origin: "gar" },
    };
    return { subject, request: { ...request, ...change } };
  };

  it("rests sealed: no word of it, no name, no address, and no key of the caller's in any row", async () => {
    const house = await open();
    const { inquiry } = await house.receive({ ...WRITTEN, key: "<zoe.dalencon@exemple.example>" });
    const resting = await house.resting();
    expect(resting).not.toMatch(/Zoé|Alençon|sope|exemple\.example|copie|Hameau/);
    expect((await inquiryOf(house, inquiry)).written).toMatchObject({ name: "Zoé D’Alençon" });
    expect(house.lines.join()).not.toMatch(/Zoé|exemple/);
  });

  it("of somebody signed in is one request a right at their controller, due 48 hours from its receipt", async () => {
    const house = await open();
    const { request, subject } = await asPupil(house, {
      matters: ["access", "withdrawalOfConsent"],
      receivedAt: addMillis(NOW, -3_600_000),
    });
    const { requests } = await house.receive(request);
    const read = await Promise.all(requests.map((id) => house.read(id)));
    expect(read.map((each) => each?.matter).toSorted()).toEqual(["access", "withdrawalOfConsent"]);
    for (const each of read)
      expect(each).toMatchObject({
        ...{
          controller: SCHOOL,
          subject,
          identity: "signedIn",
          authority: "self",
          origin: "gar",
          state: "open",
        },
        forwardDueAt: addHours(NOW, 47),
      });
  });

  it("of a guardian about a pupil claims an authority, which the controller checks", async () => {
    const house = await open();
    const { request, subject } = await asPupil(house, { concerns: { name: "Ésope D’Alençon" } });
    const { requests } = await house.receive({
      ...request,
      requester: { ...request.requester, role: "guardian" },
    });
    const read = await house.read(requests[0] ?? "rqs_none");
    expect(read).toMatchObject({ authority: "guardianStated", requester: subject, identity: "signedIn" });
    // The pupil is somebody else: who that is, is not known.
    expect(read?.subject).toBeUndefined();
    expect(await house.inUnit((unit) => openRequestsOf(unit, SCHOOL, subject))).toHaveLength(1);
  });

  it("is merged across channels while a request is open, and the earlier receipt keeps the clock", async () => {
    const house = await open();
    const { request } = await asPupil(house, {
      requester: {
        role: "pupil",
        controller: SCHOOL,
        subject: await house.identify("school.pupil", "m1"),
        address: "tom@exemple.example",
      },
    });
    const first = await house.receive(request);
    // By mail, written before, taken in later; nobody signed in.
    const mail = await house.receive({
      ...{ channel: "mail", language: "fr", key: "mail:<1@x.example>", text: "Copie de mes données." },
      ...{ receivedAt: addHours(NOW, -5), requester: { address: "Tom@Exemple.example" } },
    });
    const requests = await assignInquiry(house.ports, {
      ...{ inquiry: mail.inquiry, by: PUBLISHER_DPO },
      persons: [{ controller: SCHOOL, matters: ["access"], text: "whole" }],
    });
    expect(requests).toEqual(first.requests);
    expect(await house.read(first.requests[0] ?? "rqs_none")).toMatchObject({
      receivedAt: addHours(NOW, -5),
      forwardDueAt: addHours(NOW, 43),
    });
    expect((await house.entries("merged"))[0]?.payload).toMatchObject({ inquiry: mail.inquiry });
    // What the second message says reaches the controller too.
    const key = { controller: SCHOOL, id: first.requests[0] ?? "rqs_none" } as const;
    const part = await house.inUnit((unit) => openPart(unit, house.ports, key));
    expect(part?.text).toContain("Copie de mes données.");
  });

  it("about two children of one guardian is two requests, and about the same child again one", async () => {
    const house = await open();
    const { request } = await asPupil(house);
    const asGuardian = { ...request, requester: { ...request.requester, role: "guardian" as const } };
    const about = (name: string, key: string) => house.receive({ ...asGuardian, key, concerns: { name } });
    const [one, two, again] = [
      await about("Léa Martin", "a"),
      await about("Tom Martin", "b"),
      await about("  MARTIN Lea ", "c"),
    ];
    expect(two.requests).not.toEqual(one.requests);
    expect(again).toMatchObject({ requests: one.requests, isNew: false });
  });

  it("whose receipt comes twice at once is one", async () => {
    const house = await open();
    const { request } = await asPupil(house);
    const both = await Promise.all([1, 2, 3, 4].map((key) => house.receive({ ...request, key: `k${key}` })));
    expect(new Set(both.flatMap(({ requests }) => requests)).size).toBe(1);
    const same = await Promise.all([1, 2, 3].map(() => house.receive({ ...WRITTEN, key: "same" })));
    expect(new Set(same.map(({ inquiry }) => inquiry)).size).toBe(1);
    expect(same.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it("has candidates by the school's number, its name, and the sender's address: for the officer alone", async () => {
    const house = await open();
    await house.identify("email", "ines@exemple.example", OTHER_SCHOOL);
    const { inquiry } = await house.receive({
      ...WRITTEN,
      requester: { address: "Ines@Exemple.example" },
      concerns: { school: "collège le hameau" },
    });
    const { inquiry: read, written } = await inquiryOf(house, inquiry);
    const found = await house.inUnit(async (unit) =>
      read && written ? candidatesOf(unit, house.ports, OPTIONS, read, written) : undefined,
    );
    expect(found?.found).toEqual([
      { controller: SCHOOL, name: "Collège du Hameau", why: ["name"] },
      { controller: OTHER_SCHOOL, name: "Lycée des Acacias", why: ["address"], subject: expect.any(String) },
    ]);
    expect(found).toMatchObject({ searched: 2, of: 2 });
    const byNumber = await house.inUnit(async (unit) =>
      read ? candidatesOf(unit, house.ports, OPTIONS, read, { text: "UAI 0654321u" }) : undefined,
    );
    expect(byNumber?.found).toMatchObject([{ controller: OTHER_SCHOOL, why: ["uai"] }]);
  });

  it("of a GAR subject who is not signed in has the controller that is configured", async () => {
    const house = await open();
    const { inquiry } = await house.receive({ ...WRITTEN, requester: { origin: "gar" }, concerns: {} });
    const { inquiry: read } = await inquiryOf(house, inquiry);
    const found = (garController: string) =>
      house.inUnit(async (unit) =>
        read ? (await candidatesOf(unit, house.ports, { ...OPTIONS, garController }, read, {})).found : [],
      );
    expect(await found(OTHER_SCHOOL)).toMatchObject([{ controller: OTHER_SCHOOL, why: ["gar"] }]);
    expect(await found("bySchool")).toEqual([]);
  });

  it("that names a school which nobody knows escalates at once, and whoever wrote sees the same as everybody", async () => {
    const house = await open();
    const known = await house.receive(WRITTEN);
    const unknown = await house.receive({ ...WRITTEN, key: "press-9", concerns: { school: "École Zénith" } });
    // What the desk gives back tells one from the other by nothing but its own number.
    expect({ ...unknown, inquiry: "" }).toEqual({ ...known, inquiry: "" });
    await house.worker.drain();
    expect((await inquiryOf(house, known.inquiry)).inquiry).toMatchObject({ state: "new", level: 0 });
    expect((await inquiryOf(house, unknown.inquiry)).inquiry?.state).toBe("unknownController");
    const entries = await house.entries("escalated", PUBLISHER);
    expect(entries[0]?.payload).toMatchObject({ inquiry: unknown.inquiry, cause: "unknownController" });
    expect(house.box).toEqual([]);
  });

  it("of a pupil of two schools makes two requests, and each school hears of its own alone", async () => {
    const house = await open();
    const { inquiry } = await house.receive(WRITTEN);
    const person = { matters: ["access"], concerns: "Ésope D’Alençon", text: "whole" } as const;
    const requests = await assignInquiry(house.ports, {
      ...{ inquiry, by: PUBLISHER_DPO },
      persons: [
        { ...person, controller: SCHOOL },
        { ...person, controller: OTHER_SCHOOL },
      ],
    });
    const read = await Promise.all(requests.map((id) => house.read(id)));
    expect(new Set(read.map((each) => each?.controller))).toEqual(new Set([SCHOOL, OTHER_SCHOOL]));
    const told = async (controller: typeof SCHOOL) =>
      (await house.entries("requested", controller)).map(({ payload }) => payload?.["request"]);
    for (const each of read) {
      if (each === undefined) continue;
      const other = each.controller === SCHOOL ? OTHER_SCHOOL : SCHOOL;
      expect(await told(each.controller)).toContain(each.id);
      expect(await told(other)).not.toContain(each.id);
    }
  });

  it("that names five pupils becomes five requests, none of which carries another's name", async () => {
    const house = await open();
    const text = `Effacez ${TEN.join(", ")}.`;
    const { inquiry } = await house.receive({ ...WRITTEN, text, concerns: { school: "Hameau" } });
    const assign = (passed: (own: string) => "whole" | "none" | { readonly extract: string }) =>
      assignInquiry(house.ports, {
        ...{ inquiry, by: PUBLISHER_DPO },
        persons: TEN.map((concerns) => ({
          ...{ controller: SCHOOL, matters: ["erasure"] as const, concerns },
          text: passed(concerns),
        })),
      });
    expect(await codeOf(assign(() => "whole"))).toBe("REQUEST_TEXT_NAMES_OTHERS");
    expect(await codeOf(assign(() => ({ extract: text })))).toBe("REQUEST_TEXT_NAMES_OTHERS");
    expect(await house.inUnit((unit) => requestsOfInquiry(unit, inquiry))).toEqual([]);
    const requests = await assign((own) => ({ extract: `Effacez ${own}.` }));
    expect(requests).toHaveLength(5);
    for (const id of requests) {
      const part = await house.inUnit((unit) => openPart(unit, house.ports, { controller: SCHOOL, id }));
      const others = TEN.filter((name) => name !== part?.concerns);
      for (const name of others) expect(JSON.stringify(part)).not.toContain(name);
    }
    // No entry of the journal is about two persons, nor names one.
    const entries = (await house.entries("requested")).filter(
      ({ payload }) => payload?.["inquiry"] === inquiry,
    );
    expect(entries).toHaveLength(5);
    for (const { payload, subject } of entries) {
      expect(subject).toBeUndefined();
      expect(JSON.stringify(payload)).not.toMatch(/Martin|Bernard/);
    }
  });

  it("is assigned by the publisher's officer alone, to somebody, at a controller that exists", async () => {
    const house = await open();
    const { inquiry } = await house.receive(WRITTEN);
    const persons = [{ controller: SCHOOL, matters: ["access"], text: "none" }] as const;
    const assign = (change: Partial<Parameters<typeof assignInquiry>[1]>) =>
      codeOf(assignInquiry(house.ports, { inquiry, persons, by: PUBLISHER_DPO, ...change }));
    expect(await assign({ by: { role: "support" } })).toBe("REQUEST_NOT_FOR_YOU");
    expect(await assign({ by: { role: "controllerDpo" } })).toBe("REQUEST_NOT_FOR_YOU");
    expect(await assign({ persons: [] })).toBe("REQUEST_NOBODY_ASSIGNED");
    const nowhere = { ...persons[0], controller: controllerId("nowhere") };
    expect(await assign({ persons: [...persons, nowhere] })).toBe("REQUEST_NO_CONTROLLER");
    expect(await house.inUnit((unit) => requestsOfInquiry(unit, inquiry))).toEqual([]);
    expect(await assign({ inquiry: "inq_none" })).toBe("REQUEST_NO_INQUIRY");
    expect(await assign({})).toBeUndefined();
  });

  it("that asks for no right is closed, and what was written is gone", async () => {
    const house = await open();
    const { inquiry } = await house.receive(WRITTEN);
    await dismissInquiry(house.ports, inquiry, { why: "notARequest", by: PUBLISHER_DPO });
    const read = await inquiryOf(house, inquiry);
    expect(read.written).toBeUndefined();
    expect(read.inquiry).toMatchObject({ state: "noRequest", textGoneAt: NOW });
    expect(read.inquiry?.addressHash).toBeUndefined();
    expect(await codeOf(markUnknownController(house.ports, inquiry, PUBLISHER_DPO))).toBe("REQUEST_OVER");
  });

  it("that is a mail is one inquiry a Message-ID, its clock from its delivery", async () => {
    const house = await open();
    const raw = Buffer.from(
      "From: Tom <tom@exemple.example>\r\nMessage-ID: <m@exemple.example>\r\nDate: Tue, 1 Jan 2030 00:00:00 +0000\r\n\r\nEffacez mes données.",
    );
    const deliveredAt = addHours(NOW, -2);
    const [one, two] = [
      await receiveMail(house.ports, OPTIONS, raw, deliveredAt),
      await receiveMail(house.ports, OPTIONS, raw, NOW),
    ];
    expect(two).toEqual({ ...one, isNew: false });
    const read = one.kind === "taken" ? await inquiryOf(house, one.inquiry) : undefined;
    expect(read?.inquiry).toMatchObject({
      ...{ receivedAt: deliveredAt, forwardDueAt: addHours(NOW, 46), recognised: ["erasure"], matters: [] },
    });
  });
});
