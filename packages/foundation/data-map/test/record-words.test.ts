import { isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { parseMapWords, recordWordsOf } from "../src/index.ts";
import { map } from "./fixtures/little-school.ts";

const WORDS = `map: little-school-1
categories:
  account: { fr: Compte, en: Account }
tables:
  people:
    title: { fr: Compte, en: Account }
    columns:
      family: { fr: Nom, en: Family name }
      frozen: { fr: Bloqué, en: Frozen, form: yesNo }
  marks:
    title: { fr: Notes, en: Marks }
    columns:
      value: { fr: Note, en: Mark, form: number, choices: { "0": { fr: Absent, en: Absent } } }
  events:
    goesWith: { ip: person_id }
`;

describe("words of a map (D10.1a)", () => {
  it("are given by the names that tables have on a site, in their order; what has no title has no words", () => {
    const words = recordWordsOf(parseMapWords(WORDS, map), "site_");
    expect(Object.keys(words.tables)).toEqual(["site_people", "site_marks"]);
    expect(words.tables["site_people"]?.columns).toEqual({
      family: { title: { fr: "Nom", en: "Family name" } },
      frozen: { title: { fr: "Bloqué", en: "Frozen" }, form: "yesNo" },
    });
    expect(words.tables["site_marks"]?.columns["value"]?.choices).toEqual({
      "0": { fr: "Absent", en: "Absent" },
    });
    expect(words.categories["account"]).toEqual({ fr: "Compte", en: "Account" });
  });

  it.each([
    ["an unknown option", WORDS.replace("form: number", "from: number"), "13:"],
    ["a form that there is not", WORDS.replace("form: yesNo", "form: perhaps"), "9:"],
    ["one language alone", WORDS.replace("{ fr: Notes, en: Marks }", "{ fr: Notes }"), "11:"],
    ["a table that the map does not know", WORDS.replace("  marks:", "  grades:"), "11:"],
    ["a category that no table has", WORDS.replace("  account:", "  weather:"), "3:"],
    ["another map", WORDS.replace("little-school-1", "moodle-4.5"), "1:"],
    [
      "a name that would be a person's",
      `${WORDS}    names: { person_id: [{ table: people, title: family }] }\n`,
      "",
    ],
    ["a pattern without a group", `keysInTexts: ['id=\\d+']\n${WORDS}`, "1:"],
  ])("are refused with %s, and the place is said", (_what, source, place) => {
    const parse = () => parseMapWords(source, map, "words.yaml");
    expect(parse).toThrow(expect.objectContaining({ code: "DATA_MAP_INVALID" }) as Error);
    try {
      parse();
    } catch (error) {
      expect(isFault(error, "DATA_MAP_INVALID") && error.detail.place).toContain(`words.yaml:${place}`);
    }
  });
});
