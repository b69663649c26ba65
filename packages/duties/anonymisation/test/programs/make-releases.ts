/** Makes releases, one after the other, until it is killed. Words: url of the database, of the keys, folder of the releases. */
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import { runRelease } from "../../src/release-run.ts";
import { ACACIAS, HAMEAU, makeHouse, PUBLISHER_DPO, planOf } from "../house.ts";

const [, , url = "", keysUrl = "", out = ""] = process.argv;
const [database, keysDatabase] = [await openDatabase({ url }), await openDatabase({ url: keysUrl })];
const { ports } = await makeHouse({ database, keysDatabase }, systemClock);
const rows = Array.from({ length: 5_000 }, (_, n) => ({ age: n % 7, town: `Ville ${n % 90}` }));

process.stdout.write("ready\n");
for (;;)
  await runRelease(
    ports,
    {
      plan: planOf("ages"),
      ...{ controllers: [HAMEAU, ACACIAS], by: PUBLISHER_DPO, out },
    },
    (parties) =>
      Promise.resolve({
        ...{
          verdict: "anonymised",
          rowsIn: rows.length,
          rowsOut: rows.length,
          figures: { answers: [], leftOutColumns: [] },
          k: 5,
        },
        rowsOf: new Map(parties.map(({ controller }) => [controller, rows.length / 2])),
        content: { columns: ["age", "town"], rows, report: {}, html: "<!doctype html>" },
        classes: [["6", 5]],
      }),
  );
