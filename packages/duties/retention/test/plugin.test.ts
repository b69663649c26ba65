import { pluginContract } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { retentionPlugin } from "../src/index.ts";
import { en } from "../src/locales/en.ts";
import { fr } from "../src/locales/fr.ts";

pluginContract(retentionPlugin);

describe("plugin retention: its own part", () => {
  it("requires every port that its rules use", () => {
    expect(retentionPlugin.requires).toEqual(
      expect.arrayContaining(["agreements", "receipts", "sources", "vault", "journal", "unitOfWork"]),
    );
  });

  it("says everything in both languages, and nothing twice the same but for figures", () => {
    expect(Object.keys(en)).toEqual(Object.keys(fr));
    type Words = string | ((one: string, two: string) => string);
    const said = (words: Words) => (typeof words === "function" ? words("1", "2") : words);
    for (const [key, words] of Object.entries<Words>(fr)) {
      const other: Words = en[key as keyof typeof en];
      expect(said(words).trim(), key).not.toBe("");
      expect(said(other).trim(), key).not.toBe("");
      if (said(words).includes(" ")) expect(said(words), key).not.toBe(said(other));
      expect(said(words), key).not.toMatch(/ [:;?!»]|'/); // a plain space, or a straight apostrophe
    }
  });
});
