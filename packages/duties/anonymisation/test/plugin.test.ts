import { pluginContract } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { anonymisationPlugin } from "../src/index.ts";
import { en } from "../src/locales/en.ts";
import { fr } from "../src/locales/fr.ts";

pluginContract(anonymisationPlugin);

describe("plugin anonymisation: its own part", () => {
  it("says everything in both languages, and nothing twice the same but for figures", () => {
    type Words = string | ((one: string) => string);
    const said = (words: Words) => (typeof words === "function" ? words("1") : words);
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
    for (const [key, words] of Object.entries<Words>(fr)) {
      const other: Words = en[key as keyof typeof en];
      expect(said(words).trim(), key).not.toBe("");
      expect(said(other).trim(), key).not.toBe("");
      if (said(words).includes(" ")) expect(said(words), key).not.toBe(said(other));
      expect(said(words), key).not.toMatch(/ [:;?!»]|'/); // a plain space, or a straight apostrophe
    }
  });
});
