/** The ledger alone over a database: what others write beside it (journal, jobs) is no part of the question here. */
import { oneAgreement } from "@preau/agreement";
import { type Database, makeUnitOfWork, migrate } from "@preau/database";
import { type Clock, type Events, makeEvents, makeIds } from "@preau/kernel";
import { instructionsMigrations, makeInstructions } from "../src/index.ts";
import { referenceAgreement } from "./house.ts";

const agreements = oneAgreement(referenceAgreement);

export async function lightLedger(database: Database, clock: Clock, events: Events = makeEvents([])) {
  await migrate(database, [instructionsMigrations]);
  const ids = makeIds(clock);
  const jobs = { enqueue: () => Promise.resolve(ids.next("job")) };
  const journal = {
    record: () => Promise.resolve(ids.next("jrn")),
    entries: () => Promise.resolve([]),
    prove: () => Promise.resolve(undefined),
    forget: () => Promise.resolve(),
  };
  return {
    unitOfWork: makeUnitOfWork(database),
    instructions: makeInstructions({ agreements, clock, events, ids, jobs, journal }),
  };
}
