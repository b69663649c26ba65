import {
  addMillis,
  type ControllerId,
  instant,
  type ManualClock,
  manualClock,
  type Received,
  type ReceivedRequest,
  type RightsDesk,
  requestChannels,
  type SubjectId,
  type UnitOfWork,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";

export interface RightsDeskBench extends Closable {
  readonly unitOfWork: UnitOfWork;
  readonly rightsDesk: RightsDesk;
  /** Two controllers that the desk knows, and two persons of the first, of whom the first is one of the second too. */
  readonly controller: ControllerId;
  readonly otherController: ControllerId;
  readonly subject: SubjectId;
  readonly otherSubject: SubjectId;
}

export interface RightsDeskBenchOptions {
  readonly clock: ManualClock;
}

const NOW = instant("2027-02-01T09:00:00.000Z");

/** What every desk for data subjects' requests owes, whatever the channel. @clause D10.1a, D10.1b */
export function rightsDeskContract(
  title: string,
  make: (options: RightsDeskBenchOptions) => RightsDeskBench | Promise<RightsDeskBench>,
): void {
  const unsigned: ReceivedRequest = {
    ...{ channel: "page", receivedAt: NOW, language: "fr", key: "press-1" },
    text: "Je voudrais une copie de mes données.",
    requester: { role: "guardian", name: "Zoé D’Alençon", address: "zoe@college-1.example" },
    concerns: { name: "Ésope D’Alençon", school: "Collège du Préau" },
  };
  const setUpDesk = async () => {
    const clock = manualClock(NOW);
    const bench = await setUp(() => make({ clock }));
    const { rightsDesk, unitOfWork, controller, subject } = bench;
    const receive = (change: Partial<ReceivedRequest> = {}, base = unsigned): Promise<Received> =>
      unitOfWork.transaction((unit) => rightsDesk.receive(unit, { ...base, ...change }));
    const signedIn: ReceivedRequest = {
      ...{ channel: "page", receivedAt: NOW, language: "fr", key: "press-2", matters: ["access"] },
      requester: { role: "teacher", controller, subject, origin: "outsideGar" },
    };
    const asPerson = (change: Partial<ReceivedRequest> = {}) => receive(change, signedIn);
    return { ...bench, clock, receive, signedIn, asPerson };
  };

  describe(`${title}: a request is taken in (D10.1a, D10.1b)`, () => {
    it.each(requestChannels)("from anybody, by %s", async (channel) => {
      const { receive } = await setUpDesk();
      const received = await receive({ channel });
      expect(received.inquiry).toMatch(/^inq_/);
      expect(received.isNew).toBe(true);
    });

    it("opens no case of its own where nobody is signed in: whose it is, a person decides", async () => {
      const { receive } = await setUpDesk();
      expect((await receive({ matters: ["access", "erasure"] })).requests).toEqual([]);
    });

    it("is one case a right where somebody is signed in", async () => {
      const { asPerson } = await setUpDesk();
      const { requests, isNew } = await asPerson({ matters: ["access", "erasure"] });
      expect(isNew).toBe(true);
      expect(new Set(requests).size).toBe(2);
      for (const id of requests) expect(id).toMatch(/^rqs_/);
    });

    it("is one case for a right that is named twice", async () => {
      const { asPerson } = await setUpDesk();
      expect((await asPerson({ matters: ["access", "access"] })).requests).toHaveLength(1);
    });

    it("takes what reached us before, and not what reaches us tomorrow (REQUEST_BAD)", async () => {
      const { receive } = await setUpDesk();
      expect((await receive({ receivedAt: addMillis(NOW, -47 * 3_600_000) })).isNew).toBe(true);
      expect(await codeOf(receive({ key: "press-9", receivedAt: addMillis(NOW, 1) }))).toBe("REQUEST_BAD");
    });

    it.each<[what: string, change: Partial<ReceivedRequest>]>([
      ["a text of more than 20,000 characters", { text: "x".repeat(20_001) }],
      ["no key", { key: "" }],
      ["a key of blanks", { key: " \t" }],
      ["a key without end", { key: "k".repeat(501) }],
    ])("is refused with %s, and nothing of it stays (REQUEST_BAD)", async (_what, change) => {
      const { receive } = await setUpDesk();
      expect(await codeOf(receive(change))).toBe("REQUEST_BAD");
      expect((await receive()).isNew).toBe(true);
    });

    it("takes the longest text, in whatever letters", async () => {
      const { receive } = await setUpDesk();
      expect((await receive({ text: "é".repeat(20_000) })).isNew).toBe(true);
    });
  });

  describe(`${title}: a request that comes twice (D10.1b)`, () => {
    it("is the same under the same key, in one unit and in two, whatever else it says", async () => {
      const { unitOfWork, rightsDesk, receive, signedIn, asPerson } = await setUpDesk();
      const [one, two] = await unitOfWork.transaction(async (unit) => [
        await rightsDesk.receive(unit, signedIn),
        await rightsDesk.receive(unit, { ...signedIn, text: "encore" }),
      ]);
      const three = await asPerson({ channel: "api", language: "en" });
      expect(one).toMatchObject({ isNew: true });
      expect([two, three]).toEqual([
        { ...one, isNew: false },
        { ...one, isNew: false },
      ]);
      const first = await receive();
      expect(await receive()).toEqual({ ...first, isNew: false });
    });

    it("keeps the time at which it reached us first", async () => {
      const { receive, clock } = await setUpDesk();
      const one = await receive();
      clock.advance(3_600_000);
      expect(await receive({ receivedAt: clock.now() })).toEqual({ ...one, isNew: false });
    });

    it("is one inquiry a key, when nobody can say that they are the same", async () => {
      const { receive } = await setUpDesk();
      const [one, two] = [await receive(), await receive({ key: "press-3" })];
      expect(two.inquiry).not.toBe(one.inquiry);
      expect(two.isNew).toBe(true);
    });

    it("is the same case while one of that person about that right is open, and another for another", async () => {
      const { asPerson, otherSubject, otherController, signedIn } = await setUpDesk();
      const one = await asPerson();
      const again = await asPerson({ key: "press-3", channel: "api" });
      expect(again).toMatchObject({ requests: one.requests, isNew: false });
      const more = await asPerson({ key: "press-4", matters: ["access", "erasure"] });
      expect(more.isNew).toBe(true);
      expect(more.requests).toHaveLength(2);
      expect(more.requests).toContain(one.requests[0]);
      const { requester } = signedIn;
      const others = [
        await asPerson({ key: "press-5", requester: { ...requester, subject: otherSubject } }),
        await asPerson({ key: "press-6", requester: { ...requester, controller: otherController } }),
      ];
      for (const { requests, isNew } of others) {
        expect(isNew).toBe(true);
        expect(requests).toHaveLength(1);
        expect(requests).not.toContain(one.requests[0]);
      }
    });
  });

  describe(`${title}: a request and its unit`, () => {
    it("is gone with it, and its key is free again", async () => {
      const { unitOfWork, rightsDesk, signedIn, asPerson } = await setUpDesk();
      const lost: Received[] = [];
      await codeOf(
        unitOfWork.transaction(async (unit) => {
          lost.push(await rightsDesk.receive(unit, signedIn));
          throw new Error("no");
        }),
      );
      const kept = await asPerson();
      expect(kept.isNew).toBe(true);
      expect(kept.inquiry).not.toBe(lost[0]?.inquiry);
      expect(kept.requests).not.toEqual(lost[0]?.requests);
    });

    it("is not taken into one that has ended (UNIT_CLOSED)", async () => {
      const { unitOfWork, rightsDesk, receive } = await setUpDesk();
      const ended = await unitOfWork.transaction(async (unit) => unit);
      expect(await codeOf(rightsDesk.receive(ended, unsigned))).toBe("UNIT_CLOSED");
      expect((await receive()).isNew).toBe(true);
    });
  });
}
