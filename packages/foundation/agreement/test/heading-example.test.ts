import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clauseSections } from "../src/clause-sections.ts";
import { headingLike } from "../src/heading-example.ts";

describe("the example for a heading without an id (D1)", () => {
  it.each([
    ["## Article 3 – Objet", "## Article3 · Objet"],
    ["### 1.2. Délais", "### C1.2 · Délais"],
    ["## C4 - Audit", "## C4 · Audit"],
    ["## C4·Audit", "## C4 · Audit"],
    ["## **Art. 5 : Sort des données**", "## Art5 · Sort des données"],
    ["# Deuxième partie", "## C1 · Deuxième partie"],
    ["## Définitions ##", "## C1 · Définitions"],
    ["Objet", "## C1 · Objet"],
    ["##", "## C1 · …"],
    ["## Ÿ 1", "## Y1 · …"],
  ])("keeps what the author has: %s", (heading, example) => {
    expect(headingLike(heading)).toBe(example);
  });

  it("is a heading that the guide takes, whatever stood there", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (words) => {
        const example = headingLike(`## ${words.replace(/[\r\n]/g, " ")}`);
        expect(clauseSections(example).at(-1)?.clause).toBeDefined();
      }),
    );
  });
});
