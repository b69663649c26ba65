import {
  controllerId,
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  type RegisteredSource,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { planStores } from "../src/index.ts";

describe("plan in every store (D12.2)", () => {
  it("plans in the stores of that controller and in those that hold several controllers' data, in no other", async () => {
    const [mine, theirs] = [controllerId("college-a"), controllerId("college-b")];
    const sources = new Map<string, RegisteredSource>();
    for (const [id, controller] of [
      ["lms-a", mine],
      ["lms-b", theirs],
      ["journal", undefined],
    ] as const) {
      const store = inMemoryStore([]);
      const source = inMemoryPersonalDataSource({ store, id });
      const describe = () => ({
        ...source.describe(),
        id,
        ...(controller === undefined ? {} : { controller }),
      });
      sources.set(id, {
        source: {
          ...source,
          describe,
          plan: async (request) => ({ ...(await source.plan(request)), source: id }),
        },
        second: inMemoryLookAgain(store),
      });
    }
    const plans = await planStores(sources, [], { controller: mine, ground: "account-deleted" });
    expect(plans.map((plan) => plan.source)).toEqual(["lms-a", "journal"]);
  });
});
