/**
 * Orders a package of many entries, or goes on with the one that an earlier run left, until it is killed. Every entry that
 * is begun is written down in a file that survives.
 */
import { appendFileSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import { listExports } from "../../src/export-order-list.ts";
import { orderExport } from "../../src/export-order-place.ts";
import { openExportHouse, SCHOOL } from "../export-house.ts";
import { contentOf } from "../package.ts";

const [, , url = "", keysUrl = "", folder = "", recipient = ""] = process.argv;
const database = await openDatabase({ url });
const keysDatabase = await openDatabase({ url: keysUrl });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const entries = Array.from({ length: 24 }, (_, n) => ({
  path: `files/${String(n).padStart(2, "0")}.bin`,
  bytes: async function* () {
    appendFileSync(path.join(folder, "begun.log"), `${n}\n`);
    for (let at = 0; at < 6; at += 1) {
      yield Buffer.alloc(64 * 1024, `CLEAR-TEXT-${n} `);
      await pause(4);
    }
  },
}));
const house = await openExportHouse(
  { database, keysDatabase },
  {
    clock: systemClock,
    folder: path.join(folder, "exports"),
    makeContent: () => contentOf(entries),
    worker: { leaseMs: 300, pollMs: 20, backoff: { first: 10, factor: 1, most: 10 } },
  },
);
if ((await listExports(house.ports, SCHOOL)).length === 0)
  await orderExport(house.ports, {
    controller: SCHOOL,
    what: { kind: "database", store: "school" },
    language: "fr",
    protection: { kind: "age", recipients: [recipient] },
    by: { role: "controllerDpo" },
  });
process.stdout.write("started\n");
house.worker.start();
for (;;) {
  await pause(20);
  const [only] = await listExports(house.ports, SCHOOL);
  if (only?.state !== "ordered" && only?.state !== "running") break;
}
await house.worker.stop();
process.exit(0);
