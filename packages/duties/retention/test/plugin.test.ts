import { pluginContract } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { retentionPlugin } from "../src/index.ts";
import { en } from "../src/locales/en.ts";
import { fr } from "../src/locales/fr.ts";
import { purgesEn } from "../src/locales/purges-en.ts";
import { purgesFr } from "../src/locales/purges-fr.ts";

pluginContract(retentionPlugin);

describe("plugin retention: its own part", () => {
  it("requires every port that its rules use", () => {
    expect(retentionPlugin.requires).toEqual(
      expect.arrayContaining(["agreements", "receipts", "sources", "vault", "journal", "unitOfWork"]),
    );
  });

  it("says everything in both languages, and nothing twice the same but for figures", () => {
    type Words = string | ((one: string, two: string) => string);
    const said = (words: Words) => (typeof words === "function" ? words("1", "2") : words);
    const [inFrench, inEnglish] = [
      { ...fr, ...purgesFr },
      { ...en, ...purgesEn },
    ];
    expect(Object.keys(inEnglish).sort()).toEqual(Object.keys(inFrench).sort());
    for (const [key, words] of Object.entries<Words>(inFrench)) {
      const other: Words = inEnglish[key as keyof typeof inEnglish];
      expect(said(words).trim(), key).not.toBe("");
      expect(said(other).trim(), key).not.toBe("");
      if (said(words).includes(" ")) expect(said(words), key).not.toBe(said(other));
      expect(said(words), key).not.toMatch(/ [:;?!»]|'/); // a plain space, or a straight apostrophe
    }
  });
});
