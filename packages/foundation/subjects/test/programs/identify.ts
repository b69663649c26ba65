/**
 * Identifies the same hundred persons as its twins do, in an order of its own; prints the subjects as JSON. Arguments: URL
 * of the data, URL of the keys, root key (hexadecimal), a number.
 */
import { makeUnitOfWork, openDatabase } from "@preau/database";
import { controllerId, makeIds, systemClock } from "@preau/kernel";
import { openKeyStore } from "@preau/keys";
import { makeSubjectDirectory } from "../../src/index.ts";

const [url = "", keysUrl = "", root = "", turn = "0"] = process.argv.slice(2);
const [database, keys] = [await openDatabase({ url }), await openDatabase({ url: keysUrl })];
const base = { clock: systemClock, ids: makeIds(systemClock) };
const keyStore = await openKeyStore({ ...base, database: keys, rootKey: Buffer.from(root, "hex") });
const directory = makeSubjectDirectory({ ...base, database, keyStore });
const units = makeUnitOfWork(database);
const subjects: string[] = [];
for (let n = 0; n < 100; n += 1) {
  const person = (n * 37 + Number(turn) * 11) % 100;
  const identifier = { kind: "moodle.user", value: String(person) };
  const controller = controllerId("college-1");
  subjects[person] = await units.transaction((unit) => directory.identify(unit, controller, identifier));
}
process.stdout.write(JSON.stringify(subjects));
keyStore.close();
await database.close();
await keys.close();
