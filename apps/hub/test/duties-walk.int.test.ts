/**
 * Subprocessors, requests and the mailer as the hub joins them: a real mail server before it, the ledger and the gate behind,
 * and a clock that days are told to.
 */
import { Readable } from "node:stream";
import { viewInquiry, viewRequest } from "@preau/data-subject-requests";
import { inUnit } from "@preau/database";
import { type InquiryId, instant, isFault, type RequestId, type SubjectId } from "@preau/kernel";
import { announceChange, type ChangeGiven, proposeChange, viewNotice } from "@preau/subprocessors";
import { PUBLISHER } from "@preau/web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { annexFindings } from "../src/cli/doctor-subprocessors.ts";
import { main } from "../src/cli.ts";
import type { Hub } from "../src/hub.ts";
import { type DutiesHouse, linkIn, MINISTRY, MIRABELLIERS, startDutiesHouse } from "./duties-house.ts";

const OFFICER = { role: "publisherDpo" } as const;
const SPARE: ChangeGiven = {
  ...{ kind: "add", startsOn: "2027-01-01" },
  entry: {
    ...{ recipient: "spareHost", clause: "DC", name: "Nuage Exemple", register: "HRB 1234 Exempelstadt" },
    ...{ fr: "Hébergement de secours", en: "Spare hosting", origins: "everyOrigin", transfers: "none" },
    ...{ deletionDelay: "hours(24)", operations: ["store"] },
  },
  content: {
    purpose: { fr: "Garder une copie du service.", en: "Keep a copy of the service." },
    places: { storage: ["FR"], processing: ["FR", "DE"] },
    retention: { fr: "La durée du contrat.", en: "As long as the contract." },
    guarantees: { fr: "Mesures examinées en mars 2027.", en: "Measures reviewed in March 2027." },
  },
};
/** Monday before Easter: Good Friday and Easter Monday lie in Moselle’s window, Easter Monday alone in that of Paris. */
const MONDAY = instant("2027-03-22T08:00:00.000Z");
const SCHOOL = "simulators/school/school";
const CANARY = "Tamarinier-de-mes-devoirs";

let house: DutiesHouse;
beforeAll(async () => {
  house = await startDutiesHouse(MONDAY);
}, 60_000);
afterAll(async () => {
  await house.stop();
});

/** What the gate says of giving the newcomer something: `open`, or the reason. */
function spareHost({ ports }: Hub, controller: typeof MINISTRY): Promise<string> {
  return ports.unitOfWork
    .transaction((unit) =>
      ports.gate.permit(
        {
          ...{ controller, product: "plume", operation: "store", origin: "outsideGar", role: "teacher" },
          ...{ categories: ["name"], purpose: "runPlatform", recipient: "spareHost" },
        },
        unit,
      ),
    )
    .then(
      () => "open",
      (error: unknown) => {
        if (!isFault(error, "GATE_REFUSED")) throw error;
        return String(error.detail.log?.["reason"]);
      },
    );
}

describe("a new subprocessor, from its announcement to the gate (D8.2, D8.3)", () => {
  it("opens for whoever received it and let the days pass, in every process, and for nobody else", async () => {
    const { hub, mail, clock, work, visitor } = house;
    const { ports } = hub;
    const other = await house.open();
    const everywhere = async (controller: typeof MINISTRY) => [
      await spareHost(hub, controller),
      await spareHost(other, controller),
    ];
    try {
      mail.unknown.add("dpo@mirabelliers.example");
      const change = await ports.unitOfWork.transaction(async (unit) => {
        const id = await proposeChange(unit, ports, { change: SPARE, by: OFFICER });
        await announceChange(unit, ports, { id, version: 1, to: "all", by: OFFICER });
        return id;
      });
      const delivery = (controller: typeof MINISTRY) =>
        ports.unitOfWork.transaction((unit) => viewNotice(unit, ports, controller, change));
      await work();
      const notice = mail.received.find(({ to }) => to === "dpo@ministere.example");
      expect(mail.received).toHaveLength(1);
      expect(notice?.from).toMatch(/^preau\+msg_[0-9a-z]{26}@editeur\.example$/);
      expect((await delivery(MINISTRY))?.notice.delivery).toBe("sent");

      // A mail scanner, twice.
      const link = linkIn(notice, "/subprocessors/notice");
      for (const _ of [1, 2]) expect((await visitor().get(link)).status).toBe(200);
      expect((await delivery(MINISTRY))?.standing.is).toBe("NOT_RECEIVED");
      expect(await everywhere(MINISTRY)).toEqual(["NOT_RECEIVED", "NOT_RECEIVED"]);
      // A person, once.
      expect((await visitor().post(link, link, { capacity: "dpo" })).status).toBe(200);
      expect(await everywhere(MINISTRY)).toEqual(["WINDOW_OPEN", "WINDOW_OPEN"]);
      expect((await visitor().get(link)).status).toBe(410);

      // The other client's box does not exist: that is due, and the officer hands a link over.
      expect((await delivery(MIRABELLIERS))?.notice.delivery).toBe("undelivered");
      const dues = await ports.allDues?.({ controller: "all", before: instant("2027-04-01T00:00:00.000Z") });
      expect(dues?.map(({ id }) => id)).toContain(`${change}.nobody`);
      const staff = await house.as("publisherDpo");
      const id = (await delivery(MIRABELLIERS))?.notice.id ?? "";
      const handing = await staff.post(`/subprocessors/notices/${id}`, `/subprocessors/notices/${id}/link`);
      const handed = linkIn({ text: handing.html, from: "", to: "", headers: "" }, "/subprocessors/notice");
      mail.unknown.clear();
      expect((await visitor().post(handed, handed, { capacity: "dpo" })).status).toBe(200);
      await work();
      const receipts = mail.received.filter(({ text }) => text.includes("/subprocessors/objection/"));
      expect(receipts.map(({ to }) => to).toSorted()).toEqual([
        "dpo@ministere.example",
        "dpo@mirabelliers.example",
      ]);
      const objecting = linkIn(
        receipts.find(({ to }) => to === "dpo@mirabelliers.example"),
        "/subprocessors/objection",
      );

      // The last instant of the seventh working day in Paris, and the first after it.
      clock.set(instant("2027-04-01T21:59:59.999Z"));
      expect(await everywhere(MINISTRY)).toEqual(["WINDOW_OPEN", "WINDOW_OPEN"]);
      clock.set(instant("2027-04-01T22:00:00.000Z"));
      expect(await everywhere(MINISTRY)).toEqual(["open", "open"]);
      // In Moselle Good Friday was a holiday: there is a day left to object in.
      expect(await everywhere(MIRABELLIERS)).toEqual(["WINDOW_OPEN", "WINDOW_OPEN"]);
      expect((await visitor().get(objecting)).status).toBe(200);
      expect(await spareHost(hub, MIRABELLIERS)).toBe("WINDOW_OPEN");
      expect((await visitor().post(objecting, objecting, { capacity: "dpo" })).status).toBe(200);
      clock.set(instant("2027-04-03T08:00:00.000Z"));
      expect(await everywhere(MIRABELLIERS)).toEqual(["OBJECTED", "OBJECTED"]);
      expect(await everywhere(MINISTRY)).toEqual(["open", "open"]);
    } finally {
      await other.close();
    }
  });
});

describe("a teacher's request to be erased (D10.1a, D10.1b, D10.1c)", () => {
  it("is passed on by a link alone, done on the controller's word, and leaves nothing that was written", async () => {
    const { hub, mail, clock, work, visitor } = house;
    const { ports } = hub;
    clock.set(instant("2027-04-05T07:00:00.000Z"));
    await work();
    const before = mail.received.length;
    const teacher = await hub.lms[0]?.database.knex("sch_account").whereNotNull("gar_id").first();
    const subject: SubjectId = await ports.unitOfWork.transaction((unit) =>
      ports.subjects.identify(unit, MINISTRY, { kind: "gar.ido", value: teacher.gar_id }),
    );
    expect(house.stands(teacher.last_name, SCHOOL)).toBe(true);

    const person = await house.person(subject);
    const asked = await person.post("/requests/new", "/requests/new", {
      "ask-erasure": "on",
      text: `Je voudrais que soit effacé le ${CANARY}.`,
    });
    expect(asked.status).toBe(200);
    const inquiry = (/inq_[0-9a-z]{26}/.exec(asked.html)?.[0] ?? "") as InquiryId;
    await work();
    const [relay, ...more] = mail.received.slice(before);
    expect(more).toEqual([]);
    expect(relay?.to).toBe("dpo@ministere.example");
    for (const told of [CANARY, teacher.last_name, teacher.first_name, teacher.gar_id, subject, "effac"])
      expect(`${relay?.headers}${relay?.text}`.toLowerCase()).not.toContain(String(told).toLowerCase());
    for (const file of ["hub", "keys"] as const) expect(house.stands(CANARY, file)).toBe(false);

    const link = linkIn(relay, "/requests/relay");
    const request = (/rqs_[0-9a-z]{26}/.exec(relay?.text ?? "")?.[0] ?? "") as RequestId;
    expect((await visitor().get(link)).html).not.toContain(CANARY);
    expect((await visitor().post(link, link)).html).toContain(CANARY);
    expect((await visitor().get(link)).status).toBe(410);

    const client = await house.as("controllerDpo", MINISTRY);
    const page = `/requests/${request}`;
    expect((await client.post(page, `${page}/execution`)).status).toBe(303);
    await work();
    const done = await client.get(page);
    const { actions } = await viewRequest(ports, MINISTRY, request);
    expect(actions).toMatchObject([{ state: "ended", verdict: "PASS" }]);
    expect(done.html).toContain(actions[0]?.thing);
    expect(house.stands(teacher.last_name, SCHOOL)).toBe(false);
    expect((await client.post(page, `${page}/outcome`, { outcome: "executed" })).status).toBe(303);

    const { inquiry: known, requests } = await viewInquiry(ports, inquiry);
    expect([known.state, known.textGoneAt !== undefined]).toEqual(["closed", true]);
    expect(requests.map(({ state, outcome }) => [state, outcome])).toEqual([["closed", "executed"]]);
    for (const file of ["hub", "keys"] as const) expect(house.stands(CANARY, file)).toBe(false);
  });
});

describe("a relay that comes back (D10.1b)", () => {
  it("is open again under its old clock, and rings at 24, 36, 44 hours and when it is too late", async () => {
    const { hub, mail, clock, work } = house;
    const { ports } = hub;
    const start = instant("2027-04-12T07:00:00.000Z");
    clock.set(start);
    await work();
    const subject = await ports.unitOfWork.transaction((unit) =>
      ports.subjects.identify(unit, MINISTRY, { kind: "gar.ido", value: "somebody-of-the-gar" }),
    );
    const before = mail.received.length;
    const person = await house.person(subject);
    await person.post("/requests/new", "/requests/new", { "ask-access": "on" });
    await work();
    const relay = mail.received.slice(before).find(({ text }) => text.includes("/requests/relay/"));
    const request = (/rqs_[0-9a-z]{26}/.exec(relay?.text ?? "")?.[0] ?? "") as RequestId;
    const stateNow = async () => {
      const { request: shown } = await viewRequest(ports, MINISTRY, request);
      return [shown.state, shown.forwardDueAt];
    };
    expect(request).toMatch(/^rqs_/);

    const dueAt = instant("2027-04-14T07:00:00.000Z");
    expect(await stateNow()).toEqual(["forwarded", dueAt]);

    clock.advance(2 * 3_600_000);
    const said: string[] = [];
    const report = `To: ${relay?.from}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--B--\r\n`;
    const code = await main(["mail", "bounce", "-", "--json"], {
      ...{ environment: { ...house.environment, LANG: "C.UTF-8" }, cwd: house.folder, clock },
      ...{ input: Readable.from([report]), out: (text) => void said.push(text), err: () => undefined },
    });
    expect([code, said.join("")]).toEqual([0, expect.stringContaining('"outcome":"noted"')]);
    await work();

    const entries = (type: string) =>
      ports.unitOfWork
        .transaction((unit) =>
          hub.journal.entries(unit, {
            controller: MINISTRY,
            type: `data-subject-requests.${type}`,
            limit: 500,
          }),
        )
        .then((found) => found.filter(({ payload }) => payload?.["request"] === request));
    const levels = async () => (await entries("escalated")).map(({ payload }) => Number(payload?.["level"]));
    expect(await stateNow()).toEqual(["open", dueAt]);
    expect(await entries("reopened")).toHaveLength(1);
    // Told at once that it came back, and that nobody else can be written to.
    expect(await levels()).toEqual([0, 0]);
    for (const [hours, level] of [
      [24, 1],
      [36, 2],
      [44, 3],
    ] as const) {
      clock.set(instant(Date.parse(start) + hours * 3_600_000 - 1));
      await work();
      expect(Math.max(...(await levels()))).toBe(level - 1);
      clock.advance(1);
      await work();
      expect((await levels()).toSorted()).toEqual([0, 0, 1, 2, 3].slice(0, level + 2));
    }
    clock.set(instant(Date.parse(start) + 48 * 3_600_000));
    await work();
    expect(await entries("overdue")).toEqual([]);
    clock.advance(1);
    await work();
    expect(await entries("overdue")).toHaveLength(1);
  });
});

describe("what a hub that ends, and one that is looked over, say", () => {
  it("journals refusals that were counted and had no entry yet (DD.7)", async () => {
    const other = await house.open();
    for (const _ of [1, 2, 3]) await other.ports.attempts.count("token");
    await other.close();
    const { hub } = house;
    const entries = await hub.ports.unitOfWork.transaction((unit) =>
      hub.journal.entries(unit, { controller: PUBLISHER, type: "accounts.signInRefused", limit: 10 }),
    );
    expect(entries.map(({ payload }) => payload?.["count"]).toSorted()).toEqual([1, 2]);
  });

  it("finds the contracts whose annex C was never seen, and names the remedy (D8.1)", async () => {
    const { hub } = house;
    expect(await annexFindings(hub)).toMatchObject([{ result: "PASS" }]);
    const agreement = `sha256:${"0".repeat(64)}`;
    await hub.ports.unitOfWork.transaction((unit) =>
      inUnit(unit)("ctr_contract").where({ controller: MIRABELLIERS }).update({ agreement }),
    );
    expect(await annexFindings(hub)).toMatchObject([
      {
        result: "FAIL",
        evidence: expect.stringContaining("ANNEX_UNKNOWN: 1 "),
        remedy: expect.stringContaining("preau subprocessors baseline"),
      },
    ]);
  });
});
