/**
 * One of two processes at the same database: `release` makes releases of all schools, one after the other; `object` objects
 * and takes it back, over and over. Words: which of the two, folder or url of the databases, rounds, folder of the releases.
 */
import { openDatabase } from "@preau/database";
import { type JsonObject, systemClock } from "@preau/kernel";
import { recordObjection } from "../../src/objection-record.ts";
import { withdrawObjection } from "../../src/objection-withdraw.ts";
import { type Computed, runRelease } from "../../src/release-run.ts";
import { ACACIAS, DPO, HAMEAU, makeHouse, PUBLISHER_DPO, planOf, TILLEULS } from "../house.ts";

const [, , what = "", url = "", keysUrl = "", rounds = "", out = ""] = process.argv;
const database = await openDatabase({ url });
const keysDatabase = await openDatabase({ url: keysUrl });
const { ports, inUnit } = await makeHouse({ database, keysDatabase }, systemClock);
const schools = [HAMEAU, ACACIAS, TILLEULS];

process.stdout.write("ready\n");
if (what === "release") {
  for (let round = 0; round < Number(rounds); round += 1)
    await runRelease(
      ports,
      {
        plan: planOf("results"),
        ...{ controllers: schools, by: PUBLISHER_DPO, out },
      },
      (parties) => {
        const rows: JsonObject[] = parties.map(({ controller }) => ({ controller }));
        const computed: Computed = {
          ...{
            verdict: "anonymised",
            rowsIn: rows.length,
            rowsOut: rows.length,
            figures: { answers: [], leftOutColumns: [] },
          },
          rowsOf: new Map(parties.map(({ controller }) => [controller, 1])),
          content: { columns: ["controller"], rows, report: {}, html: "" },
        };
        // Time enough for an objection to arrive.
        return new Promise((resolve) => setTimeout(() => resolve(computed), Math.random() * 8));
      },
    );
} else {
  for (let round = 0; round < Number(rounds); round += 1) {
    await inUnit((unit) => recordObjection(unit, ports, { controller: HAMEAU, by: DPO }));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
    await inUnit((unit) => withdrawObjection(unit, ports, { controller: HAMEAU, by: DPO }));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
  }
}
await database.close();
await keysDatabase.close();
