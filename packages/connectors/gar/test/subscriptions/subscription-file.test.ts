import { describe, expect, it } from "vitest";
import { checkSubscription } from "../../src/subscriptions/check-subscription.ts";
import { subscriptionFile, subscriptionOf } from "../../src/subscriptions/subscription.ts";
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

describe("file of a subscription", () => {
  it("fills in what always is the same, and makes moments of days", () => {
    const subscription = subscriptionOf(subscriptionFile.parse(written), DISTRIBUTOR);
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
    const file = subscriptionFile.parse({ ...written, idDistributeurCom: other });
    expect(subscriptionOf(file, DISTRIBUTOR).idDistributeurCom).toBe(other);
    const none = subscriptionOf(subscriptionFile.parse(written));
    expect(checkSubscription(none).map(({ rule }) => rule)).toEqual(["RG3"]);
  });

  it("takes natures as a number, a text with commas, or a list", () => {
    const natures = (codeNatureUAI: unknown) =>
      subscriptionFile.parse({ ...written, codeNatureUAI }).codeNatureUAI;
    expect([natures(151), natures("151, 340"), natures([151, "340"])]).toEqual([
      ["151"],
      ["151", "340"],
      ["151", "340"],
    ]);
  });

  it("refuses what it does not know: a field, a kind of value", () => {
    expect(subscriptionFile.safeParse({ ...written, uai: "0350042F" }).success).toBe(false);
    expect(subscriptionFile.safeParse({ ...written, nbLicenceGlobale: "beaucoup" }).success).toBe(false);
    expect(subscriptionFile.safeParse({ ...written, debutValidite: 2026 }).success).toBe(false);
  });
});

describe("options of the subscription service", () => {
  it("begins with the partner platform, and knows where production counts", () => {
    const usual = subscriptionOptions.parse({});
    expect(usual.url).toBe("https://abonnement.partenaire.test-gar.education.fr");
    expect(allocationsUrlOf(usual)).toBeUndefined();
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
