import { describe, expect, it } from "vitest";
import { inLanes } from "../src/in-lanes.ts";

const later = async (result: string, milliseconds: number) => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return result;
};

describe("transactions at once", () => {
  it("begins no more than there are lanes, and gives each result as soon as it is there", async () => {
    const begun: string[] = [];
    const tasks = [
      ["slow", 20],
      ["quick", 1],
      ["next", 1],
    ].map(([name, time]) => () => {
      begun.push(String(name));
      return later(String(name), Number(time));
    });
    const results: string[] = [];
    for await (const result of inLanes(2, tasks)) {
      if (results.length === 0) expect(begun).toEqual(["slow", "quick"]);
      results.push(result);
    }
    expect(results[0]).toBe("quick");
    expect([...results].sort()).toEqual(["next", "quick", "slow"]);
  });

  it("gives what had begun before it tells of a failure, and begins nothing after it", async () => {
    let begun = 0;
    const tasks = Array.from({ length: 5 }, (_, index) => async () => {
      begun += 1;
      if (index === 0) throw new Error("broken");
      return later("done", 5);
    });
    const results: string[] = [];
    const run = async () => {
      for await (const result of inLanes(2, tasks)) results.push(result);
    };
    await expect(run()).rejects.toThrow("broken");
    expect([begun, results]).toEqual([2, ["done"]]);
  });

  it("ends at a signal with what had begun", async () => {
    const stop = new AbortController();
    let begun = 0;
    const tasks = Array.from({ length: 5 }, () => () => {
      begun += 1;
      return later("done", 2);
    });
    const results: string[] = [];
    for await (const result of inLanes(2, tasks, stop.signal)) {
      results.push(result);
      stop.abort();
    }
    expect([begun, results.length]).toEqual([2, 2]);
  });
});
