import { openDatabase } from "@preau/database";
import { describeEachDatabase, instructionsContract } from "@preau/testing";
import { onTestFinished } from "vitest";
import { makeInstructions } from "../src/index.ts";
import { makeHouse } from "./house.ts";

describeEachDatabase("ledger", openDatabase, (fresh) => {
  instructionsContract("over the database", async ({ clock, events }) => {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const { ports } = await makeHouse({ database, keysDatabase }, clock);
    return { unitOfWork: ports.unitOfWork, instructions: makeInstructions({ ...ports, events }) };
  });
});
