/**
 * A process of its own, for tests that kill it. `hub`: queues so many messages, each in a unit of its own, from the first key on, and
 * ends. `worker`: lets messages out until it is killed.
 */
import { systemClock } from "@preau/kernel";
import { makeMailHouse, message, openHouseDatabases } from "../mail-house.ts";

const [, , role, url = "", keysUrl = "", port = "", many = "0"] = process.argv;
const both = await openHouseDatabases(url, keysUrl);
const house = await makeMailHouse(both, systemClock, {
  options: { host: "127.0.0.1", port: Number(port) },
  leaseMs: 600,
});
if (role === "worker") house.worker.start();
else {
  for (let n = 0; n < Number(many); n += 1)
    await house.send(message({ key: `n/${n}`, to: { address: `dpo-${n}@acacias.example` } }));
  process.exit(0);
}
