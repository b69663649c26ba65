import { describe, expect, it } from "vitest";
import { acknowledgementIn } from "../src/receive-acknowledgement.ts";

describe("what a page says when a request has come in (D10.1c)", () => {
  it("knows nothing but the language: its one argument", () => {
    expect(acknowledgementIn.length).toBe(1);
    expect(JSON.stringify(acknowledgementIn("fr"))).toBe(JSON.stringify(acknowledgementIn("fr")));
    expect(acknowledgementIn("en")).not.toEqual(acknowledgementIn("fr"));
  });

  it("promises no figure, which is the agreement's and the law's", () => {
    for (const language of ["fr", "en"] as const)
      expect(JSON.stringify(acknowledgementIn(language))).not.toMatch(/\d/);
  });
});
