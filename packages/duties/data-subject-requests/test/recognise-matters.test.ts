import type { RequestMatter } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { recogniseMatters } from "../src/recognise-matters.ts";
import { matterWords } from "../src/recognise-words.ts";

const mattersIn = (text: string) => recogniseMatters(text).map(({ matter }) => matter);

describe("what a message seems to ask for (D10.1a)", () => {
  it.each<[text: string, matters: readonly RequestMatter[]]>([
    ["Je voudrais une copie de mes données.", ["access"]],
    ["Au titre de mon droit d’accès, merci de me dire quelles données vous avez.", ["access"]],
    ["I would like a copy of my data, please.", ["access"]],
    ["Le nom de mon fils est mal orthographié, veuillez le corriger.", ["rectification"]],
    ["Please correct my date of birth.", ["rectification"]],
    ["Veuillez EFFACER toutes les données de ma fille.", ["erasure"]],
    ["I want you to delete my account.", ["erasure"]],
    ["Je m’oppose à ce traitement.", ["objection"]],
    ["We object to this use.", ["objection"]],
    ["Je demande la limitation du traitement.", ["restriction"]],
    ["Freeze my data until this is settled.", ["restriction"]],
    ["Exercer mon droit à la portabilité.", ["portability"]],
    ["In a structured format, machine-readable.", ["portability"]],
    ["Une décision automatisée a-t-elle été prise\u202f?", ["automatedDecision"]],
    ["Was there any profiling?", ["automatedDecision"]],
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
      "Veuillez effacer les anciens travaux de Léa et me donner une copie de ses données avant. Je retire aussi mon consentement.";
    expect(mattersIn(text)).toEqual(["access", "erasure", "withdrawalOfConsent"]);
  });

  it.each([
    "Je ne demande pas l’effacement.",
    "Surtout n’envoyez pas de copie de mes données.",
    "I do not want you to delete anything.",
    "Please never erase this.",
  ])("is not what is refused: %s", (text) => {
    expect(mattersIn(text)).toEqual([]);
  });

  it.each<[string, readonly RequestMatter[]]>([
    ["Vous n’avez toujours pas effacé mes données.", ["erasure"]],
    ["You have not deleted my account yet.", ["erasure"]],
    ["Not only a copy of my data, but all of it.", ["access"]],
    // The negation is of another sentence.
    ["Je ne suis pas content. Effacez mes données.", ["erasure"]],
    ["That is not it! Delete my data.", ["erasure"]],
  ])("a negation is one only where it denies: %s", (text, matters) => {
    expect(mattersIn(text)).toEqual(matters);
  });

  it("takes a phrase across a line end, and none across a full stop", () => {
    expect(mattersIn("une copie de\nmes données")).toEqual(["access"]);
    expect(mattersIn("J’en fais copie. De mes données, rien.")).toEqual([]);
  });

  it("tells phrases of its list, never words of the text", () => {
    const known = new Set(Object.values(matterWords).flat());
    for (const { by } of recogniseMatters("Effacez Zoé D’Alençon, zoe@exemple.example"))
      for (const phrase of by) expect(known).toContain(phrase);
  });

  it("reads the longest text in no time worth telling", () => {
    expect(mattersIn("effacer ".repeat(2_500))).toEqual(["erasure"]);
    expect(mattersIn("ne pas ".repeat(2_800))).toEqual([]);
  });
});
