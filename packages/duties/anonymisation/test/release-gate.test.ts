import { describe, expect, it } from "vitest";
import { releaseGate } from "../src/release-gate.ts";
import { classesNoted, of300, planOf, randomOf, rowsOf } from "./release-corpus.ts";

describe("the gate of releases", () => {
  it("lets 300 pupils of six classes out, none of them told apart (D13.1)", async () => {
    const gated = await releaseGate(planOf(), [rowsOf(of300())], { randomBelow: randomOf(1) });
    expect(gated.kind, JSON.stringify(gated, null, 1)).toBe("anonymised");
    if (gated.kind !== "anonymised") return;
    expect(gated.answers.map(({ holds }) => holds)).toEqual([true, true, true]);
    const rows = [...gated.release.rows()];
    expect(rows).toHaveLength(gated.release.rowsOut);
    expect(gated.loss.released + Math.round(gated.loss.suppressed * 300)).toBe(300);
    for (const count of classesNoted(rows, ["birth_year", "hand", "level"]).values())
      expect(count).toBeGreaterThanOrEqual(11);
  });
});
