import {
  controllerId,
  type KnownPerson,
  type KnownPersons,
  type PersonWord,
  type SubjectId,
  type UnitOfWork,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, setUp } from "./bench.ts";

export interface KnownPersonsBench extends Closable {
  readonly unitOfWork: UnitOfWork;
  readonly knownPersons: KnownPersons;
}

const ACACIAS = controllerId("lycee-des-acacias");
const TILLEULS = controllerId("ecole-des-tilleuls");
const ZOE: SubjectId = "sub_zoe";
const ESOPE: SubjectId = "sub_esope";

/** Somebody of the GAR: whoever implements it decides whom it knows, and nobody lets those pass. */
const zoe: KnownPerson & { readonly words: readonly [PersonWord, ...PersonWord[]] } = {
  ...{ controller: ACACIAS, subject: ZOE, origin: "gar", role: "teacher" },
  words: [
    { kind: "givenName", value: "Zoé" },
    { kind: "familyName", value: "D’Alençon" },
    { kind: "email", value: "zoe.dalencon@acacias.example" },
    { kind: "number", value: "7b1f99c02d5544aa" },
  ],
};

/** What every keeper of known persons owes. @clause DC */
export function knownPersonsContract(
  title: string,
  make: () => KnownPersonsBench | Promise<KnownPersonsBench>,
): void {
  const setUpPersons = async () => {
    const bench = await setUp(make);
    const { unitOfWork, knownPersons } = bench;
    return {
      ...bench,
      note: (person: Parameters<KnownPersons["note"]>[1]) =>
        unitOfWork.transaction((unit) => knownPersons.note(unit, person)),
      names: (text: string, controller = ACACIAS) =>
        unitOfWork.transaction((unit) => knownPersons.isNamed(unit, controller, text)),
      forget: (subject: SubjectId, controller = ACACIAS) =>
        unitOfWork.transaction((unit) => knownPersons.forget(unit, controller, subject)),
    };
  };

  describe(`${title}: who must not be known elsewhere is known again (DC)`, () => {
    it("by a whole name in either order, without case or accents, by an address, by a number", async () => {
      const { note, names } = await setUpPersons();
      await note(zoe);
      for (const text of [
        "Bonjour, ici Zoé D’Alençon.",
        "D'ALENCON Zoe ne peut plus se connecter",
        "écrire à zoe.dalencon@acacias.example svp",
        "identifiant 7b1f99c02d5544aa",
      ])
        expect(await names(text), text).toBe(true);
    });

    it("nobody else is", async () => {
      const { note, names } = await setUpPersons();
      await note(zoe);
      for (const text of ["Bonjour, ici Ésope Valmont.", "esope@acacias.example", "7b1f99c02d5544ab", ""])
        expect(await names(text), text).toBe(false);
    });

    it("at its own controller alone", async () => {
      const { note, names } = await setUpPersons();
      await note(zoe);
      expect(await names("Zoé D’Alençon", TILLEULS)).toBe(false);
    });

    it("noted twice is noted once, and another name adds to the first", async () => {
      const { note, names, forget } = await setUpPersons();
      await note(zoe);
      await note(zoe);
      await note({ ...zoe, words: [zoe.words[0], { kind: "familyName", value: "Rosmadec" }] });
      expect(await names("Zoé Rosmadec")).toBe(true);
      expect(await names("Zoé D’Alençon")).toBe(true);
      await forget(ZOE);
      expect(await names("Zoé Rosmadec")).toBe(false);
    });

    it("forgotten for good, twice as once; others stay", async () => {
      const { note, names, forget } = await setUpPersons();
      await note(zoe);
      await note({
        ...zoe,
        subject: ESOPE,
        words: [
          { kind: "givenName", value: "Ésope" },
          { kind: "familyName", value: "Valmont" },
        ],
      });
      await forget(ZOE, TILLEULS);
      expect(await names("Zoé D’Alençon")).toBe(true);
      await forget(ZOE);
      await forget(ZOE);
      expect(await names("Zoé D’Alençon")).toBe(false);
      expect(await names("Esope VALMONT")).toBe(true);
    });

    it("not when the unit is rolled back", async () => {
      const { unitOfWork, knownPersons, names } = await setUpPersons();
      const unit = unitOfWork.transaction(async (open) => {
        await knownPersons.note(open, zoe);
        throw new RangeError("rolled back");
      });
      await expect(unit).rejects.toThrow(RangeError);
      expect(await names("Zoé D’Alençon")).toBe(false);
    });
  });
}
