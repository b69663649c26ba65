import { isFault } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readServiceError,
  readSubscriptions,
  writeFilters,
  writeSubscription,
  writeUpdate,
} from "../../src/subscriptions/subscription-xml.ts";
import { oneLine, subscription, validSubscription } from "./some-subscription.ts";

const NAMESPACE = "http://www.atosworldline.com/wsabonnement/v1.0/";

/** A list that holds what was written. */
function listOf(...written: readonly string[]): string {
  const inner = written.map((each) => each.replace(/^<\?xml.*\n/, "").replace(` xmlns="${NAMESPACE}"`, ""));
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<abonnements xmlns="${NAMESPACE}">${inner.join("")}</abonnements>`;
}

const names = (xml: string) => [...xml.matchAll(/<(\w+)>/g)].map((match) => match[1]);

const codeOf = (work: () => unknown) => {
  try {
    work();
    return "none";
  } catch (error) {
    return isFault(error) ? `${error.code}: ${error.place ?? ""}` : "another error";
  }
};

describe("subscriptions as XML", () => {
  it("writes the elements in the order of the schema, in one namespace", () => {
    expect(writeSubscription(subscription)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<abonnement xmlns="http://www.atosworldline.com/wsabonnement/v1.0/">
  <idAbonnement>3f6c1f0e-5b0a-4c3e-9d5e-0a4f2b7c9e11</idAbonnement>
  <commentaireAbonnement>Marché « lecture » &amp; co</commentaireAbonnement>
  <idDistributeurCom>123456782_0000000000000000</idDistributeurCom>
  <idRessource>ark:/99999/plume</idRessource>
  <typeIdRessource>ark</typeIdRessource>
  <libelleRessource>Plume</libelleRessource>
  <debutValidite>2026-09-01T00:00:00</debutValidite>
  <finValidite>2027-08-31T23:59:59</finValidite>
  <uaiEtab>0350042F</uaiEtab>
  <uaiEtab>0561641E</uaiEtab>
  <categorieAffectation>transferable</categorieAffectation>
  <typeAffectation>INDIV</typeAffectation>
  <nbLicenceEnseignant>ILLIMITE</nbLicenceEnseignant>
  <nbLicenceEleve>320</nbLicenceEleve>
  <publicCible>ENSEIGNANT</publicCible>
  <publicCible>ELEVE</publicCible>
  <codeProjetRessource>PRJ-1</codeProjetRessource>
</abonnement>
`);
  });

  it("keeps that order whatever the order of the fields", () => {
    const order = names(writeSubscription(subscription));
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(subscription), { minLength: 15 }), (entries) => {
        const shuffled = Object.fromEntries(entries) as unknown as typeof subscription;
        expect(names(writeSubscription(shuffled))).toEqual(order);
      }),
      { numRuns: 30 },
    );
  });

  it("leaves schools out of an update, and sends the first start again as it was received", () => {
    const body = writeUpdate(subscription, "2025-09-01T02:00:00.000+02:00");
    expect(body).not.toContain("uaiEtab");
    expect(body).toContain("<debutValidite>2025-09-01T02:00:00.000+02:00</debutValidite>");
    expect(names(body).filter((name) => name !== "uaiEtab")).toEqual(
      names(writeSubscription(subscription)).filter((name) => name !== "uaiEtab"),
    );
  });

  it("reads back every value that it wrote", () => {
    fc.assert(
      fc.property(validSubscription, (valid) => {
        const [read] = readSubscriptions(listOf(writeSubscription(valid)));
        const wanted = Object.entries({ uaiEtab: [], ...valid }).map(([name, value]) => [
          name,
          Array.isArray(value) && name !== "codeNatureUAI" ? value : String(value),
        ]);
        expect(read).toEqual(Object.fromEntries(wanted));
      }),
      { numRuns: 150 },
    );
  });

  it("escapes whatever a text holds: no value opens an element", () => {
    const hostile = fc
      .tuple(
        oneLine(40),
        fc.constantFrom("</libelleRessource>", "<!--", "]]>", "&lt;", "&#0;", "<?x?>", "\r", '"'),
      )
      .map(([text, piece]) => text + piece + text);
    fc.assert(
      fc.property(hostile, (libelleRessource) => {
        const written = writeSubscription({ ...subscription, libelleRessource });
        expect(names(written)).toEqual(names(writeSubscription(subscription)));
        expect(readSubscriptions(listOf(written))[0]?.libelleRessource).toBe(libelleRessource);
      }),
      { numRuns: 150 },
    );
  });

  it("writes filters with their values escaped, sorted by identifier", () => {
    expect(
      writeFilters({ uaiEtab: "0350042F", codeProjetRessource: "a&b" }),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<filtres xmlns="http://www.atosworldline.com/wsabonnement/v1.0/">
  <filtre><filtreNom>uaiEtab</filtreNom><filtreValeur>0350042F</filtreValeur></filtre>
  <filtre><filtreNom>codeProjetRessource</filtreNom><filtreValeur>a&amp;b</filtreValeur></filtre>
  <triPar>idAbonnement</triPar>
  <tri>ASC</tri>
</filtres>
`);
  });
});

describe("lists of subscriptions", () => {
  const list = (inner: string) => `<abonnements xmlns="${NAMESPACE}">${inner}</abonnements>`;
  const one = (inner: string) => list(`<abonnement>${inner}</abonnement>`);

  it("reads what the GAR's own platform made, although it breaks the rules", () => {
    const [read] = readSubscriptions(
      one(`<idAbonnement>AUTO_1</idAbonnement><typeIdRessource>ARK</typeIdRessource>
        <debutValidite>2025-08-15T08:02:45.000+02:00</debutValidite><finValidite>2027-08-15T00:00:00.000+02:00</finValidite>
        <anneeFinValidite>2025-2026</anneeFinValidite><uaiEtab>0350042F</uaiEtab><laterElement>x</laterElement>`),
    );
    expect(read).toEqual({
      idAbonnement: "AUTO_1",
      typeIdRessource: "ARK",
      debutValidite: "2025-08-15T08:02:45.000+02:00",
      finValidite: "2027-08-15T00:00:00.000+02:00",
      anneeFinValidite: "2025-2026",
      uaiEtab: ["0350042F"],
      publicCible: [],
    });
    expect(readSubscriptions(list(""))).toEqual([]);
  });

  const hostile: readonly (readonly [string, string, string])[] = [
    ["a document type", `<!DOCTYPE a><abonnements xmlns="${NAMESPACE}"/>`, "doctype"],
    ["an entity", one("<idAbonnement>&x;</idAbonnement>"), "not well-formed"],
    ["another namespace", '<abonnements xmlns="urn:other"/>', "no list of subscriptions"],
    ["another document", "<html/>", "no list of subscriptions"],
    [
      "an identifier twice",
      one("<idAbonnement>a</idAbonnement><idAbonnement>b</idAbonnement>"),
      "idAbonnement comes twice",
    ],
    ["no identifier", one("<libelleRessource>a</libelleRessource>"), "a subscription without identifier"],
    ["too deep", one("<idAbonnement><b><c/></b></idAbonnement>"), "too deep"],
    ["half a document", `<abonnements xmlns="${NAMESPACE}">`, "not well-formed"],
    ["no XML", "abonnements", "not well-formed"],
  ];
  it.each(hostile)("refuses %s", (_, text, why) => {
    expect(codeOf(() => readSubscriptions(text))).toBe(`GAR_SUBSCRIPTION_ANSWER_UNREADABLE: ${why}`);
  });
});

describe("bodies of errors", () => {
  it("finds Code and Message wherever they stand", () => {
    const said = { code: "409", message: "L'abonnement existe deja" };
    const parts = "<Code>409</Code><Message>L'abonnement existe deja</Message>";
    expect(readServiceError(`<Erreur xmlns="${NAMESPACE}">${parts}</Erreur>`)).toEqual(said);
    expect(readServiceError(`<r><a/><e>${parts.toLowerCase().replace("l'abo", "L'abo")}</e></r>`)).toEqual(
      said,
    );
  });

  it("finds nothing in what is no error of the service", () => {
    for (const text of ["", "Not found", "<html><body>no</body></html>", "<!DOCTYPE a><a><Code>1</Code></a>"])
      expect(readServiceError(text)).toBeUndefined();
  });
});
