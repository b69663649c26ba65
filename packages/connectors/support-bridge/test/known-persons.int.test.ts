import { databaseMigrations, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { controllerId, makeIds, manualClock, type SubjectId } from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { describeEachDatabase, knownPersonsContract, seededChance } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { makeKnownPersons } from "../src/known-persons.ts";
import { makeWall } from "../src/make-wall.ts";
import { supportBridgeMigrations } from "../src/migrations/index.ts";
import { messageNaming, walledPerson } from "./wall-fuzz.ts";

const ACACIAS = controllerId("lycee-des-acacias");
const CASES = Number(process.env["PREAU_WALL_CASES"] ?? 5_000);
const SEED = Number(process.env["PREAU_WALL_SEED"] ?? 20_261_127);

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
});

describe("the wall over fuzzed identities and messages (DC)", () => {
  it(`lets no known identifier out of ${CASES} messages, seed ${SEED}`, async () => {
    const house = await openHouse({ url: "sqlite::memory:" });
    const { vault, unitOfWork } = house;
    const random = seededChance(SEED);
    const known = makeKnownPersons({ vault, mayBeKnown: ({ origin, role }) => mayBeKnown(origin, role) });
    const wall = makeWall({
      known,
      gate: undefined as never,
      subjects: undefined as never,
      terms: { recipient: "supportDesk", purpose: "support", category: "supportRequests" },
    });
    const persons = Array.from({ length: 120 }, () => walledPerson(random));
    await unitOfWork.transaction(async (unit) => {
      for (const [index, { origin, role, words }] of persons.entries()) {
        const subject: SubjectId = `sub_${index}`;
        await known.note(unit, { controller: ACACIAS, subject, origin, role, words });
      }
    });
    const leaks: string[] = [];
    let carried = 0;
    for (let at = 0; at < CASES; at += 250)
      await unitOfWork.transaction(async (unit) => {
        for (let each = at; each < Math.min(CASES, at + 250); each += 1) {
          const { text, fileNames, carries } = messageNaming(random, persons);
          const whole = [text, ...fileNames].join("\n");
          const masked = await wall.mask(unit, whole, { scope: ACACIAS, language: "fr" });
          const left = await wall.search(
            unit,
            ACACIAS,
            Buffer.from(JSON.stringify({ content: masked.text })),
          );
          if (left.length > 0) leaks.push(`case ${each}: ${left.join(" ")} after masking`);
          for (const { written, kind, disguises } of carries) {
            carried += 1;
            if (masked.text.includes(written))
              leaks.push(`case ${each}: ${kind} ${disguises.join("+")} ${written}`);
          }
          const names = carries.filter(({ kind }) => kind !== "birthDate");
          if (names.length === 0) continue;
          const raw = await wall.search(unit, ACACIAS, Buffer.from(JSON.stringify({ content: whole })));
          if (raw.length === 0)
            leaks.push(
              `case ${each}: the guard saw nothing: ${names.map(({ written }) => written).join(" | ")}`,
            );
        }
      });
    await house.close();
    expect(leaks.slice(0, 20)).toEqual([]);
    expect(carried).toBeGreaterThan(CASES / 2);
  }, 600_000);
});

function mayBeKnown(origin: string, role: string): boolean {
  return origin === "outsideGar" && (role === "teacher" || role === "administrator");
}
