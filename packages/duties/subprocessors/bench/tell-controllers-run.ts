/**
 * Tells the controllers of a change, four in each transaction, slowly. Words: url of the database and of its keys, the change. What
 * is mailed and linked is written down in the same transaction, in tables of the test's.
 */
import { openDatabase, inUnit as queriesIn } from "@preau/database";
import { systemClock, type Unit } from "@preau/kernel";
import type { ChangeId } from "../src/change.ts";
import { tellPage } from "../src/jobs/tell.ts";
import type { SubprocessorPorts } from "../src/ports.ts";
import { makeBareHouse } from "../test/bare-house.ts";

const [, , url = "", keysUrl = "", change = ""] = process.argv;
const database = await openDatabase({ url });
const keysDatabase = await openDatabase({ url: keysUrl });
/** Links of the test's own: the pages of the real ones need more than Node. */
const links = {
  makeMany: async (unit: Unit, terms: readonly { readonly thing: string }[]) => {
    for (const { thing } of terms) await queriesIn(unit)("test_link").insert({ thing });
    return terms.map(({ thing }) => thing);
  },
} as unknown as SubprocessorPorts["links"];
const house = await makeBareHouse({ database, keysDatabase }, systemClock, { links, migrations: [] });
const ports: SubprocessorPorts = {
  ...house.ports,
  mailer: {
    send: async (unit, { key }) => {
      await queriesIn(unit)("test_mail").insert({ mail: key });
      await new Promise((resolve) => setTimeout(resolve, 3));
      return "msg_test";
    },
  },
};

process.stdout.write("ready\n");
for (let told = 4; told > 0; )
  told = await house.inUnit((unit) => tellPage(unit, ports, house.options, change as ChangeId, 4));
await database.close();
await keysDatabase.close();
