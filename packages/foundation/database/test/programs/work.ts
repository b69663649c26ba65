/**
 * A worker in a process of its own, for tests that kill it. Each run writes a row with the job's id into `ran`; a slow
 * job holds its lease longer. Arguments: URL, lease in milliseconds. Prints `ready`.
 */
import { makeIds, systemClock } from "@preau/kernel";
import { inUnit, makeUnitOfWork, makeWorker, openDatabase } from "../../src/index.ts";

const [url = "", leaseMs = "1000"] = process.argv.slice(2);
const database = await openDatabase({ url });
const units = makeUnitOfWork(database);
const ids = makeIds(systemClock);
const worker = makeWorker({
  database,
  clock: systemClock,
  ids,
  leaseMs: Number(leaseMs),
  pollMs: 10,
  backoff: { first: 10, factor: 1, most: 10 },
  handlers: [
    {
      name: "test.run",
      attempts: 1_000,
      handler: async (job, run) => {
        await new Promise((resolve) => setTimeout(resolve, Number(job.payload["ms"] ?? 0)));
        await units.transaction(async (unit) => {
          await inUnit(unit)("ran").insert({ id: ids.next("run"), job: run.id, attempt: run.attempt });
        });
      },
    },
  ],
});
process.on("SIGTERM", () => void worker.stop().then(() => database.close()));
worker.start();
process.stdout.write("ready\n");
