import { describe, expect, it } from "vitest";
import { proposeExtract } from "../src/receive-extract.ts";
import { mayNameOthers, namesAnyOf, redactNames } from "../src/relay-redact.ts";

const TEN = [
  "Léa Martin",
  "Tom Bernard",
  "Zoé D’Alençon",
  "Jean-Baptiste Petit",
  "Inès Roux",
  "Nour El Amrani",
  "Chloé Lefèvre",
  "Noé Garnier",
  "Anaïs Faure",
  "Öykü Şahin",
];

describe("a text made to be slow (D10.1b)", () => {
  it.each(["A\u0301", "A'", "A-", "Aa ", "A\u0301 ", "a\u0301", "de ", "É’", "a@", "Aa d’"])(
    "is looked at once, of %j",
    (part) => {
      const text = part.repeat(Math.floor(20_000 / part.length));
      const begun = performance.now();
      mayNameOthers(text, ["Zoé D’Alençon"]);
      redactNames(text, ["Zoé D’Alençon"], TEN);
      namesAnyOf(text, TEN);
      expect(performance.now() - begun).toBeLessThan(1_500);
    },
  );
});

describe("a text that names ten pupils (D10.1b)", () => {
  const text = `Bonjour, je parle pour ${TEN.join(", ")}. Léa est la sœur de Tom\u202f; MARTIN Léa a été notée deux fois. Zoe d'Alencon aussi.`;

  it("names nobody else in any one's extract, and still names its own", () => {
    for (const own of TEN) {
      const others = TEN.filter((each) => each !== own);
      const extract = redactNames(text, [own], others);
      expect(extract).toContain(own);
      expect(namesAnyOf(extract, others)).toBe(false);
      for (const other of others)
        for (const part of other.split(" "))
          if (part.length > 2 && !own.includes(part)) expect(extract).not.toContain(part);
    }
  });

  it("takes spellings without accents and the other order of a name for the same person", () => {
    const extract = redactNames(
      text,
      ["Inès Roux"],
      TEN.filter((each) => each !== "Inès Roux"),
    );
    expect(extract).not.toMatch(/MARTIN|Zoe|Alencon/);
  });

  it("finds a name however its letters are composed, and one of two first names", () => {
    const text = "Zoé D’Alençon, JEAN BAPTISTE Petit, Jean-Baptiste".normalize("NFD");
    const others = ["Zoé D’Alençon", "Jean-Baptiste Petit"];
    expect(redactNames(text, ["Léa Martin"], others)).toBe("[…], […], […]");
  });

  it("leaves what is left out as one gap, and the rest of the sentence", () => {
    expect(redactNames("Tom Bernard et Léa Martin rient.", ["Léa Martin"], ["Tom Bernard"])).toBe(
      "[…] et Léa Martin rient.",
    );
  });

  it("takes a brother's whole name out, though the name is the sister's too", () => {
    const extract = redactNames("Léa Martin et Tom Martin", ["Léa Martin"], ["Tom Martin"]);
    expect(extract).toBe("Léa Martin et […]");
  });

  it("is offered as ready only when nobody else can stand in it", () => {
    const own = ["Léa Martin"];
    const plain = "Veuillez effacer les travaux de Léa Martin et de Tom Bernard.";
    expect(proposeExtract(plain, { own, others: ["Tom Bernard"] })).toEqual({
      text: "Veuillez effacer les travaux de Léa Martin et de […].",
      looksClear: true,
    });
    // Somebody whom nobody told us of.
    expect(proposeExtract(`${plain} Voir Paul Durand.`, { own, others: ["Tom Bernard"] }).looksClear).toBe(
      false,
    );
  });
});

describe("a text in which somebody else may stand (D10.1b)", () => {
  it.each([
    "Mon fils Tom Bernard est dans la classe de Léa Martin.",
    "Mes enfants ne doivent plus apparaître.",
    "I ask for the following pupils of our class.",
    "Écrivez à paul@exemple.example.",
    "Je parle pour MARTIN Léa.",
    "Nour El Amrani m’a aidé.",
  ])("waits for a person: %s", (text) => {
    expect(mayNameOthers(text, ["Tom Bernard", "tom@exemple.example"])).toBe(true);
  });

  it.each([
    "Je voudrais une copie de mes données. Cordialement, Tom Bernard",
    "Bonjour Madame, merci d’effacer le compte de Tom Bernard au Collège du Hameau.",
    "Au titre de l’article 15 du RGPD. Écrivez à tom@exemple.example.",
    "please delete my account",
  ])("goes on by itself when it names its own alone: %s", (text) => {
    expect(mayNameOthers(text, ["Tom Bernard", "tom@exemple.example", "Collège du Hameau"])).toBe(false);
  });
});
