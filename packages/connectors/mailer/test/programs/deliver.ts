/** A worker of its own process: lets messages out until it is killed, or nothing waits. */
import { systemClock } from "@preau/kernel";
import { makeMailHouse, openHouseDatabases } from "../mail-house.ts";

const [, , url = "", keysUrl = "", port = ""] = process.argv;
const both = await openHouseDatabases(url, keysUrl);
const { worker, database, post } = await makeMailHouse(both, systemClock, {
  options: { host: "127.0.0.1", port: Number(port) },
  leaseMs: 400,
});
worker.start();
process.stdout.write("working\n");
for (;;) {
  const [waiting] = await database.knex("mlr_message").where({ state: "queued" }).limit(1).pluck("id");
  if (waiting === undefined) break;
  await new Promise((resolve) => setTimeout(resolve, 30));
}
await worker.stop();
post.close();
await both.database.close();
await both.keysDatabase.close();
