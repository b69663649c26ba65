/** A process that makes and destroys keys until it is killed: run by `kill.int.test.ts`. */
import { openDatabase } from "@preau/database";
import { controllerId, makeIds, systemClock } from "@preau/kernel";
import { openKeyStore } from "../src/index.ts";

const [, , url = "", name = ""] = process.argv;
const rootKey = new Uint8Array(32).fill(7);
const database = await openDatabase({ url });
const store = await openKeyStore({ database, rootKey, clock: systemClock, ids: makeIds(systemClock) });
const scope = (n: number) =>
  ({ controller: controllerId("a"), kind: "subject", id: `sub_${name}_${n}` }) as const;
for (let n = 0; ; n += 1) {
  const mac = await store.mac(scope(n), "l", "d");
  process.stdout.write(`made ${scope(n).id} ${mac.toString("hex")}\n`);
  if (n % 3 !== 0) continue;
  process.stdout.write(`destroying ${scope(n).id}\n`);
  await store.destroy(scope(n));
  process.stdout.write(`destroyed ${scope(n).id}\n`);
}
