import { type RequestMatter } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { liveText } from "../src/recognise-live-text.ts";
import { evidenceNames, recogniseMatters } from "../src/recognise-matters.ts";

const mattersIn = (text: string) => recogniseMatters(text).map(({ matter }) => matter);
const passagesIn = (text: string) =>
  recogniseMatters(text).map(({ passages }) => passages.map(({ start, end }) => text.slice(start, end)));

describe("what a message seems to ask for (D10.1a)", () => {
  it.each<[text: string, matters: readonly RequestMatter[]]>([
    ["Je voudrais une copie de mes données.", ["access"]],
    ["Au titre de mon droit d’accès, merci de me dire quelles données vous avez.", ["access"]],
    ["I would like a copy of my data, please.", ["access"]],
    ["Le nom de mon fils est mal orthographié, veuillez le corriger.", ["rectification"]],
    ["Please correct my date of birth.", ["rectification"]],
    ["Veuillez EFFACER toutes les données de ma fille.", ["erasure"]],
    ["suprimé mon compte svp, jen veu plus", ["erasure"]],
    ["I want you to delete my account.", ["erasure"]],
    ["Je m’oppose à ce traitement.", ["objection"]],
    ["We object to this use of our data.", ["objection"]],
    ["Je demande la limitation du traitement.", ["restriction"]],
    ["Freeze my data until this is settled.", ["restriction"]],
    ["Exercer mon droit à la portabilité.", ["portability"]],
    ["I want my data in a structured, machine-readable format.", ["portability"]],
    ["Je conteste cette décision automatisée, je veux qu’un humain regarde.", ["automatedDecision"]],
    ["Je retire mon consentement.", ["withdrawalOfConsent"]],
    ["I withdraw my consent.", ["withdrawalOfConsent"]],
    ["Qui est le responsable de traitement\u202f?", ["information"]],
    ["Do you have a privacy policy?", ["information"]],
    ["Bonjour, mon exercice de maths ne s’affiche pas.", []],
    ["", []],
  ])("%s", (text, matters) => {
    expect(mattersIn(text)).toEqual(matters);
  });

  it("finds several in one message, in the order of the clause", () => {
    const text =
      "Veuillez effacer les anciens travaux de Léa. Je voudrais une copie de ses données avant. Je retire aussi mon consentement.";
    expect(mattersIn(text)).toEqual(["access", "erasure", "withdrawalOfConsent"]);
  });

  it.each([
    "Je ne demande pas l’effacement.",
    "I do not want you to delete anything.",
    "Merci d’avoir supprimé mon compte.",
    "J’ai supprimé le groupe par erreur.",
  ])("is not what is refused, or done: %s", (text) => {
    expect(mattersIn(text)).not.toContain("erasure");
  });

  it.each<[string, RequestMatter]>([
    ["Vous n’avez toujours pas effacé mes données.", "erasure"],
    ["You have not deleted my account yet.", "erasure"],
    ["I want not only a copy of my data, but all of it.", "access"],
    // The negation is of another sentence.
    ["Je ne suis pas content. Effacez mes données.", "erasure"],
    ["That is not it! Delete my data.", "erasure"],
  ])("a negation is one only where it denies: %s", (text, matter) => {
    expect(mattersIn(text)).toContain(matter);
  });

  it("shows where: offsets into the very text, whatever its accents, signs and line ends", () => {
    const [access] = passagesIn("Bonjour 😀,\r\nje voudrais une copie de\nmes donne\u0301es.");
    expect(access?.join("")).toMatch(/copie de\nmes donne\u0301es$/);
    expect(passagesIn("J’en fais copie. De mes exercices, rien.")).toEqual([]);
    const texts = fc.array(
      fc.constantFrom(
        ...[
          "effacez",
          "mes",
          "données",
          " ",
          "\n",
          ">",
          "«",
          "»",
          "é\u0301",
          "😀",
          "je",
          "ne",
          "pas",
          ".",
          "fils",
        ],
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join(" ");
        const found = recogniseMatters(text);
        expect(recogniseMatters(text)).toEqual(found);
        for (const { by, passages } of found) {
          expect(by.length * passages.length).toBeGreaterThan(0);
          let last = -1;
          for (const { start, end } of passages) {
            expect(start).toBeGreaterThan(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it("tells classes and entries of its lists, never words of the text", () => {
    const known = new Set(evidenceNames);
    for (const { by } of recogniseMatters("Effacez les photos de Zoé D’Alençon, zoe@exemple.example"))
      for (const each of by) expect(known).toContain(each);
  });

  it("reads the longest text", () => {
    for (const piece of ["effacer mes données ", "ne pas ", "« a ", "a.", "j’", "\n> ", "de "])
      expect(mattersIn(piece.repeat(20_000 / piece.length)).length).toBeLessThan(3);
  });
});

describe("what a person wrote this time (D10.1a)", () => {
  const lines = (...each: string[]) => each.join("\n");

  it.each<[string, string]>([
    ["marked lines", lines("Bonjour, parfait.", "> Effacez mon compte.")],
    [
      "a mail below the answer",
      lines("Merci bien.", "Le 3 mars, le support a écrit :", "Effacez mon compte."),
    ],
    ["what follows a signature", lines("Merci bien.", "-- ", "Effacez mon compte.")],
    ["a footer", lines("Merci bien.", "Pour exercer vos droits d’effacement, effacez mon compte.")],
  ])("is not %s", (_, text) => {
    expect(liveText(text)).toHaveLength(text.length);
    expect(mattersIn(text)).toEqual([]);
    expect(mattersIn("Effacez mon compte.")).toEqual(["erasure"]);
  });

  it("is what somebody passes on", () => {
    const text = lines("Voir ci-dessous, merci de traiter.", "> De : Nathanaëlle", "> Effacez mon compte.");
    expect(passagesIn(text).flat().join("")).toMatch(/Effacez mon compte$/);
  });

  it("is no word between quotation marks", () => {
    expect(mattersIn("Votre bouton « effacer mes données » est illisible.")).not.toContain("erasure");
  });
});
