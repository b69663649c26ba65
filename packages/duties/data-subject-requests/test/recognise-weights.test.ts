import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { weights } from "../src/recognise-weights.ts";
import { developmentMessages, fitWeights, readLines, weightLines } from "./fit-weights.ts";

const file = new URL("../src/recognise-weights.ts", import.meta.url);
/** Tenths by which another processor's arithmetic may differ. */
const CLOSE = 3;

describe("the weights of evidence (D10.1a)", () => {
  // After a change of the messages, the lexicon or the reading: PREAU_FIT=1 with this test writes them anew.
  it("are those that the development messages give", () => {
    const fitted = fitWeights(developmentMessages());
    if (process.env["PREAU_FIT"] === "1") {
      const source = readFileSync(file, "utf8");
      writeFileSync(file, source.replace(/`\n[^`]*`/, `\`\n${weightLines(fitted)}\n\``));
      return;
    }
    const rows = readLines(weights);
    expect([...rows.keys()]).toEqual([...fitted.keys()]);
    const far = [...fitted].filter(([name, row]) =>
      row.some((weight, at) => Math.abs(weight - (rows.get(name)?.[at] ?? Number.NaN)) > CLOSE),
    );
    expect(far.map(([name]) => name)).toEqual([]);
  });
});
