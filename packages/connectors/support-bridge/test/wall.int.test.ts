import { describe, expect, it } from "vitest";
import { tryWall } from "./wall-trial.ts";

const CASES = Number(process.env["PREAU_WALL_CASES"] ?? 5_000);
const SEED = Number(process.env["PREAU_WALL_SEED"] ?? 20_261_127);

describe("the wall over fuzzed identities and messages (DC)", () => {
  it(`lets no known identifier out of ${CASES} messages, and the guard sees each, seed ${SEED}`, async () => {
    const { leaks, carried, disguised, seen } = await tryWall({ seed: SEED, cases: CASES });
    expect(leaks.slice(0, 40)).toEqual([]);
    expect(carried).toBeGreaterThan(CASES);
    expect(disguised).toBeGreaterThan(CASES / 2);
    expect(seen).toBeGreaterThan(CASES / 2);
  }, 600_000);

  it("holds as well where nobody knows whose a text is", async () => {
    const { leaks, carried } = await tryWall({ seed: SEED, cases: 150, scope: "all" });
    expect(leaks).toEqual([]);
    expect(carried).toBeGreaterThan(150);
  }, 120_000);

  it("is seen to fail where nothing is masked", async () => {
    const { leaks } = await tryWall({
      ...{ seed: SEED, cases: 20 },
      mask: { mask: (_unit, text) => Promise.resolve({ text, counts: {}, found: [] }) },
    });
    expect(leaks.length).toBeGreaterThan(20);
  });
});
