import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkSubscription,
  type KnownSchools,
  needsSchools,
} from "../../src/subscriptions/check-subscription.ts";
import { audienceLicences, licencesOf, type Subscription } from "../../src/subscriptions/subscription.ts";
import { subscription, validSubscription } from "./some-subscription.ts";

const runs = { numRuns: 60 };

function without(given: Subscription, ...fields: readonly (keyof Subscription)[]): Subscription {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => !(fields as readonly string[]).includes(name)),
  ) as unknown as Subscription;
}

const refusedRules = (given: Subscription, schools?: KnownSchools) => [
  ...new Set(
    checkSubscription(given, schools)
      .filter(({ level }) => level === "refused")
      .map(({ rule }) => rule),
  ),
];

/** A licence field of an audience that is not meant; undefined when all four are. */
const otherLicences = ({ publicCible }: Subscription) =>
  audienceLicences.find((field) => !publicCible.includes(licencesOf[field]));

type Breaking = (valid: Subscription) => Subscription | undefined;

/** One rule broken at a time: what comes back breaks that rule and no other; undefined where it cannot be broken alone. */
const broken: Readonly<Record<string, readonly Breaking[]>> = {
  RG1: [
    (valid) =>
      valid.typeAffectation === "INDIV" ? without(valid, "nbLicenceGlobale", ...audienceLicences) : undefined,
    (valid) =>
      valid.typeAffectation === "INDIV" && valid.nbLicenceGlobale === undefined
        ? { ...valid, nbLicenceGlobale: 10 }
        : undefined,
    (valid) => (valid.nbLicenceGlobale === undefined ? undefined : { ...valid, nbLicenceGlobale: 0 }),
  ],
  RG2: [
    (valid) => without(valid, "uaiEtab", "codeNatureUAI"),
    (valid) => ({ ...valid, uaiEtab: ["0350042F"], codeNatureUAI: ["340"] }),
    (valid) => ({ ...without(valid, "codeNatureUAI"), uaiEtab: [] }),
  ],
  RG3: [
    (valid) => ({ ...valid, idDistributeurCom: "123456782" }),
    (valid) => ({ ...valid, idDistributeurCom: `${valid.idDistributeurCom}0` }),
    (valid) => ({ ...valid, idDistributeurCom: "" }),
  ],
  RG4: [
    (valid) => ({ ...valid, categorieAffectation: "non transferable" }),
    (valid) => ({ ...valid, typeAffectation: "indiv" }),
  ],
  RG5: [
    (valid) => {
      const field = otherLicences(valid);
      return field === undefined || valid.nbLicenceGlobale !== undefined
        ? undefined
        : { ...valid, [field]: 3 };
    },
  ],
  RG6: [
    (valid) => (valid.nbLicenceGlobale === undefined ? { ...valid, typeAffectation: "ETABL" } : undefined),
  ],
  RG7: [
    (valid) => ({ ...without(valid, "finValidite"), anneeFinValidite: "2004-2005" }),
    (valid) => ({ ...without(valid, "finValidite"), anneeFinValidite: "2068-2069" }),
    (valid) =>
      valid.anneeFinValidite === undefined
        ? undefined
        : { ...valid, anneeFinValidite: valid.anneeFinValidite.split("-").reverse().join("-") },
  ],
  RG8: [
    (valid) => ({ ...without(valid, "anneeFinValidite"), finValidite: valid.debutValidite }),
    (valid) => ({ ...without(valid, "anneeFinValidite"), finValidite: "2068-01-01T00:00:00" }),
  ],
  RG9: [
    (valid) => without(valid, "finValidite", "anneeFinValidite"),
    (valid) =>
      valid.anneeFinValidite === undefined
        ? undefined
        : { ...valid, finValidite: `${valid.anneeFinValidite.slice(5)}-12-31T00:00:00` },
  ],
  RG10: [
    (valid) => ({ ...without(valid, "finValidite"), anneeFinValidite: "2026/2027" }),
    (valid) => ({ ...without(valid, "finValidite"), anneeFinValidite: "26-27" }),
  ],
  RG11: [
    (valid) =>
      valid.publicCible.includes("DOCUMENTALISTE")
        ? { ...without(valid, "uaiEtab"), codeNatureUAI: ["340", "151"] }
        : undefined,
  ],
  RG12: [
    (valid) => ({ ...valid, idAbonnement: "abonnements" }),
    (valid) => ({ ...valid, idAbonnement: "Categorie" }),
  ],
  RG13: [(valid) => ({ ...valid, idAbonnement: `_${valid.idAbonnement}` })],
};

describe("rules of the GAR's subscriptions", () => {
  it("lets through whatever keeps them all", () => {
    fc.assert(
      fc.property(validSubscription, (valid) => {
        expect(refusedRules(valid)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(checkSubscription(subscription)).toEqual([]);
  });

  for (const [rule, breakings] of Object.entries(broken))
    for (const [at, breaking] of breakings.entries())
      it(`finds ${rule} broken, and nothing else (${at + 1})`, () => {
        const bad = validSubscription.map(breaking).filter((each) => each !== undefined);
        fc.assert(
          fc.property(bad, (each) => {
            expect(refusedRules(each)).toEqual([rule]);
          }),
          runs,
        );
      });

  it("says every finding with rule, field and remedy in both languages, and no value", () => {
    const values = /plume|0350042F|123456782/i;
    fc.assert(
      fc.property(validSubscription, fc.constantFrom(...Object.values(broken).flat()), (valid, breaking) => {
        for (const finding of checkSubscription(breaking(valid) ?? valid)) {
          expect(finding.rule).toMatch(/^(?:RG\d{1,2}|FORM|PREAU)$/);
          const texts = [finding.says.fr, finding.says.en, finding.remedy.fr, finding.remedy.en];
          for (const text of texts) expect(text).toMatch(/[.]$/);
          expect(texts.join()).not.toMatch(values);
        }
      }),
      runs,
    );
  });
});

describe("moments without an offset are those of French clocks", () => {
  it("beside moments with one", () => {
    const rules = (debutValidite: string, finValidite: string) =>
      refusedRules({ ...subscription, debutValidite, finValidite });
    expect(rules("2026-09-01T00:00:00+02:00", "2026-09-01T00:00:00")).toEqual(["RG8"]);
    expect(rules("2026-09-01T00:00:00+02:00", "2026-09-01T00:00:01")).toEqual([]);
    expect(rules("2026-09-01T00:00:00+02:00", "2036-09-01T00:00:00")).toEqual([]);
    expect(rules("2026-09-01T00:00:00+02:00", "2036-09-01T00:00:01")).toEqual(["RG8"]);
  });
});

describe("zero licences are none", () => {
  it("beside licences that are counted the other way, but not where only one number may be", () => {
    const together = { ...without(subscription, ...audienceLicences), nbLicenceGlobale: 40 };
    expect(refusedRules({ ...together, nbLicenceProfDoc: 0 })).toEqual([]);
    expect(refusedRules({ ...subscription, nbLicenceGlobale: 0 })).toEqual([]);
    expect(refusedRules({ ...together, nbLicenceProfDoc: 0, typeAffectation: "ETABL" })).toEqual(["RG6"]);
    expect(refusedRules({ ...subscription, nbLicenceEleve: 0, nbLicenceEnseignant: 0 })).toEqual(["RG1"]);
  });
});

describe("primary schools have no teacher-librarian (RG11)", () => {
  const school = (nature: string): KnownSchools => new Map([["0350042F", { nature }]]);
  const meant: Subscription = {
    ...subscription,
    uaiEtab: ["0350042F"],
    publicCible: ["ENSEIGNANT", "ELEVE", "DOCUMENTALISTE"],
  };

  it("asks the list of schools where it is at hand", () => {
    expect(refusedRules(meant, school("151"))).toEqual(["RG11"]);
    expect(refusedRules(meant, school("340"))).toEqual([]);
    expect(refusedRules(subscription, school("151"))).toEqual([]);
  });

  it("finds licences for them as well as the audience, but not zero licences", () => {
    const alone = { ...subscription, uaiEtab: ["0350042F"] };
    const fields = (given: Subscription) =>
      checkSubscription(given, school("151")).map(({ rule, field }) => `${rule} ${field}`);
    expect(fields({ ...alone, nbLicenceProfDoc: 5 })).toContain("RG11 nbLicenceProfDoc");
    expect(fields({ ...alone, nbLicenceProfDoc: 0 })).toEqual([]);
    expect(fields(meant)).toEqual(["RG11 publicCible"]);
  });

  it("says that it could not be checked without the list, only where it matters", () => {
    const advice = (given: Subscription, known?: KnownSchools) =>
      checkSubscription(given, known).map(({ code, level }) => [code, level]);
    expect(advice(meant)).toEqual([["primaryUnchecked", "advice"]]);
    expect(advice({ ...meant, publicCible: ["ENSEIGNANT", "ELEVE"] })).toEqual([]);
    expect(advice(meant, new Map())).toEqual([["schoolNotListed", "advice"]]);
    expect([needsSchools(meant), needsSchools(subscription)]).toEqual([true, false]);
  });
});

describe("form of a subscription's fields", () => {
  const codes = (changes: Partial<Subscription>) =>
    checkSubscription({ ...subscription, ...changes }).map(
      ({ code, field, level }) => `${code} ${field} ${level}`,
    );
  const cases: readonly (readonly [string, Partial<Subscription>, string])[] = [
    ["an empty identifier", { idAbonnement: "" }, "fieldEmpty idAbonnement refused"],
    ["46 characters", { idAbonnement: "a".repeat(46) }, "fieldTooLong idAbonnement refused"],
    ["a space", { idAbonnement: "a b" }, "identifierForm idAbonnement refused"],
    ["a step up in the path", { idAbonnement: ".." }, "identifierForm idAbonnement refused"],
    ["a slash", { idAbonnement: "a/b" }, "identifierForm idAbonnement refused"],
    ["a query", { idAbonnement: "a?b" }, "identifierForm idAbonnement refused"],
    ["a school's code", { idAbonnement: "ABO_0350042F_1" }, "schoolInIdentifier idAbonnement advice"],
    ["an ARK that is none", { idRessource: "https://plume.example" }, "resourceForm idRessource refused"],
    ["another type", { typeIdRessource: "ARK" }, "resourceForm typeIdRessource refused"],
    ["a blank title", { libelleRessource: " " }, "fieldEmpty libelleRessource refused"],
    ["a long title", { libelleRessource: "é".repeat(256) }, "fieldTooLong libelleRessource refused"],
    ["a line break", { commentaireAbonnement: "a\nb" }, "fieldCharacters commentaireAbonnement refused"],
    ["half a pair", { commentaireAbonnement: "a\ud800" }, "fieldCharacters commentaireAbonnement refused"],
    ["a long project", { codeProjetRessource: "p".repeat(51) }, "fieldTooLong codeProjetRessource refused"],
    ["the 30th of February", { debutValidite: "2027-02-30T00:00:00" }, "momentForm debutValidite refused"],
    ["the year 0", { debutValidite: "0000-01-01T00:00:00" }, "momentForm debutValidite refused"],
    [
      "an offset of two days",
      { debutValidite: "2026-09-01T00:00:00+48:00" },
      "momentForm debutValidite refused",
    ],
    ["hour 24", { debutValidite: "2027-02-20T24:00:00" }, "momentForm debutValidite refused"],
    ["no time", { finValidite: "2027-08-31" }, "momentForm finValidite refused"],
    ["a short UAI", { uaiEtab: ["035042F"] }, "schoolForm uaiEtab refused"],
    ["a school twice", { uaiEtab: ["0350042F", "0350042F"] }, "schoolForm uaiEtab refused"],
    ["half a licence", { nbLicenceEleve: 1.5 }, "licencesForm nbLicenceEleve refused"],
    ["fewer than none", { nbLicenceEleve: -1 }, "licencesForm nbLicenceEleve refused"],
    ["parents", { publicCible: ["ENSEIGNANT", "ELEVE", "PARENT"] }, "audienceForm publicCible refused"],
    [
      "an audience twice",
      { publicCible: ["ELEVE", "ENSEIGNANT", "ELEVE"] },
      "audienceForm publicCible refused",
    ],
  ];
  it.each(cases)("refuses or remarks %s", (_, changes, finding) => expect(codes(changes)).toEqual([finding]));

  it("takes a nature of schools by its three digits alone", () => {
    const natures = (codeNatureUAI: readonly string[]) =>
      refusedRules({ ...without(subscription, "uaiEtab"), codeNatureUAI });
    expect([natures(["151", "340"]), natures(["école"]), natures(["151", "151"])]).toEqual([
      [],
      ["FORM"],
      ["FORM"],
    ]);
  });
});
