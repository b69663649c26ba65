import { describe, expect, it } from "vitest";
import { gather } from "../src/gather.ts";
import { makePlaces } from "../src/places.ts";

describe("calls that are done together", () => {
  it("share a group of at most so many, and get each its own value", async () => {
    const groups: number[] = [];
    const double = gather(
      async (items: readonly number[]) => {
        groups.push(items.length);
        return items.map((each) => each * 2);
      },
      { most: 4, lingerMs: () => 0 },
    );
    const values = await Promise.all(Array.from({ length: 10 }, (_, n) => double(n)));
    expect(values).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(groups).toEqual([4, 4, 2]);
  });

  it("fail alone: what is wrong with one is not the others'", async () => {
    const half = gather(
      async (items: readonly number[]) => {
        if (items.some((each) => each % 2 === 1)) throw new Error("odd");
        return items.map((each) => each / 2);
      },
      { most: 10, lingerMs: () => 0 },
    );
    const ended = await Promise.allSettled([half(2), half(3), half(8)]);
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});

describe("places", () => {
  it("are taken by so many at a time, in the order in which they came, and given back once", async () => {
    const places = makePlaces(1);
    const order: string[] = [];
    const first = await places.take();
    const waiting = ["b", "c"].map(async (name) => {
      const giveBack = await places.take();
      order.push(name);
      giveBack();
      giveBack();
    });
    order.push("a");
    first();
    await Promise.all(waiting);
    expect(order).toEqual(["a", "b", "c"]);
  });

  it("are not waited for by whoever was called off, and are not lost with them", async () => {
    const places = makePlaces(1);
    const first = await places.take();
    const off = new AbortController();
    const called = places.take(off.signal);
    off.abort(new Error("off"));
    await expect(called).rejects.toThrow("off");
    first();
    (await places.take())();
  });
});
