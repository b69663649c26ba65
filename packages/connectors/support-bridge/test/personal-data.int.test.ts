/** The suite that every store of personal data passes, on both databases: the bridge's own tables, and the desk. @clause D10.1a, D12.2 */
import { manualClock, type SubjectId, type SubjectTarget } from "@preau/kernel";
import {
  type DatabaseKind,
  freshDatabase,
  type InventedPerson,
  mariaDbSkipReason,
  personalDataSourceContract,
} from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerCase, sayAnswer } from "../src/answer-case.ts";
import { openCase } from "../src/case-open.ts";
import { casePersonalData } from "../src/case-personal-data.ts";
import { sealReferences } from "../src/case-seal.ts";
import { addWords } from "../src/case-words.ts";
import { deskPersonalData } from "../src/desk-personal-data.ts";
import { accountOwner } from "../src/known-owner.ts";
import { showCase } from "../src/show-case.ts";
import { type StoredCase, updateCase } from "../src/store/cases.ts";
import {
  type HouseDatabases,
  OTHER_SCHOOL,
  openHouseDatabases,
  openSupportHouse,
  type Row,
  SCHOOL,
  type SupportHouse,
  sessionOf,
} from "./support-house.ts";
import { startTinyDesk, type TinyDesk } from "./tiny-desk.ts";

const kinds: readonly DatabaseKind[] = mariaDbSkipReason() === undefined ? ["sqlite", "mariadb"] : ["sqlite"];
const profileOf = (number: number) => sessionOf(number).slice("session_".length);

for (const kind of kinds)
  describe(`on ${kind}`, () => {
    let fresh: Awaited<ReturnType<typeof freshDatabase>>;
    let databases: HouseDatabases;
    let house: SupportHouse;
    let desk: TinyDesk;
    let persons = 0;

    beforeAll(async () => {
      fresh = await freshDatabase(kind);
      databases = await openHouseDatabases(fresh.url);
      desk = await startTinyDesk();
      house = await openSupportHouse(databases, manualClock(), {
        ...{ api: desk.url, identifier: "invented", key: "invented" },
      });
    }, 120_000);
    afterAll(async () => {
      await house.close();
      await desk.close();
      await Promise.all([databases.database.close(), databases.keysDatabase.close()]);
      await fresh.remove();
    });

    const wipe = async () => {
      await house.wipe();
      desk.wipe();
      persons = 0;
    };
    /** A conversation in which somebody asked for a right, so that it still stands as it was written. */
    const write = (subject: SubjectId, conversation: number, text: string): Promise<StoredCase> =>
      house.inUnit(async (unit) => {
        const at = house.ports.clock.now();
        const found = await openCase(
          unit,
          house.ports,
          { source: "crisp", conversation: sessionOf(conversation), person: profileOf(conversation) },
          {
            ...{ at, language: "fr" },
            identity: {
              person: {
                controller: SCHOOL,
                product: "plume",
                origin: "outsideGar",
                role: "teacher",
                subject,
              },
              judged: { side: "desk", reason: "ALLOWED", clause: "DC" },
            },
          },
        );
        await addWords(unit, house.ports, found.line, {
          ...{ from: "person", key: text, receivedAt: at, at, text, files: 1, isChange: false },
        });
        return found;
      });
    const asks = (email: string) => `Je veux une copie de toutes mes données, écrivez à ${email}. Merci.`;
    const populate = async (person: InventedPerson): Promise<SubjectTarget> => {
      persons += 1;
      const { subject } = await house.person();
      for (const number of [persons * 10, persons * 10 + 1]) {
        const who = { person: profileOf(number), nickname: person.givenName, email: person.email };
        desk.hold(sessionOf(number), who);
        await write(subject, number, asks(person.email));
      }
      const login = { kind: "login", value: person.login };
      const words = [
        { kind: "email", value: person.email },
        { kind: "familyName", value: person.familyName },
        { kind: "givenName", value: person.givenName },
      ] as const;
      await house.inUnit(async (unit) => {
        const known = { controller: SCHOOL, origin: "gar", role: "pupil", words } as const;
        await house.ports.support.known.note(unit, { ...known, subject });
        const owner = await accountOwner(house.ports.vault, SCHOOL, login);
        await house.ports.support.known.noteAs(unit, owner, known);
      });
      return { subject, identifiers: [login, { kind: "mail", value: person.email }] };
    };
    const rows = async (table: string, key: (row: Row) => string) =>
      new Map(
        (await databases.database.knex(table).select<Row[]>()).map(
          (row) => [key(row), JSON.stringify({ ...row, restricted_at: null })] as const,
        ),
      );
    const bench = { controller: SCHOOL, otherController: OTHER_SCHOOL, close: async () => undefined };

    personalDataSourceContract(`cases on ${kind}`, async () => {
      await wipe();
      const { knex, dialect } = databases.database;
      return {
        ...bench,
        ...casePersonalData(house.ports, house.options),
        populate,
        relate: async ({ subject }, { person }) => {
          await write(
            subject,
            90,
            asks(`${person.email}, ou appelez ${person.givenName} ${person.familyName}`),
          );
        },
        snapshot: async () =>
          new Map([
            ["spt_case", await rows("spt_case", ({ id }) => String(id))],
            ["spt_words", await rows("spt_words", ({ id }) => String(id))],
            [
              "spt_known_word",
              await rows("spt_known_word", ({ owner, hash }) => `${String(owner)} ${String(hash)}`),
            ],
          ]),
        plant: async (text) => {
          await knex("spt_words").insert({
            ...{ id: "spw_planted", controller: SCHOOL, case_id: "sup_planted", author: "agent" },
            ...{ key_hash: "planted", received_at: house.ports.clock.now(), state: "kept", masked: "{}" },
            ...{ files: 0, proposal: "none", matters: text },
          });
        },
        breakWrites: async () => {
          await knex.raw(
            dialect === "sqlite"
              ? "create trigger no_delete before delete on spt_case begin select raise(abort, 'no'); end"
              : "create trigger no_delete before delete on spt_case for each row signal sqlstate '45000'",
          );
          return async () => {
            await knex.raw("drop trigger no_delete");
          };
        },
      };
    });

    personalDataSourceContract(`the desk on ${kind}`, async () => {
      await wipe();
      const { client } = house.ports.support;
      if (client === undefined) throw new TypeError("no client");
      const who = new Map<string, number>();
      return {
        ...bench,
        ...deskPersonalData(house.ports, client, { ...house.options, hours: 0 }),
        populate: async (person) => {
          const target = await populate(person);
          who.set(person.email, persons * 10);
          return target;
        },
        snapshot: async () =>
          new Map([
            [
              "desk.conversation",
              new Map([...desk.conversations].map(([id, held]) => [id, JSON.stringify(held)])),
            ],
            ["desk.person", new Map([...desk.people].map((id) => [id, id]))],
          ]),
        // The desk brings back what it said was gone.
        plant: async (text) => {
          for (const [email, number] of who)
            if (text.includes(email)) desk.conversations.set(sessionOf(number), { email });
        },
        breakWrites: async () => {
          desk.setMood("refuses");
          return async () => desk.setMood("well");
        },
      };
    });

    it("a restricted person's case is neither shown nor answered, and an answer that waited leaves once that is lifted (D10.1a)", async () => {
      await wipe();
      const { subject } = await house.person();
      const target = { subject, identifiers: [] };
      desk.hold(sessionOf(1), {});
      const { line } = await write(subject, 1, "Le cahier ne s’ouvre plus.");
      const answer = (press: string) =>
        house.inUnit((unit) =>
          answerCase(unit, { ...house.ports, gate: house.gate }, house.options, {
            ...{ scope: SCHOOL, case: line.id, text: "Rechargez la page.", press, by: { role: "support" } },
          }),
        );
      const waiting = await answer("one");
      const { source } = casePersonalData(house.ports, house.options);
      await source.restrict(SCHOOL, target);
      const ports = { ...house.ports, gate: house.gate };
      const say = () => sayAnswer(ports, house.options, { controller: SCHOOL, id: waiting.id, attempt: 1 });
      await say();
      expect(await house.words()).toMatchObject([{}, { state: "queued" }]);
      await expect(answer("two")).rejects.toMatchObject({ code: "SOURCE_SUBJECT_RESTRICTED" });
      const shown = await house.inUnit((unit) =>
        showCase(unit, ports, house.options, { scope: SCHOOL, id: line.id }),
      );
      expect(shown).toMatchObject({ withheld: { reason: "RESTRICTED", clause: "D10.1a" } });
      expect(shown?.words.every(({ said }) => said === undefined)).toBe(true);
      await source.lift(SCHOOL, target);
      await say();
      expect(await house.words()).toMatchObject([{}, { state: expect.not.stringMatching("queued") }]);
    });

    it("a desk that is silent keeps nobody from being planned elsewhere, and what it does not lead to is told (D12.2)", async () => {
      await wipe();
      const { client } = house.ports.support;
      if (client === undefined) throw new TypeError("no client");
      const { source } = deskPersonalData(house.ports, client, { ...house.options, hours: 0 });
      const { subject } = await house.person();
      const { line } = await write(subject, 1, "Le cahier ne s’ouvre plus.");
      const forgetProfile = () =>
        house.inUnit(async (unit) =>
          updateCase(unit, line, {
            sealed: await sealReferences(house.ports, line, { conversation: sessionOf(1) }),
          }),
        );
      const planned = () =>
        source.plan({
          ...{ controller: SCHOOL, ground: "retention" },
          subjects: [{ subject, identifiers: [] }],
        });
      const counts = async () => (await planned()).tables.map(({ erased }) => erased);
      desk.hold(sessionOf(1), { person: profileOf(1), email: "zoe@college.example" });
      desk.setMood("silent");
      expect(await counts()).toEqual([1, 1]);
      expect((await planned()).notCovered).toEqual([]);
      await forgetProfile();
      const late = await planned();
      expect(late.tables.map(({ erased }) => erased)).toEqual([1, 0]);
      expect(late.notCovered).toMatchObject([{ what: "desk.person: the profile of 1 conversation(s)" }]);
      desk.setMood("well");
      expect(await counts()).toEqual([1, 1]);
      // An agent deleted the conversation there: nothing leads to the profile.
      const held = desk.conversations.get(sessionOf(1));
      desk.conversations.delete(sessionOf(1));
      expect(await counts()).toEqual([0, 0]);
      expect((await planned()).notCovered).toHaveLength(1);
      // What was planned while it was silent asks again, and takes the profile along.
      desk.conversations.set(sessionOf(1), held ?? {});
      for await (const { erased } of source.erase(late)) expect(erased).toBe(1);
      expect([desk.conversations.size, desk.people.size]).toEqual([0, 0]);
    });

    it("a profile that stayed when its conversation went is found, and a copy says what of the desk is not in it (D10.1a)", async () => {
      await wipe();
      const { client } = house.ports.support;
      if (client === undefined) throw new TypeError("no client");
      const { source } = deskPersonalData(house.ports, client, { ...house.options, hours: 0 });
      const { subject } = await house.person();
      const { line } = await write(subject, 1, "Le cahier ne s’ouvre plus.");
      desk.people.add(profileOf(1));
      await house.inUnit((unit) => updateCase(unit, line, { desk: "gone" }));
      const plan = await source.plan({
        ...{ controller: SCHOOL, ground: "retention" },
        subjects: [{ subject, identifiers: [] }],
      });
      expect(plan.tables.map(({ erased }) => erased)).toEqual([0, 1]);
      const given = [];
      for await (const { row } of source.collect({
        ...{ controller: SCHOOL, subject: { subject, identifiers: [] }, others: "withhold" },
      }))
        given.push(row);
      expect(given).toEqual([{ profile: profileOf(1), notGiven: ["data", "segments", "events"] }]);
    });
  });
