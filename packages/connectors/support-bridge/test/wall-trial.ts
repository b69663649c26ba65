/**
 * The wall tried on invented persons: what is masked holds none of them in any disguise, and the guard sees each that is not masked.
 * One seed is one trial; a failure tells its case. @clause DC
 */
import { databaseMigrations, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { type ControllerId, controllerId, makeIds, manualClock } from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { messageNaming, seededChance, type WalledPerson, walledPerson } from "@preau/testing";
import { makeKnownPersons } from "../src/known-persons.ts";
import { makeWall } from "../src/make-wall.ts";
import { supportBridgeMigrations } from "../src/migrations/index.ts";
import type { Wall, WallScope } from "../src/wall.ts";

export const TRIED = controllerId("lycee-des-acacias");
const TOGETHER = 250;

/** A wall over an empty database in memory; whom the desk may have, nobody notes. */
export async function openWall({ url = "sqlite::memory:" }: { readonly url?: string } = {}) {
  const clock = manualClock();
  const ids = makeIds(clock);
  const database = await openDatabase({ url });
  const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    { owner: "support-bridge", migrations: supportBridgeMigrations },
  ]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const unitOfWork = makeUnitOfWork(database);
  const known = makeKnownPersons({
    vault,
    mayBeKnown: ({ origin, role }) =>
      origin === "outsideGar" && (role === "teacher" || role === "administrator"),
  });
  const wall = makeWall({
    ...{ clock, known, gate: undefined as never, subjects: undefined as never },
    terms: { recipient: "supportDesk", purpose: "support", category: "supportRequests" },
  });
  return {
    ...{ database, known, unitOfWork, vault, wall },
    note: (controller: ControllerId, persons: readonly WalledPerson[]) =>
      unitOfWork.transaction(async (unit) => {
        for (const [index, { origin, role, words }] of persons.entries())
          await known.note(unit, { controller, subject: `sub_${index}`, origin, role, words });
      }),
    close: async () => {
      vault.close();
      await Promise.all([database.close(), keysDatabase.close()]);
    },
  };
}

export interface Trial {
  readonly seed: number;
  readonly cases: number;
  readonly persons?: number;
  /** `all`: as of a text of which nobody knows whose it is. */
  readonly scope?: WallScope;
  /** In the place of the wall's own masking: a test breaks it. */
  readonly mask?: Pick<Wall, "mask">;
}

export interface Tried {
  /** What left, what the guard did not see, what it refused after masking: one line each. */
  readonly leaks: readonly string[];
  /** Identifiers that must not leave, and how many of them were in disguise. */
  readonly carried: number;
  readonly disguised: number;
  /** Messages with a known identifier in them; the guard saw as many. */
  readonly seen: number;
}

export async function tryWall({
  seed,
  cases,
  persons: many = 120,
  scope = TRIED,
  mask,
}: Trial): Promise<Tried> {
  const house = await openWall();
  const { unitOfWork, wall } = house;
  const random = seededChance(seed);
  const persons = Array.from({ length: many }, () => walledPerson(random));
  await house.note(TRIED, persons);
  const leaks: string[] = [];
  let [carried, disguised, seen] = [0, 0, 0];
  const maskIt: Wall["mask"] = (...all) => (mask ?? wall).mask(...all);
  const sees = async (unit: Parameters<Wall["search"]>[0], content: string) =>
    (await wall.search(unit, scope, Buffer.from(JSON.stringify({ content })))).join(" ");
  for (let at = 0; at < cases; at += TOGETHER)
    await unitOfWork.transaction(async (unit) => {
      for (let each = at; each < Math.min(cases, at + TOGETHER); each += 1) {
        const tell = (what: string) => leaks.push(`seed ${seed}, case ${each}: ${what}`);
        const { text, fileNames, carries } = messageNaming(random, persons);
        const whole = [text, ...fileNames].join("\n");
        const masked = await maskIt(unit, whole, { scope, language: "fr" });
        const left = await sees(unit, masked.text);
        if (left !== "") tell(`${left} after masking`);
        for (const { written, kind, disguises } of carries) {
          carried += 1;
          if (disguises.length > 0) disguised += 1;
          if (masked.text.includes(written)) tell(`${kind} ${disguises.join("+")} ${written}`);
        }
        const names = carries.filter(({ kind }) => kind !== "birthDate");
        if (names.length === 0) continue;
        if ((await sees(unit, whole)) !== "") seen += 1;
        else tell(`the guard saw nothing of ${names.map(({ written }) => written).join(" | ")}`);
      }
    });
  await house.close();
  return { leaks, carried, disguised, seen };
}
