import {
  type ControllerId,
  controllerId,
  type EntryId,
  type Journal,
  type JournalEvent,
  type JournalQuery,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";

export interface JournalBench extends Closable {
  readonly unitOfWork: UnitOfWork;
  readonly journal: Journal;
  /** Returns once everything committed so far is numbered and signed. */
  readonly settle: () => Promise<void>;
  /** Whether a proof holds, by the implementation's own verifier and its own key. */
  readonly verify: (proof: string) => Promise<boolean>;
}

/** What every journal owes. @clause DD.7 */
export function journalContract(title: string, make: () => JournalBench | Promise<JournalBench>): void {
  const [a, b] = [controllerId("college-1"), controllerId("college-2")];
  const [zoe, noe] = ["sub_00000000000000000000000zoe", "sub_00000000000000000000000n0e"] as const;

  const about = (subject: typeof zoe | typeof noe, change: Partial<JournalEvent> = {}): JournalEvent => ({
    log: "activity",
    type: "test.changed",
    clause: "DD.7",
    controller: a,
    actor: { role: "support", id: "act_0000000000000000000000test", payload: { from: "desk" } },
    subject: { id: subject, payload: { name: `name of ${subject}` } },
    payload: { count: 3 },
    ...change,
  });

  const setUpJournal = async () => {
    const bench = await setUp(make);
    const { journal, unitOfWork, settle } = bench;
    const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);
    const record = (event: JournalEvent) => inUnit((unit) => journal.record(unit, event));
    const entries = (query: Partial<JournalQuery> = {}) =>
      inUnit((unit) => journal.entries(unit, { controller: a, ...query }));
    const entry = async (id: EntryId, controller: ControllerId = a) =>
      (await entries({ controller })).find((each) => each.id === id);
    const prove = async (id: EntryId, controller: ControllerId = a) => {
      await settle();
      return journal.prove(controller, id, { waitMs: 5000 });
    };
    return { ...bench, inUnit, record, entries, entry, prove };
  };

  describe(`${title}: journal (DD.7)`, () => {
    it("gives an entry back as it was recorded, its slots opened", async () => {
      const { record, entry } = await setUpJournal();
      const event = about(zoe);
      const id = await record(event);
      const { log, type, clause, controller } = event;
      expect(id).toMatch(/^jrn_/);
      expect(await entry(id)).toMatchObject({
        ...{ id, log, type, clause, controller, actorRole: "support" },
        actor: { id: event.actor.id, payload: { from: "desk" } },
        subject: event.subject,
        payload: { count: 3 },
      });
      expect((await entry(id))?.recordedAt).toHaveLength(24);
    });

    it("records many at once as it records each, in their order", async () => {
      const { inUnit, journal, entry } = await setUpJournal();
      const events = [about(zoe), about(noe), about(zoe, { controller: b })];
      const ids = (await inUnit(async (unit) => journal.recordMany?.(unit, events))) ?? [];
      expect(ids).toHaveLength(journal.recordMany === undefined ? 0 : 3);
      for (const [at, id] of ids.entries())
        expect(await entry(id, events[at]?.controller)).toMatchObject({ subject: events[at]?.subject });
    });

    it("holds an event with no subject, no payload, no actor's id", async () => {
      const { record, entry, prove } = await setUpJournal();
      const id = await record({
        log: "evidence",
        type: "test.swept",
        controller: a,
        actor: { role: "system" },
      });
      const found = await entry(id);
      expect(found).toMatchObject({ log: "evidence", actorRole: "system" });
      expect([found?.subject, found?.payload, found?.clause]).toEqual([undefined, undefined, undefined]);
      expect(await prove(id)).toBeDefined();
    });

    it("has no entry of a unit that rolls back, and no gap in the numbers after it", async () => {
      const { inUnit, journal, record, entries, entry, settle } = await setUpJournal();
      await record(about(zoe));
      await codeOf(
        inUnit(async (unit) => {
          await journal.record(unit, about(zoe));
          throw new Error("no");
        }),
      );
      const last = await record(about(zoe));
      await settle();
      expect(await entries()).toHaveLength(2);
      expect((await entry(last))?.index).toBe(1);
    });

    it("numbers each log by itself, from 0, without gap or repeat", async () => {
      const { record, entries, settle } = await setUpJournal();
      for (let i = 0; i < 7; i += 1) await record(about(zoe, { log: i % 2 === 0 ? "activity" : "evidence" }));
      await settle();
      const indexes = async (log: "activity" | "evidence") =>
        (await entries({ log })).map((each) => each.index).sort((one, two) => (one ?? -1) - (two ?? -1));
      expect(await indexes("activity")).toEqual([0, 1, 2, 3]);
      expect(await indexes("evidence")).toEqual([0, 1, 2]);
    });

    it("records many at once without losing one", async () => {
      const { record, entries, settle } = await setUpJournal();
      const ids = await Promise.all(Array.from({ length: 20 }, () => record(about(zoe))));
      await settle();
      const found = await entries();
      expect(new Set(found.map((each) => each.id))).toEqual(new Set(ids));
      expect(new Set(found.map((each) => each.index)).size).toBe(20);
    });

    it("lists newest first, in pages without overlap or hole", async () => {
      const { record, entries } = await setUpJournal();
      const ids: EntryId[] = [];
      for (let i = 0; i < 5; i += 1) ids.push(await record(about(zoe)));
      const newestFirst = ids.toReversed();
      const page = async (before?: EntryId) =>
        (await entries({ limit: 2, ...(before === undefined ? {} : { before }) })).map((each) => each.id);
      expect((await entries()).map((each) => each.id)).toEqual(newestFirst);
      expect(await page()).toEqual(newestFirst.slice(0, 2));
      expect(await page(newestFirst[1])).toEqual(newestFirst.slice(2, 4));
      expect(await page(newestFirst[3])).toEqual(newestFirst.slice(4));
      expect(await page(newestFirst[4])).toEqual([]);
    });

    it("lists by log, by type and by subject", async () => {
      const { record, entries } = await setUpJournal();
      const one = await record(about(zoe));
      const two = await record(about(noe, { log: "evidence" }));
      const three = await record(about(zoe, { type: "test.signedIn" }));
      const idsOf = async (query: Partial<JournalQuery>) => (await entries(query)).map((each) => each.id);
      expect(await idsOf({ log: "evidence" })).toEqual([two]);
      expect(await idsOf({ type: "test.signedIn" })).toEqual([three]);
      expect(await idsOf({ subject: zoe })).toEqual([three, one]);
      expect(await idsOf({ subject: zoe, log: "evidence" })).toEqual([]);
    });

    it("shows a controller its own entries alone, and proves no other's", async () => {
      const { record, entries, prove } = await setUpJournal();
      const id = await record(about(zoe));
      expect(await entries({ controller: b })).toEqual([]);
      expect(await entries({ controller: b, subject: zoe })).toEqual([]);
      expect(await prove(id, b)).toBeUndefined();
      expect(await prove("jrn_00000000000000000000000000")).toBeUndefined();
    });

    it("takes no entry into a unit that has ended (UNIT_CLOSED)", async () => {
      const { inUnit, journal } = await setUpJournal();
      const ended = await inUnit(async (unit) => unit);
      expect(await codeOf(journal.record(ended, about(zoe)))).toBe("UNIT_CLOSED");
    });

    it("keeps what it was given, whatever the caller does to its object meanwhile", async () => {
      const { inUnit, journal, entry } = await setUpJournal();
      const payload = { name: "Zoé" };
      const id = await inUnit(async (unit) => {
        const made = await journal.record(unit, about(zoe, { subject: { id: zoe, payload } }));
        payload.name = "somebody else";
        return made;
      });
      expect((await entry(id))?.subject?.payload).toEqual({ name: "Zoé" });
    });
  });

  describe(`${title}: proof of an entry (DD.7, c2sp.org/tlog-proof)`, () => {
    it("is a tlog-proof of the entry's index, with as many hashes as RFC 6962 §2.1.1 asks for, and holds", async () => {
      const { record, entry, prove, verify } = await setUpJournal();
      const ids: EntryId[] = [];
      for (let i = 0; i < 7; i += 1) ids.push(await record(about(zoe)));
      for (const id of ids) {
        const proof = (await prove(id)) ?? "";
        const { index, hashes, size } = partsOf(proof);
        expect(index).toBe((await entry(id))?.index);
        expect(hashes).toHaveLength(pathLength(index, size));
        expect(await verify(proof)).toBe(true);
      }
    });

    it("does not hold with another's index, another's hashes, or a changed checkpoint", async () => {
      const { record, prove, verify } = await setUpJournal();
      const [one, two] = [await record(about(zoe)), await record(about(noe))];
      const [left, right] = [(await prove(one)) ?? "", (await prove(two)) ?? ""];
      const sizeLine = `\n${partsOf(left).size}\n`;
      const broken = [
        left.replace(/^index \d+$/m, `index ${partsOf(left).index + 1}`),
        left.replace(partsOf(left).hashes[0] ?? "?", partsOf(right).hashes[0] ?? "?"),
        left.replace(sizeLine, `\n${partsOf(left).size + 1}\n`),
      ];
      for (const proof of broken) {
        expect(proof).not.toBe(left);
        expect(await verify(proof)).toBe(false);
      }
    });

    it("holds nobody's data", async () => {
      const { record, prove } = await setUpJournal();
      const proof = (await prove(await record(about(zoe)))) ?? "";
      const decoded = partsOf(proof).extra;
      for (const text of [zoe, "act_0000000000000000000000test", "name of", "desk"]) {
        expect(`${proof}${decoded}`).not.toContain(text);
      }
    });
  });

  describe(`${title}: forget a subject in the journal (D12.2, DD.7)`, () => {
    it("takes that subject's slot from its entries, while entries and proofs stay", async () => {
      const { record, journal, entry, prove, verify } = await setUpJournal();
      const [mine, others] = [await record(about(zoe)), await record(about(noe))];
      const before = (await prove(mine)) ?? "";
      await journal.forget(a, zoe);
      await journal.forget(a, zoe);
      const found = await entry(mine);
      expect(found).toMatchObject({
        id: mine,
        type: "test.changed",
        payload: { count: 3 },
        actor: { payload: { from: "desk" } },
      });
      expect(found?.subject).toBeUndefined();
      expect((await entry(others))?.subject).toEqual(about(noe).subject);
      expect(await verify(before)).toBe(true);
      expect(await verify((await prove(mine)) ?? "")).toBe(true);
      expect(await verify((await prove(others)) ?? "")).toBe(true);
    });

    it("takes the actor's slot too where the subject acted", async () => {
      const { record, journal, entry } = await setUpJournal();
      const id = await record(
        about(noe, { actor: { role: "dataSubject", id: zoe, payload: { from: "account" } } }),
      );
      await journal.forget(a, zoe);
      const found = await entry(id);
      expect(found?.actor).toBeUndefined();
      expect(found?.actorRole).toBe("dataSubject");
      expect(found?.subject).toEqual(about(noe).subject);
    });

    it("forgets before the entry is numbered as well", async () => {
      const { record, journal, entry, prove, verify } = await setUpJournal();
      const id = await record(about(zoe));
      await journal.forget(a, zoe);
      expect(await verify((await prove(id)) ?? "")).toBe(true);
      expect((await entry(id))?.subject).toBeUndefined();
    });

    it("forgets for one controller alone", async () => {
      const { record, journal, entry } = await setUpJournal();
      const [here, there] = [await record(about(zoe)), await record(about(zoe, { controller: b }))];
      await journal.forget(b, zoe);
      expect((await entry(here))?.subject).toEqual(about(zoe).subject);
      expect((await entry(there, b))?.subject).toBeUndefined();
    });
  });
}

/** Reads a tlog-proof by its lines; throws where the form is not kept. */
function partsOf(proof: string): { index: number; hashes: readonly string[]; size: number; extra: string } {
  const [head = "", text = "", signatures = ""] = proof.split("\n\n");
  const lines = head.split("\n");
  expect(lines.shift()).toBe("c2sp.org/tlog-proof@v1");
  const extra = lines[0]?.startsWith("extra ") === true ? (lines.shift()?.slice("extra ".length) ?? "") : "";
  const indexLine = lines.shift() ?? "";
  expect(indexLine).toMatch(/^index (0|[1-9]\d*)$/);
  for (const hash of lines) expect(hash).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  const [origin = "", size = "", root = ""] = text.split("\n");
  expect(origin).not.toBe("");
  expect(size).toMatch(/^[1-9]\d*$/);
  expect(root).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(signatures).toMatch(/^(— \S+ [A-Za-z0-9+/]+={0,2}\n)+$/);
  const decoded = Buffer.from(extra, "base64").toString("utf8");
  return {
    index: Number(indexLine.slice("index ".length)),
    hashes: lines,
    size: Number(size),
    extra: decoded,
  };
}

/** Length of PATH(index, D[size]), RFC 6962 §2.1.1. */
function pathLength(index: number, size: number): number {
  if (size <= 1) return 0;
  const split = 2 ** Math.floor(Math.log2(size - 1));
  return 1 + (index < split ? pathLength(index, split) : pathLength(index - split, size - split));
}
