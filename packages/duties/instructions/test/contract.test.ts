import { openDatabase } from "@preau/database";
import { describeEachDatabase, instructionsContract } from "@preau/testing";
import { lightLedger } from "./light-ledger.ts";

describeEachDatabase("ledger", openDatabase, (fresh) => {
  instructionsContract("over the database", async ({ clock, events }) =>
    lightLedger(await fresh(), clock, events),
  );
});
