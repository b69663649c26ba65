import { basisRules } from "@preau/instructions";
import { describe, expect, it } from "vitest";
import { plugins } from "../src/plugins.ts";

describe("on whose instruction something was done (D6.1c)", () => {
  it("has a defined answer for every entry that any package writes", () => {
    const declared = plugins.flatMap(({ journalEvents }) => journalEvents);
    expect(declared.filter((type) => !basisRules.has(type))).toEqual([]);
  });

  it("has no answer for entries that nobody writes", () => {
    const declared = new Set<string>(plugins.flatMap(({ journalEvents }) => journalEvents));
    const unknown = [...basisRules.keys()].filter((type) => !declared.has(type));
    // What the journal says of itself is declared by no plugin.
    expect(unknown.filter((type) => !type.startsWith("journal."))).toEqual([]);
  });
});
