/** Passages on what is left of a text. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapPassages } from "../src/map-passages.ts";

describe("a passage of what was written, on what is left of it (DB.n)", () => {
  it("says the same words, wherever something was masked before, in it or after it", () => {
    const word = fc.stringMatching(/^[a-zé]{1,8}$/);
    const piece = fc.record({
      text: word,
      masked: fc.boolean(),
      mask: fc.constantFrom("[nom]", "[x]", "[adresse mail]"),
    });
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (pieces, one, other) => {
          let [written, left] = ["", ""];
          const found: { start: number; end: number }[] = [];
          const places: { start: number; end: number; shown: string }[] = [];
          for (const { text, masked, mask } of pieces) {
            const start = written.length;
            if (masked) found.push({ start, end: start + text.length });
            const shown = masked ? mask : text;
            places.push({ start, end: start + text.length, shown });
            written += `${text} `;
            left += `${shown} `;
          }
          const [from, to] = [one % pieces.length, other % pieces.length].sort((a, b) => a - b);
          const passage = {
            start: places[from ?? 0]?.start ?? 0,
            end: places[to ?? 0]?.end ?? 0,
            matter: "access",
          } as const;
          const [mapped] = mapPassages({ text: left, counts: {}, found }, [passage]);
          const wanted = places
            .slice(from, (to ?? 0) + 1)
            .map(({ shown }) => shown)
            .join(" ");
          expect(left.slice(mapped?.start, mapped?.end)).toBe(wanted);
        },
      ),
      { seed: 11 },
    );
  });
});
