/** Looks again, one erasure after the other, until it is killed. */
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import type { ErasureId } from "../../src/erasure.ts";
import { lookLater } from "../../src/later-look.ts";
import { makeHouse, SCHOOL } from "../house.ts";

const [, , url = "", keysUrl = "", schoolUrl = ""] = process.argv;
const database = await openDatabase({ url });
const keysDatabase = await openDatabase({ url: keysUrl });
const schoolDatabase = await openDatabase({ url: schoolUrl });
const { ports, sources } = await makeHouse({ database, keysDatabase, schoolDatabase }, systemClock);
process.stdout.write("started\n");
const rows = await database
  .knex("ret_later_look")
  .orderBy("erasure")
  .select<{ erasure: ErasureId }[]>("erasure");
for (const { erasure } of rows) await lookLater(ports, { controller: SCHOOL, id: erasure }, { sources });
process.exit(0);
