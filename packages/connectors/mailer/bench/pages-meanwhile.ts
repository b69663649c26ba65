/**
 * How long a page of twenty reads takes on SQLite, in the same process, while 10,000 notices leave: the slowest of all that are asked
 * for meanwhile, over a real socket, a tenth of a second apart. Everything that a message costs but its last step is done for each.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { inUnit } from "@preau/database";
import { systemClock } from "@preau/kernel";
import { freshDatabase } from "@preau/testing";
import { makeMailHouse, openHouseDatabases } from "../test/mail-house.ts";
import { measure, rssMiB, secondsOf } from "./measure.ts";
import { noticesOf } from "./queue-notices.ts";

const READS = 20;
const APART_MS = 100;

export async function pagesMeanwhile(runs: number) {
  const [fresh, keys] = [await freshDatabase("sqlite"), await freshDatabase("sqlite")];
  const both = await openHouseDatabases(fresh.url, keys.url);
  const house = await makeMailHouse(both, systemClock, { options: { transport: "catcher" } });
  const server = createServer((_request, response) => {
    void (async () => {
      for (let reads = 0; reads < READS; reads += 1)
        await house.unitOfWork.transaction((unit) => inUnit(unit)("mlr_message").limit(20).select("id"));
      response.end("page");
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const page = () => secondsOf(async () => (await fetch(url)).text());
  try {
    const [slowest, alone]: [number[], number[]] = [[], []];
    for (let round = 0; round < runs; round += 1) {
      await house.unitOfWork.transaction((unit) => house.mailer.sendMany(unit, noticesOf(round)));
      alone.push(await page());
      const pages: number[] = [];
      const crowd = { isGone: false };
      const leaving = house.worker.drain().then(() => {
        crowd.isGone = true;
      });
      while (!crowd.isGone) {
        pages.push(await page());
        await wait(APART_MS);
      }
      await leaving;
      slowest.push(Math.max(...pages));
    }
    const ours = measure(slowest, "s");
    return {
      case: "sqlite: the slowest page while 10,000 notices leave in the same process",
      ours,
      peer: { name: "the same page alone", median: measure(alone, "s").median, unit: "s" },
      goal: "<= 1 s",
      met: ours.median <= 1,
      rssMiB: rssMiB(),
    };
  } finally {
    server.closeAllConnections();
    server.close();
    await both.database.close();
    await both.keysDatabase.close();
    await fresh.remove();
    await keys.remove();
  }
}
