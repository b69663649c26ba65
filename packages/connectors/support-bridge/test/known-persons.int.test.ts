import { databaseMigrations, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { controllerId, makeIds, manualClock } from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { describeEachDatabase, knownPersonsContract, seededChance, walledPerson } from "@preau/testing";
import { expect, it } from "vitest";
import { makeKnownPersons } from "../src/known-persons.ts";
import { supportBridgeMigrations } from "../src/migrations/index.ts";

const ACACIAS = controllerId("lycee-des-acacias");

async function openHouse({ url }: { readonly url: string }) {
  const clock = manualClock();
  const ids = makeIds(clock);
  const [database, keysDatabase] = [
    await openDatabase({ url }),
    await openDatabase({ url: "sqlite::memory:" }),
  ];
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    { owner: "support-bridge", migrations: supportBridgeMigrations },
  ]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const unitOfWork = makeUnitOfWork(database);
  return {
    ...{ database, vault, unitOfWork },
    close: async () => {
      vault.close();
      await Promise.all([database.close(), keysDatabase.close()]);
    },
  };
}

describeEachDatabase("known persons", openHouse, (fresh, kind) => {
  knownPersonsContract(`known persons on ${kind}`, async () => {
    const { vault, unitOfWork } = await fresh();
    return { unitOfWork, knownPersons: makeKnownPersons({ vault }) };
  });

  it("what one replica notes, and what goes, binds the next question of another (DC)", async () => {
    const { vault, unitOfWork } = await fresh();
    const [one, other] = [makeKnownPersons({ vault }), makeKnownPersons({ vault })];
    const person = walledPerson(seededChance(3), "garPupil");
    const { origin, role, words } = person;
    const names = `${person.familyName} ${person.givenName}`;
    const asks = (scope: typeof ACACIAS | "all") =>
      unitOfWork.transaction(async (unit) => (await other.find(unit, scope, `de ${names} hier`)).length > 0);
    expect(await asks(ACACIAS)).toBe(false);
    await unitOfWork.transaction((unit) =>
      one.note(unit, { controller: ACACIAS, subject: "sub_1", origin, role, words }),
    );
    expect(await asks(ACACIAS)).toBe(true);
    expect(await asks("all")).toBe(true);
    await unitOfWork.transaction((unit) => one.forget(unit, ACACIAS, "sub_1"));
    expect(await asks(ACACIAS)).toBe(false);
    expect(await asks("all")).toBe(false);
  });

  it("no word of anybody stands in the tables (DC)", async () => {
    const { database, vault, unitOfWork } = await fresh();
    const known = makeKnownPersons({ vault });
    const { origin, role, words } = walledPerson(seededChance(5), "garTeacher");
    await unitOfWork.transaction((unit) =>
      known.note(unit, { controller: ACACIAS, subject: "sub_1", origin, role, words }),
    );
    const rows = await database.knex("spt_known_word").select<{ hash: string }[]>();
    expect(rows.length).toBeGreaterThan(3);
    const resting = JSON.stringify(rows).toLowerCase();
    for (const { value } of words) expect(resting).not.toContain(value.toLowerCase());
  });

  it("what a unit that is taken back had noted is known to nobody, and what is noted after it is (DC)", async () => {
    const { vault, unitOfWork } = await fresh();
    const known = makeKnownPersons({ vault });
    const noteIn = async (unit: Parameters<typeof known.note>[0], of: string, value: string) =>
      known.note(unit, {
        ...{ controller: ACACIAS, subject: `sub_${of}`, origin: "gar", role: "pupil" },
        words: [{ kind: "fullName", value }],
      });
    const isKnown = (value: string) =>
      unitOfWork.transaction((unit) => known.isNamed(unit, ACACIAS, `hier ${value} a écrit`));
    const undone = unitOfWork.transaction(async (unit) => {
      await noteIn(unit, "1", "Zoé Oustachev");
      expect(await known.isNamed(unit, ACACIAS, "de Zoé Oustachev")).toBe(true);
      throw new RangeError("taken back");
    });
    await expect(undone).rejects.toThrow("taken back");
    await unitOfWork.transaction((unit) => noteIn(unit, "2", "Ilan Wrobelski"));
    expect([await isKnown("Ilan Wrobelski"), await isKnown("Zoé Oustachev")]).toEqual([true, false]);
  });
});
