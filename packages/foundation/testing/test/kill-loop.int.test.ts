import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeOf, killLoop, temporaryFolder } from "../src/index.ts";

const script = join(import.meta.dirname, "programs/append-lines.ts");

describe("kill loop", () => {
  it("kills a program of the workspace at work, and looks at what each run left", async () => {
    const file = join(temporaryFolder(), "lines");
    const sizes: number[] = [];
    const check = async (round: number) => {
      const lines = readFileSync(file, "utf8").split("\n");
      expect(lines.length).toBeGreaterThan(0);
      sizes.push(lines.length);
      expect(sizes).toHaveLength(round + 1);
    };
    const result = await killLoop({ script, args: [file], times: 3, withinMs: 40, seed: 7, check });
    expect(result).toEqual({ seed: 7, killed: 3, finished: 0 });
    expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
  });

  it("counts a run that was done before its moment as finished", async () => {
    const file = join(temporaryFolder(), "lines");
    const check = async () => {
      expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(1);
      rmSync(file);
    };
    const result = await killLoop({ script, args: [file, "1"], times: 1, withinMs: 60_000, check, seed: 1 });
    expect(result.finished).toBe(1);
  });

  it("stops at a check that fails, with the seed and the run", async () => {
    const file = join(temporaryFolder(), "lines");
    const check = async (round: number) => {
      if (round === 1) throw new Error("not well");
    };
    const run = killLoop({ script, args: [file], times: 3, withinMs: 5, seed: 3, check });
    await expect(run).rejects.toThrow("seed 3, run 1");
  });

  it("stops at a program that fails by itself", async () => {
    const check = async () => undefined;
    const run = killLoop({ script, args: ["/nowhere/at/all"], times: 1, withinMs: 60_000, seed: 3, check });
    expect(String(await codeOf(run))).toContain("seed 3, run 0: the program ended with 1");
  });
});
