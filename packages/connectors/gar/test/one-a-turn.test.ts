import { describe, expect, it } from "vitest";
import { oneATurn } from "../src/one-a-turn.ts";

describe("heavy work, one piece a turn of the event loop", () => {
  it("lets something else in between each two", async () => {
    const turn = oneATurn();
    const order: string[] = [];
    let going = true;
    const others = (): void => {
      order.push("other");
      if (going) setImmediate(others);
    };
    const pieces = Array.from({ length: 5 }, async (_, at) => {
      await turn();
      order.push(`piece ${at}`);
    });
    setImmediate(others);
    await Promise.all(pieces);
    going = false;
    const text = order.join(" ");
    expect(text.match(/piece \d/g)).toEqual(["piece 0", "piece 1", "piece 2", "piece 3", "piece 4"]);
    expect(text).not.toMatch(/piece \d piece/);
  });

  it("goes on after a piece that failed", async () => {
    const turn = oneATurn();
    const failing = turn().then(() => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    await expect(turn()).resolves.toBeUndefined();
  });
});
