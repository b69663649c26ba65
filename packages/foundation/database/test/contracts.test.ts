import { type JobDefinition, makeIds, manualClock } from "@preau/kernel";
import { freshDatabaseUrl, jobsContract, unitOfWorkContract } from "@preau/testing";
import {
  databaseMigrations,
  inUnit,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  openDatabase,
} from "../src/index.ts";
import { describeKinds } from "./kinds.ts";

describeKinds((kind) => {
  unitOfWorkContract(kind, async () => {
    const database = await openDatabase({ url: await freshDatabaseUrl(kind) });
    await database.knex.schema.createTable("t", (table) => void table.string("v", 40));
    return {
      unitOfWork: makeUnitOfWork(database),
      put: async (unit, v) => {
        await inUnit(unit)("t").insert({ v });
      },
      values: (unit) => inUnit(unit)("t").pluck("v"),
      close: () => database.close(),
    };
  });

  jobsContract(kind, async (handlers: readonly JobDefinition[]) => {
    const database = await openDatabase({ url: await freshDatabaseUrl(kind) });
    await migrate(database, [databaseMigrations]);
    const clock = manualClock();
    const ids = makeIds(clock);
    const worker = makeWorker({ database, handlers, clock, ids });
    return {
      unitOfWork: makeUnitOfWork(database),
      jobs: makeJobs({ clock, ids }),
      clock,
      elapse: (milliseconds) => clock.advance(milliseconds),
      work: async () => {
        await worker.drain();
      },
      close: () => database.close(),
    };
  });
});
