import { isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { checkSubscription } from "../../src/subscriptions/check-subscription.ts";
import { readSubscription } from "../../src/subscriptions/subscription.ts";
import { allocationsUrlOf, subscriptionOptions } from "../../src/subscriptions/subscription-options.ts";
import { DISTRIBUTOR } from "./some-subscription.ts";

const written = {
  idAbonnement: "a-1",
  idRessource: "ark:/99999/plume",
  libelleRessource: "Plume",
  debutValidite: "2026-09-01",
  finValidite: "2027-08-31",
  uaiEtab: "0350042F",
  typeAffectation: "INDIV",
  nbLicenceGlobale: "ILLIMITE",
  publicCible: ["ELEVE", "ENSEIGNANT"],
};

const read = (value: unknown, distributor?: string) =>
  readSubscription(value, { distributor, placeOf: (field) => `file:${field.length}` });

/** Place of what is refused. */
const placeRefused = (value: unknown) => {
  try {
    read(value);
    return "read";
  } catch (error) {
    return isFault(error, "GAR_SUBSCRIPTION_FILE_UNREADABLE") ? error.place : "another error";
  }
};

describe("file of a subscription", () => {
  it("fills in what always is the same, and makes moments of days", () => {
    const subscription = read(written, DISTRIBUTOR);
    expect(subscription).toEqual({
      ...written,
      idDistributeurCom: DISTRIBUTOR,
      typeIdRessource: "ark",
      debutValidite: "2026-09-01T00:00:00",
      finValidite: "2027-08-31T23:59:59",
      uaiEtab: ["0350042F"],
      categorieAffectation: "transferable",
    });
    expect(checkSubscription(subscription)).toEqual([]);
  });

  it("takes the distributor of the file before that of the options; without any RG3 is broken", () => {
    const other = "987654324_0000000000000001";
    expect(read({ ...written, idDistributeurCom: other }, DISTRIBUTOR).idDistributeurCom).toBe(other);
    const none = read(written);
    expect(checkSubscription(none).map(({ rule }) => rule)).toEqual(["RG3"]);
  });

  it("takes natures as a number, a text with commas, or a list", () => {
    const natures = (codeNatureUAI: unknown) => read({ ...written, codeNatureUAI }).codeNatureUAI;
    expect([natures(151), natures("151, 340"), natures([151, "340"])]).toEqual([
      ["151"],
      ["151", "340"],
      ["151", "340"],
    ]);
  });

  it("refuses what it does not know: a field, a kind of value", () => {
    expect(placeRefused({ ...written, uai: "0350042F" })).toBe("file:3 uai");
    expect(placeRefused({ ...written, nbLicenceGlobale: "beaucoup" })).toBe("file:16 nbLicenceGlobale");
    expect(placeRefused({ ...written, debutValidite: 2026 })).toBe("file:13 debutValidite");
    expect(placeRefused({ ...written, idAbonnement: undefined })).toBe("file:12 idAbonnement");
    expect([placeRefused(null), placeRefused([])]).toEqual(["file:0", "file:0"]);
  });
});

describe("options of the subscription service", () => {
  it("begins with the partner platform, and knows where production counts", () => {
    const usual = subscriptionOptions.parse({});
    expect(usual.url).toBe("https://abonnement.partenaire.test-gar.education.fr");
    expect(() => allocationsUrlOf(usual)).toThrow(expect.objectContaining({ place: "allocationsUrl" }));
    const production = subscriptionOptions.parse({ url: "https://abonnement.gar.education.fr/" });
    expect(allocationsUrlOf(production)).toBe("https://decompte-affectations.gar.education.fr");
    const own = { ...production, allocationsUrl: "https://localhost:8711" };
    expect(allocationsUrlOf(own)).toBe("https://localhost:8711");
  });

  it("refuses an address that shows our certificate to anybody, or hides something", () => {
    for (const url of [
      "http://abonnement.gar.education.fr",
      "https://a:b@gar.example",
      "https://gar.example/?x",
      "gar",
    ])
      expect(subscriptionOptions.safeParse({ url }).success, url).toBe(false);
  });
});
