import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { makeUnitOfWork } from "@preau/database";
import { controllerId, type Identifier, makeIds, type SubjectId, type Unit } from "@preau/kernel";
import { somePersons } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeSubjectDirectory, subjectsPersonalData } from "../src/index.ts";
import { describeKinds, type OpenDirectory, openDirectory } from "./open-directory.ts";

const [school, other] = [controllerId("college-1"), controllerId("college-2")];
const zoe: Identifier = { kind: "mail", value: "zoe.martin@college-1.example" };

describeKinds((kind) => {
  const setUp = async (): Promise<
    OpenDirectory & { inUnit: <T>(work: (unit: Unit) => Promise<T>) => Promise<T> }
  > => {
    const open = await openDirectory(kind);
    onTestFinished(open.close);
    return { ...open, inUnit: (work) => open.unitOfWork.transaction(work) };
  };

  describe("what is stored", () => {
    it("holds no identifier in clear, as plain SHA-256, or in base64, in any table or file", async () => {
      const { directory, inUnit, database } = await setUp();
      const persons = somePersons(20, 3);
      for (const { login, email, familyName } of persons) {
        await inUnit(async (unit) => {
          const subject = await directory.identify(unit, school, { kind: "login", value: login });
          await directory.link(unit, school, subject, { kind: "mail", value: email });
          await directory.identify(unit, school, { kind: "name", value: `${familyName} ${login}` });
        });
      }
      let stored = "";
      for (const table of ["sbj_subject", "sbj_identifier"]) {
        for (const row of (await database.knex(table).select()) as Record<string, unknown>[]) {
          for (const value of Object.values(row))
            stored += Buffer.isBuffer(value) ? value.toString("latin1") : String(value);
        }
      }
      if (database.dialect === "sqlite") {
        const folder = path.dirname(database.url.slice("sqlite:".length));
        for (const file of readdirSync(folder)) stored += readFileSync(path.join(folder, file), "latin1");
      }
      for (const { login, email } of persons) {
        for (const value of [login, email]) {
          const digest = createHash("sha256").update(value).digest();
          const forms = [
            value,
            digest.toString("hex"),
            digest.toString("latin1"),
            Buffer.from(value).toString("base64"),
          ];
          expect(forms.filter((form) => stored.includes(form))).toEqual([]);
        }
      }
    });

    it("gives one person another hash at each controller, and pads values to one length", async () => {
      const { directory, inUnit, database } = await setUp();
      await inUnit((unit) => directory.identify(unit, school, { kind: "mail", value: "a@b.example" }));
      await inUnit((unit) => directory.identify(unit, other, { kind: "mail", value: "a@b.example" }));
      await inUnit((unit) => directory.identify(unit, other, zoe));
      const rows = (await database.knex("sbj_identifier").select()) as { hash: string; sealed: Buffer }[];
      expect(new Set(rows.map(({ hash }) => hash)).size).toBe(3);
      expect(new Set(rows.map(({ sealed }) => sealed.length)).size).toBe(1);
    });

    it("refuses a sealed value that was moved to another row (KEYS_SEAL_BROKEN)", async () => {
      const { directory, inUnit, database } = await setUp();
      const subject = await inUnit(async (unit) => {
        const made = await directory.identify(unit, school, zoe);
        await directory.link(unit, school, made, { kind: "mail", value: "another@college-1.example" });
        return made;
      });
      const [one, two] = (await database.knex("sbj_identifier").orderBy("id")) as {
        id: string;
        sealed: Buffer;
      }[];
      await database.knex("sbj_identifier").where({ id: one!.id }).update({ sealed: two!.sealed });
      const read = inUnit((unit) => directory.identifiers(unit, school, subject));
      await expect(read).rejects.toMatchObject({ code: "KEYS_SEAL_BROKEN" });
    });

    it("gives back every text exactly, also what UTF-8 cannot hold", async () => {
      const { directory, inUnit } = await setUp();
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: "binary", maxLength: 200 }),
          fc.boolean(),
          async (text, broken) => {
            const value = broken ? `${text}\ud800` : text;
            const found = await inUnit(async (unit) => {
              const subject = await directory.identify(unit, school, { kind: "any", value });
              return directory.identifiers(unit, school, subject);
            });
            expect(found).toEqual([{ kind: "any", value }]);
          },
        ),
        { numRuns: 30 },
      );
    });
  });

  describe("forget (D12.2)", () => {
    it("destroys the subject's key once the unit has committed, and not when it rolls back", async () => {
      const { directory, inUnit, keyStore, database } = await setUp();
      const subject = await inUnit((unit) => directory.identify(unit, school, zoe));
      const scope = { controller: school, kind: "subject", id: subject } as const;
      await inUnit(async (unit) => {
        await directory.forget(unit, school, subject);
        throw new Error("no");
      }).catch(() => undefined);
      expect(await keyStore.destruction(scope)).toBeUndefined();
      expect(await inUnit((unit) => directory.identifiers(unit, school, subject))).toEqual([zoe]);

      await inUnit((unit) => directory.forget(unit, school, subject));
      await expect.poll(() => keyStore.destruction(scope)).toBeDefined();
      await expect.poll(async () => database.knex("sbj_key_to_destroy").select()).toEqual([]);
    });

    it("loses no key to destroy when the process ends between the two: the next start goes on", async () => {
      const { directory, inUnit, keyStore, database, clock } = await setUp();
      const subject = await inUnit((unit) => directory.identify(unit, school, zoe));
      const dying = { ...keyStore, destroy: () => Promise.reject(new Error("killed")) };
      const before = makeSubjectDirectory({ database, keyStore: dying, clock, ids: makeIds(clock) });
      await inUnit((unit) => before.forget(unit, school, subject));
      expect(await inUnit((unit) => before.find(unit, school, zoe))).toBeUndefined();
      expect(await database.knex("sbj_key_to_destroy").pluck("subject")).toEqual([subject]);

      expect(await directory.finishForgetting()).toBe(1);
      expect(await keyStore.destruction({ controller: school, kind: "subject", id: subject })).toBeDefined();
      expect(await directory.finishForgetting()).toBe(0);
    });

    it("lets nothing be linked to a forgotten, foreign or unknown subject (SUBJECT_UNKNOWN)", async () => {
      const { directory, inUnit, database } = await setUp();
      const [gone, foreign] = [
        await inUnit((unit) => directory.identify(unit, school, zoe)),
        await inUnit((unit) => directory.identify(unit, other, zoe)),
      ];
      await inUnit((unit) => directory.forget(unit, school, gone));
      for (const subject of [gone, foreign, "sub_00000000000000000000000000" as SubjectId]) {
        const link = inUnit((unit) => directory.link(unit, school, subject, { kind: "mail", value: "new" }));
        await expect(link).rejects.toMatchObject({ code: "SUBJECT_UNKNOWN" });
      }
      expect(await database.knex("sbj_identifier")).toHaveLength(1);
    });

    it("at the same time as linking leaves no identifier of a forgotten subject", async () => {
      const { directory, inUnit, database } = await setUp();
      for (let round = 0; round < 10; round += 1) {
        const subject = await inUnit((unit) =>
          directory.identify(unit, school, { kind: "n", value: `first ${round}` }),
        );
        await Promise.allSettled([
          inUnit((unit) => directory.link(unit, school, subject, { kind: "n", value: `second ${round}` })),
          inUnit((unit) => directory.forget(unit, school, subject)),
        ]);
      }
      expect(await database.knex("sbj_identifier").select()).toEqual([]);
    });
  });

  describe("as a store of personal data (D10.1a, D12.2)", () => {
    it("erases 210 subjects in chunks, each key destroyed", async () => {
      const { directory, inUnit, database, keyStore, clock } = await setUp();
      const { source } = subjectsPersonalData({ database, keyStore, clock });
      const subjects = await inUnit(async (unit) => {
        const made: SubjectId[] = [];
        for (let n = 0; n < 210; n += 1)
          made.push(await directory.identify(unit, school, { kind: "n", value: String(n) }));
        return made;
      });
      const targets = subjects.map((subject) => ({ subject, identifiers: [] }));
      const plan = await source.plan({ controller: school, subjects: targets, ground: "instruction" });
      const steps = [];
      for await (const step of source.erase(plan)) steps.push([step.table, step.erased]);
      expect(steps).toEqual(
        [200, 10].flatMap((n) => [
          ["sbj_identifier", n],
          ["sbj_subject", n],
        ]),
      );
      expect(
        await keyStore.destruction({ controller: school, kind: "subject", id: subjects[209]! }),
      ).toBeDefined();
      expect(await database.knex("sbj_key_to_destroy").select()).toEqual([]);
    });

    it("corrects no identifier into another person's, and none of a kind that stands twice", async () => {
      const { directory, inUnit, database, keyStore, clock } = await setUp();
      const { source } = subjectsPersonalData({ database, keyStore, clock });
      const subject = await inUnit((unit) => directory.identify(unit, school, zoe));
      await inUnit((unit) =>
        directory.identify(unit, school, { kind: "mail", value: "taken@college-1.example" }),
      );
      const rectify = (value: string) =>
        source.rectify({
          controller: school,
          subject: { subject, identifiers: [] },
          changes: [{ where: "sbj_identifier", field: "mail", value }],
        });
      expect(await rectify("taken@college-1.example")).toMatchObject({ changed: 0, refused: [{}] });
      expect(await rectify("new@college-1.example")).toEqual({ changed: 1, refused: [] });
      expect(await inUnit((unit) => directory.find(unit, school, zoe))).toBeUndefined();
      expect(
        await inUnit((unit) => directory.find(unit, school, { ...zoe, value: "new@college-1.example" })),
      ).toBe(subject);
      await inUnit((unit) => directory.link(unit, school, subject, { kind: "mail", value: "second" }));
      expect(await rectify("third")).toMatchObject({ changed: 0, refused: [{}] });
    });

    it("is found again by the second look through the hash, though its subject is another", async () => {
      const { directory, inUnit, database, keyStore, clock } = await setUp();
      const { source, second } = subjectsPersonalData({ database, keyStore, clock });
      const subject = await inUnit((unit) =>
        directory.identify(unit, school, { kind: "moodle.user", value: "210" }),
      );
      const targets = [{ subject, identifiers: [] }];
      const { traces } = await source.plan({ controller: school, subjects: targets, ground: "instruction" });
      await inUnit((unit) => directory.forget(unit, school, subject));
      await directory.finishForgetting();
      expect((await second.lookAgain(school, traces)).hits).toBe(0);
      await inUnit((unit) => directory.identify(unit, school, { kind: "moodle.user", value: "210" }));
      expect((await second.lookAgain(school, traces)).where).toEqual([
        { place: "sbj_identifier.hash", hits: 1 },
      ]);
    });
  });

  it("works beside other units of the same database", async () => {
    const { directory, database } = await setUp();
    const units = makeUnitOfWork(database);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        units.transaction((unit) => directory.identify(unit, school, { kind: "n", value: String(n % 5) })),
      ),
    );
    expect(new Set(all).size).toBe(5);
  });
});
