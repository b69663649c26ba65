/** A store that is not there takes nobody's words along (DC). */
import { type Identifier, makeIds, manualClock, type RegisteredSource } from "@preau/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountOwner } from "../src/known-owner.ts";
import { surveyKnownPersons } from "../src/survey-known-persons.ts";
import { openWall, TRIED } from "./wall-trial.ts";

let wall: Awaited<ReturnType<typeof openWall>>;
const clock = manualClock();
beforeAll(async () => {
  wall = await openWall();
});
afterAll(() => wall.close());

/** A store of accounts of pupils, each under their family name. */
function store(id: string, accounts: ReadonlyMap<string, string>): RegisteredSource {
  const identifierOf = (value: string): Identifier => ({ kind: `${id}.user`, value });
  return {
    source: {
      describe: () => ({ id }),
      plan: async ({
        subjects,
      }: {
        subjects: readonly { subject: string; identifiers: readonly Identifier[] }[];
      }) => ({
        traces: {
          subjects: subjects.map(({ subject, identifiers: [identifier] }) => ({
            ...{ subject, references: [] },
            texts: [{ kind: "name", value: accounts.get(identifier?.value ?? "") ?? "" }],
          })),
        },
      }),
    },
    lifecycle: {
      accounts: async () => ({
        accounts: [...accounts.keys()].map((value) => ({
          ...{ identifier: identifierOf(value), origin: "gar", role: "pupil" },
        })),
      }),
    },
  } as unknown as RegisteredSource;
}

it("the survey forgets whom a store that answered has no more, and nobody of a store that is away or empty (DC)", async () => {
  const { known, unitOfWork, vault } = wall;
  const survey = (...stores: readonly RegisteredSource[]) =>
    surveyKnownPersons(
      {
        ...{ clock, known, unitOfWork, vault, mayBeKnown: () => false },
        sources: new Map(stores.map((each) => [each.source.describe().id, each])),
      },
      TRIED,
    );
  const isKnown = (name: string) =>
    unitOfWork.transaction((unit) => known.isNamed(unit, TRIED, `hier ${name} a écrit`));
  const [zoe, ilan, maud] = ["Zoé Oustachev", "Ilan Wrobelski", "Maud Quévremont"] as const;
  const lms = store(
    "lms",
    new Map([
      ["1", zoe],
      ["2", ilan],
    ]),
  );
  const library = store("library", new Map([["1", maud]]));
  await survey(lms, library);
  expect([await isKnown(zoe), await isKnown(ilan), await isKnown(maud)]).toEqual([true, true, true]);
  for (const away of [[], [library], [store("lms", new Map()), library]]) {
    expect((await survey(...away)).gone).toBe(0);
    expect(await isKnown(zoe)).toBe(true);
  }
  expect((await survey(store("lms", new Map([["2", ilan]])))).gone).toBeGreaterThan(0);
  expect([await isKnown(zoe), await isKnown(ilan), await isKnown(maud)]).toEqual([false, true, true]);
});

it("words that were noted before it was kept of which store they are become that store's, and go with it (DC)", async () => {
  const { database, known, unitOfWork, vault } = wall;
  const one = { kind: "old.user", value: makeIds(clock).next("acc") };
  const other = { kind: "old.user", value: makeIds(clock).next("acc") };
  const of = { controller: TRIED, origin: "gar", role: "pupil" } as const;
  const name = (value: string) => [{ kind: "fullName", value }] as const;
  await unitOfWork.transaction(async (unit) => {
    const note = async (account: Identifier, value: string) =>
      known.noteAs(unit, await accountOwner(vault, TRIED, account), { ...of, words: name(value) });
    await note(one, "Anaïs Verkhovine");
    await note(other, "Basile Dumontreux");
  });
  const survey = (accounts: ReadonlyMap<string, string>) =>
    surveyKnownPersons(
      {
        ...{ clock, known, unitOfWork, vault, mayBeKnown: () => false },
        sources: new Map([["old", store("old", accounts)]]),
      },
      TRIED,
    );
  const both = new Map([
    [one.value, "Anaïs Verkhovine"],
    [other.value, "Basile Dumontreux"],
  ]);
  expect((await survey(both)).gone).toBe(0);
  const rows = await database.knex("spt_known_word").whereNull("store").select();
  expect(rows).toEqual([]);
  both.delete(one.value);
  expect((await survey(both)).gone).toBeGreaterThan(0);
});
