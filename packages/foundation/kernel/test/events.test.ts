import { describe, expect, it } from "vitest";
import {
  controllerId,
  type EventHandlers,
  inMemoryUnitOfWork,
  makeEvents,
  type PreauEvents,
} from "../src/index.ts";

const closed: PreauEvents["erasure.closed"] = {
  controller: controllerId("college-1"),
  subject: "sub_1",
  receipt: "ers_1",
  verdict: "PASS",
};

describe("events", () => {
  it("call every handler in the order of the list, one after the other, in the emitter's unit", async () => {
    const seen: string[] = [];
    const units = new Set<unknown>();
    const handler = (name: string, wait: number): EventHandlers => ({
      "erasure.closed": async (event, unit) => {
        await new Promise((resolve) => setTimeout(resolve, wait));
        seen.push(`${name} ${event.receipt}`);
        units.add(unit);
      },
    });
    const events = makeEvents([handler("first", 10), {}, handler("second", 0), handler("third", 5)]);
    await inMemoryUnitOfWork().transaction(async (unit) => {
      await events.emit(unit, "erasure.closed", closed);
      expect(units).toEqual(new Set([unit]));
    });
    expect(seen).toEqual(["first ers_1", "second ers_1", "third ers_1"]);
  });

  it("stop at a handler that throws, and the unit ends with its error", async () => {
    const seen: string[] = [];
    const error = new Error("no");
    const events = makeEvents([
      { "erasure.closed": () => Promise.reject(error) },
      { "erasure.closed": async () => void seen.push("late") },
    ]);
    const unit = inMemoryUnitOfWork().transaction((each) => events.emit(each, "erasure.closed", closed));
    await expect(unit).rejects.toBe(error);
    expect(seen).toEqual([]);
  });

  it("are heard by nobody when nobody listens", async () => {
    await inMemoryUnitOfWork().transaction((unit) => makeEvents([]).emit(unit, "erasure.closed", closed));
  });
});
