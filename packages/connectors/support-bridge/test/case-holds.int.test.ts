/** What holds a case where it stands, and what brings it away from the desk: restriction, erasure, a token that is over, claims. */
import { makeWorker, type Worker } from "@preau/database";
import { manualClock, type SubjectId } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb } from "@preau/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AnswerPorts, answerCase, sayAnswer } from "../src/answer-case.ts";
import { assignWriter } from "../src/assign-writer.ts";
import { casePersonalData } from "../src/case-personal-data.ts";
import { eraseAtDesk, markErasedAtDesk } from "../src/erase-at-desk.ts";
import { supportJobs } from "../src/jobs/support-jobs.ts";
import { confirmProposal, rejectProposal } from "../src/proposal.ts";
import { dayOf, eventScope } from "../src/receive-event.ts";
import { supportDues } from "../src/support-dues.ts";
import type { SupportPorts } from "../src/support-ports.ts";
import { freshHeldHouse } from "./held-house.ts";
import { onlyCaseOf } from "./house-cases.ts";
import {
  crispBody,
  nowOf,
  OTHER_SCHOOL,
  SCHOOL,
  type SupportHouse,
  sessionOf,
  signed,
  written,
} from "./support-house.ts";
import type { TinyDesk } from "./tiny-desk.ts";

const PERSON = "0f5c9b1e-1111-4222-8333-944444444444";
const BY = { role: "support", id: "act_0000000000000000000000000a" } as const;
const HOUR = 3_600_000;
const clock = manualClock();
let house: SupportHouse;
let desk: TinyDesk;
let ports: AnswerPorts;
let worker: Worker;
/** What the moving check refuses with, while it does. */
let refusal: string | undefined;
const open = (kind: DatabaseKind) => {
  let remove = async () => {};
  beforeAll(async () => {
    ({ house, desk, ports, worker, remove } = await freshHeldHouse(kind, clock, () => refusal));
  });
  afterAll(() => remove());
};
beforeEach(async () => {
  refusal = undefined;
  await house.wipe();
  desk.wipe();
  clock.advance(1_000);
});

const at = () => nowOf(clock);
async function post(...bodies: readonly object[]): Promise<void> {
  for (const body of bodies) {
    expect((await house.post(signed(body, at()))).status).toBe(200);
    clock.advance(1);
  }
}
async function come(...bodies: readonly object[]): Promise<void> {
  await post(...bodies);
  await worker.drain();
}
async function later(hours: number): Promise<void> {
  clock.advance(hours * HOUR);
  await worker.drain();
}
const onlyCase = async () => (await onlyCaseOf(house)).line;
const say = (text: string, fingerprint: number) => written(text, { at: at(), fingerprint });
async function teacherWrites(text = "Le cahier ne s’ouvre plus.") {
  const person = await house.person();
  desk.hold(sessionOf(1), { person: PERSON, data: { preau: await ports.support.tokens.make(person) } });
  await come(say(text, 1));
  const target = { subject: person.subject, identifiers: [] };
  return { person, target };
}
const source = () => casePersonalData(ports, house.options);
const atDesk = () => desk.conversations.size + desk.people.size;
const answer = (id: string, press = "p1") =>
  house.inUnit((unit) =>
    answerCase(unit, ports, house.options, {
      ...{ scope: "all", case: id, text: "Rechargez la page.", press, by: BY },
    }),
  );

const suite = () => {
  describe("words under restriction are kept at the desk too (D10.1a)", () => {
    it("no button, no child's words, no other person's erases them; once it is lifted, what was to leave leaves", async () => {
      const { target } = await teacherWrites();
      const { id } = await onlyCase();
      await source().source.restrict(SCHOOL, target);
      const asked = { scope: "all", case: id, by: BY } as const;
      for (const erase of [eraseAtDesk, markErasedAtDesk])
        await expect(house.inUnit((unit) => erase(unit, ports, asked))).rejects.toMatchObject({
          code: "SOURCE_SUBJECT_RESTRICTED",
        });
      await come(say("Mon fils est en 6e et ne peut pas entrer", 2));
      const other = await house.person({ controller: OTHER_SCHOOL });
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: await ports.support.tokens.make(other) } });
      await come(say("Et moi aussi.", 3));
      await later(50);
      expect((await house.cases()).map((each) => each["desk"])).toEqual(["leaving", "leaving"]);
      expect(atDesk()).toBe(2);
      await source().source.lift(SCHOOL, target);
      await later(7);
      expect((await house.cases()).map((each) => each["desk"])).toEqual(["gone", "gone"]);
      expect(atDesk()).toBe(0);
    });

    it.each(["RESTRICTED", "BEING_ERASED", "OBJECTED"])(
      "a check that moves (%s) turns no case away for good",
      async (reason) => {
        const { person } = await teacherWrites();
        refusal = reason;
        await come(say("Une autre question", 2));
        expect(await onlyCase()).toMatchObject({ side: "desk", desk: "there" });
        desk.hold(sessionOf(2), { data: { preau: await ports.support.tokens.make(person) } });
        await come({ ...say("Ailleurs", 3), data: { ...say("Ailleurs", 3).data, session_id: sessionOf(2) } });
        const [, second] = await house.cases();
        expect(second).toMatchObject({ side: "unknown", desk: "there", reason, subject: person.subject });
        const isKept = reason === "RESTRICTED";
        expect((await house.cases()).map((each) => each["restricted_at"] !== null)).toEqual([isKept, isKept]);
        expect(atDesk()).toBe(3);
        refusal = undefined;
        await source().source.lift(SCHOOL, { subject: person.subject, identifiers: [] });
        await come({ ...say("Enfin", 4), data: { ...say("Enfin", 4).data, session_id: sessionOf(2) } });
        expect((await house.cases())[1]).toMatchObject({ side: "desk", desk: "there", restricted_at: null });
      },
    );
  });

  describe("an event always ends (DC, D12.2)", () => {
    const asks = "Bonjour, je demande l’effacement de mes données, Nadia Berthelot";

    it.each([confirmProposal, rejectProposal])(
      "a decided message that is changed at the desk is dealt with: %o",
      async (decide) => {
        await teacherWrites(asks);
        const words = String((await house.words())[0]?.["id"]) as `spw_${string}`;
        await house.inUnit((unit) => decide(unit, ports, { scope: "all", words, by: BY }));
        await worker.drain();
        const edit = { fingerprint: 1, content: `${asks}, svp`, timestamp: at() + 5 };
        await come(crispBody("message:updated", edit, { at: at() + 5 }));
        expect((await house.events()).map(({ state, sealed }) => [state, sealed])).toEqual([
          ["done", null],
          ["done", null],
        ]);
        const [line] = await house.words();
        expect(line?.["proposal"]).toBe(decide === confirmProposal ? "confirmed" : "open");
        if (decide === confirmProposal) return;
        // Asked again: what goes on is what is kept.
        await later(24 * 60);
        expect((await house.words())[0]).toMatchObject({ proposal: "passedOn" });
      },
    );

    it("one that cannot be dealt with loses its bytes after its tries, is due, and the day's key goes", async () => {
      desk.hold(sessionOf(1), {});
      const broken: SupportPorts = {
        ...ports,
        support: {
          ...ports.support,
          wall: { ...ports.support.wall, judge: () => Promise.reject(new TypeError("broken")) },
        },
      };
      const handlers = supportJobs(broken, house.options);
      const unlucky = makeWorker({
        ...{ database: house.database, clock, ids: house.ports.ids, log: house.ports.log, handlers },
      });
      await post(say("Bonjour", 1));
      const day = dayOf(clock.now());
      const dues = () => supportDues(ports)({ controller: "all", before: clock.now() });
      await unlucky.drain();
      expect(await dues()).toEqual([]);
      for (let hours = 0; hours < 26; hours += 2) {
        clock.advance(2 * HOUR);
        await unlucky.drain();
      }
      expect(await dues()).toMatchObject([{ id: "events.failed" }]);
      for (let tries = 0; tries < 50; tries += 1) {
        clock.advance(3 * HOUR);
        await unlucky.drain();
      }
      await unlucky.stop();
      expect(await house.events()).toMatchObject([{ state: "dropped", reason: "FAILED", sealed: null }]);
      expect(await dues()).toMatchObject([{ id: "events.failed" }]);
      expect(house.lines.filter((line) => line.includes("eventFailed"))).toHaveLength(1);
      await later(25);
      expect(await ports.vault.destruction(eventScope(day))).toBeDefined();
    });

    it("one whose job is gone waits no longer than a week", async () => {
      desk.hold(sessionOf(1), {});
      await come(say("Bonjour", 1));
      await post(say("Encore", 2));
      await house.database.knex("db_job").where({ name: "support-bridge.process" }).delete();
      await later(6 * 24);
      expect((await house.events())[1]).toMatchObject({ state: "stored" });
      await later(48);
      expect((await house.events())[1]).toMatchObject({ state: "dropped", reason: "FAILED", sealed: null });
    });
  });

  describe("whoever is erased does not come back by what they wrote (D12.2)", () => {
    const forget = (subject: SubjectId) =>
      house.inUnit((unit) => house.subjects.forget(unit, SCHOOL, subject));

    it("a token of theirs is nobody's: nothing of the words is kept, and the conversation leaves", async () => {
      const person = await house.person();
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: await ports.support.tokens.make(person) } });
      await forget(person.subject);
      await come(say("Le cahier ne s’ouvre plus.", 1));
      expect(await onlyCase()).toMatchObject({
        controller: "publisher",
        side: "hub",
        desk: "gone",
        state: "closed",
      });
      expect((await onlyCase()).subject).toBeUndefined();
      expect(await house.words()).toEqual([]);
      expect((await house.events())[0]).toMatchObject({ state: "dropped", reason: "WRITER_ERASED" });
      expect(atDesk()).toBe(0);
      // A right that is asked for is not lost for that.
      desk.hold(sessionOf(1), { data: { preau: await ports.support.tokens.make(person) } });
      await come(say("Je demande une copie de toutes mes données.", 2));
      expect(await house.words()).toMatchObject([{ proposal: "open", controller: "publisher" }]);
    });

    it("events that wait go with the rest of them, and nobody else's", async () => {
      const { person, target } = await teacherWrites();
      const other = await house.person();
      const told = (token: string, session: string, fingerprint: number) =>
        crispBody(
          "session:set_data",
          { session_id: session, data: { preau: token }, fingerprint },
          { at: at() },
        );
      await post(
        say("Et encore", 2),
        told(await ports.support.tokens.make(person), sessionOf(2), 3),
        told(await ports.support.tokens.make(other), sessionOf(3), 4),
      );
      const { source: store, second } = source();
      const plan = await store.plan({ controller: SCHOOL, ground: "retention", subjects: [target] });
      expect(plan.tables).toContainEqual({ table: "spt_event", erased: 2, anonymised: 0, kept: 0 });
      const erased = [];
      for await (const step of store.erase(plan)) erased.push(step.table);
      expect(erased).toContain("spt_event");
      expect((await store.remaining(plan)).every((each) => each.erased === 0)).toBe(true);
      expect((await house.events()).map(({ reason, sealed }) => [reason, sealed === null])).toEqual([
        [null, true],
        ["ERASED", true],
        ["ERASED", true],
        [null, false],
      ]);
      await forget(person.subject);
      await worker.drain();
      expect(await house.words()).toEqual([]);
      expect((await second.lookAgain(SCHOOL, plan.traces)).hits).toBe(0);
    });
  });

  describe("what an unproved visitor says of themselves is answered by nothing that they see (DC)", () => {
    const know = () =>
      house.inUnit((unit) =>
        ports.support.known.note(unit, {
          ...{ controller: OTHER_SCHOOL, subject: "sub_z", origin: "outsideGar", role: "pupil" },
          words: [
            { kind: "givenName", value: "Wilhelmine" },
            { kind: "familyName", value: "Oustachev" },
            { kind: "email", value: "w.oustachev@ecole.example" },
          ],
        }),
      );

    it.each([
      [{ nickname: "Wilhelmine Oustachev" }, "unknown"],
      [{ nickname: "Wilhelmine Oustachov" }, "unknown"],
      [{ email: "w.oustachev@ecole.example" }, "hub"],
      [{ email: "v.oustachev@ecole.example" }, "unknown"],
    ])("%o: the conversation leaves when that of anybody unknown does", async (said, side) => {
      await know();
      desk.hold(sessionOf(1), { person: PERSON, ...said });
      await come(say("Bonjour", 1));
      expect(await onlyCase()).toMatchObject({ side, desk: "there" });
      await later(40);
      await come(say("Il y a quelqu’un ?", 2));
      await later(71);
      expect([await onlyCase(), atDesk()]).toMatchObject([{ desk: "there" }, 2]);
      await expect(answer((await onlyCase()).id)).rejects.toMatchObject({ code: "SUPPORT_WRITER_UNKNOWN" });
      await later(2);
      expect([await onlyCase(), atDesk()]).toMatchObject([{ desk: "gone" }, 0]);
    });

    it("an address that is told without a word goes after the same hours, known or not", async () => {
      await know();
      const told = (session: string, email: string) =>
        crispBody("session:set_email", { session_id: session, email }, { at: at() });
      desk.hold(sessionOf(1), { email: "w.oustachev@ecole.example" });
      desk.hold(sessionOf(2), { email: "v.oustachev@ecole.example" });
      await come(
        told(sessionOf(1), "w.oustachev@ecole.example"),
        told(sessionOf(2), "v.oustachev@ecole.example"),
      );
      await later(71);
      expect(desk.conversations.size).toBe(2);
      await later(2);
      expect(desk.conversations.size).toBe(0);
    });

    it("once a person has said who it is, what was only said waits no longer", async () => {
      await know();
      desk.hold(sessionOf(1), { email: "w.oustachev@ecole.example" });
      await come(say("Bonjour", 1));
      const { id } = await onlyCase();
      await house.inUnit((unit) =>
        assignWriter(unit, ports, { scope: "all", case: id, writer: { behindWall: "child" }, by: BY }),
      );
      await worker.drain();
      expect(await onlyCase()).toMatchObject({ side: "hub", desk: "gone" });
    });
  });

  describe("a token says who opened the widget, not who writes for months (DC)", () => {
    it("words that none covers stop answers, until a fresh one comes or a person says", async () => {
      const { person } = await teacherWrites();
      clock.advance(13 * HOUR);
      await come(say("bonjour je suis la et je comprend rien", 2));
      const unknown = await onlyCase();
      expect(unknown).toMatchObject({ side: "unknown", reason: "UNCOVERED", desk: "there" });
      await expect(answer(unknown.id)).rejects.toMatchObject({ code: "SUPPORT_WRITER_UNKNOWN" });
      const assigned = (writer: Parameters<typeof assignWriter>[2]["writer"]) =>
        house.inUnit((unit) => assignWriter(unit, ports, { scope: "all", case: unknown.id, writer, by: BY }));
      await expect(assigned(await house.person())).rejects.toMatchObject({ code: "SUPPORT_WRITER_KNOWN" });
      expect(await assigned(person)).toMatchObject({ side: "desk", desk: "there" });
      await come(say("encore moi", 3));
      expect(await onlyCase()).toMatchObject({ side: "unknown" });
      desk.hold(sessionOf(1), { person: PERSON, data: { preau: await ports.support.tokens.make(person) } });
      await come(say("Me revoilà", 4));
      expect(await onlyCase()).toMatchObject({ side: "desk", desk: "there", subject: person.subject });
      // An agent's words at the desk say nothing of who sits at the browser.
      clock.advance(13 * HOUR);
      const said = { type: "text", from: "operator", content: "Voici", fingerprint: 9, timestamp: at() };
      await come(crispBody("message:received", said, { at: at() }));
      expect(await onlyCase()).toMatchObject({ side: "desk", state: "answered" });
      await later(24 * 10);
      expect(await onlyCase()).toMatchObject({ desk: "there" });
    });
  });

  describe("an answer is said once (support-bridge 1)", () => {
    const posts = () => desk.asked.filter((each) => each.startsWith("POST")).length;
    const lost = (): AnswerPorts => {
      let units = 0;
      const transaction: AnswerPorts["unitOfWork"]["transaction"] = (work) => {
        units += 1;
        if (units > 1) throw new Error("killed");
        return house.ports.unitOfWork.transaction(work);
      };
      return { ...ports, unitOfWork: { ...house.ports.unitOfWork, transaction } };
    };

    it("killed between the desk's yes and our line, its echo or a look settles it", async () => {
      await teacherWrites();
      const { id } = await onlyCase();
      const one = await answer(id);
      const saying = { controller: SCHOOL, id: one.id, attempt: 1 };
      await expect(sayAnswer(lost(), house.options, saying)).rejects.toThrow("killed");
      expect(posts()).toBe(1);
      const { fingerprint } = JSON.parse(desk.told.at(-1)?.split("\n").at(-1) ?? "{}") as {
        fingerprint: number;
      };
      const echo = { type: "text", from: "operator", content: "Rechargez la page.", fingerprint };
      await post(crispBody("message:received", { ...echo, timestamp: at() }, { at: at() }));
      await house.worker.drain();
      expect((await house.words()).map(({ state }) => state)).toEqual(["kept", "sent"]);
      await worker.drain();
      expect(posts()).toBe(1);
      const two = await answer(id, "p2");
      await expect(sayAnswer(lost(), house.options, { ...saying, id: two.id })).rejects.toThrow("killed");
      await sayAnswer(ports, house.options, { ...saying, id: two.id, attempt: 2 });
      expect(posts()).toBe(2);
      expect((await house.words()).map(({ state }) => state)).toEqual(["kept", "sent", "sent"]);
    });
  });
};

describe("what holds a case on SQLite", () => {
  open("sqlite");
  suite();
});
describeOnMariaDb("what holds a case on MariaDB", () => {
  open("mariadb");
  suite();
});
