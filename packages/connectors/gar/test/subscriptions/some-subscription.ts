/** Invented subscriptions: one to read, and all that the rules allow. */
import fc from "fast-check";
import {
  audiences,
  type Licences,
  licencesOf,
  type Subscription,
} from "../../src/subscriptions/subscription.ts";

export const DISTRIBUTOR = "123456782_0000000000000000";

export const subscription: Subscription = {
  idAbonnement: "3f6c1f0e-5b0a-4c3e-9d5e-0a4f2b7c9e11",
  commentaireAbonnement: "Marché « lecture » & co",
  idDistributeurCom: DISTRIBUTOR,
  idRessource: "ark:/99999/plume",
  typeIdRessource: "ark",
  libelleRessource: "Plume",
  debutValidite: "2026-09-01T00:00:00",
  finValidite: "2027-08-31T23:59:59",
  uaiEtab: ["0350042F", "0561641E"],
  categorieAffectation: "transferable",
  typeAffectation: "INDIV",
  nbLicenceEnseignant: "ILLIMITE",
  nbLicenceEleve: 320,
  publicCible: ["ENSEIGNANT", "ELEVE"],
  codeProjetRessource: "PRJ-1",
};

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const id = fc.uuid().map((uuid) => uuid.replaceAll(/\d{7}(?=[A-Z])/g, "0"));
/** One line of any text, with something in it and no space at its ends. */
export const oneLine = (longest: number) =>
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: longest })
    .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\uFFFE\uFFFF]/gu, "").trim())
    .filter((text) => text !== "" && Array.from(text).length <= longest);
const uai = fc.stringMatching(/^\d{7}[A-Z]$/);
const nature = fc.constantFrom("300", "302", "320", "340");
const licences: fc.Arbitrary<Licences> = fc.oneof(
  fc.integer({ min: 1, max: 99_999 }),
  fc.constant("ILLIMITE" as const),
);
const someAudiences = fc.uniqueArray(fc.constantFrom(...audiences), { minLength: 1 });
const started = fc.date({
  min: new Date("2015-01-01"),
  max: new Date("2040-01-01"),
  noInvalidDate: true,
});
const offset = fc.constantFrom("", "Z", "+02:00", ".000+02:00", "-04:00");
const momentOf = (date: Date) => date.toISOString().slice(0, 19);

const places = fc.oneof(
  fc.record({ uaiEtab: fc.uniqueArray(uai, { minLength: 1, maxLength: 5 }) }),
  fc.record({ codeNatureUAI: fc.uniqueArray(nature, { minLength: 1 }) }),
);
const times = started.chain((start) =>
  fc.oneof(
    fc
      .record({ days: fc.integer({ min: 2, max: 3600 }), from: offset, to: offset })
      .map(({ days, from, to }) => ({
        debutValidite: momentOf(start) + from,
        finValidite: momentOf(new Date(start.getTime() + days * 86_400_000)) + to,
      })),
    fc.integer({ min: 1, max: 9 }).map((years) => {
      const year = start.getUTCFullYear() + years;
      return { debutValidite: momentOf(start), anneeFinValidite: `${year - 1}-${year}` };
    }),
  ),
);
const together = fc.record({
  typeAffectation: fc.constantFrom("INDIV", "ETABL"),
  nbLicenceGlobale: licences,
  publicCible: someAudiences,
});
const byAudience = fc.tuple(someAudiences, licences).map(([publicCible, count]) => ({
  typeAffectation: "INDIV",
  publicCible,
  ...Object.fromEntries(
    Object.entries(licencesOf).flatMap(([field, audience]) =>
      publicCible.includes(audience) ? [[field, count]] : [],
    ),
  ),
}));

/** Subscriptions that break no rule. */
export const validSubscription: fc.Arbitrary<Subscription> = fc
  .tuple(
    fc.record(
      {
        idAbonnement: id,
        commentaireAbonnement: oneLine(255),
        idDistributeurCom: fc.tuple(digits(9), digits(16)).map((parts) => parts.join("_")),
        idRessource: fc.tuple(digits(5), id).map(([naan, name]) => `ark:/${naan}/${name}`),
        typeIdRessource: fc.constant("ark"),
        libelleRessource: oneLine(255),
        categorieAffectation: fc.constant("transferable"),
        codeProjetRessource: oneLine(50),
      },
      {
        requiredKeys: [
          "idAbonnement",
          "idDistributeurCom",
          "idRessource",
          "typeIdRessource",
          "libelleRessource",
          "categorieAffectation",
        ],
      },
    ),
    places,
    times,
    fc.oneof(together, byAudience),
  )
  .map(([own, where, when, whose]): Subscription => ({ ...own, ...where, ...when, ...whose }));
