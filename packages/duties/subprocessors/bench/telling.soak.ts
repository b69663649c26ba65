/** kill -9 while the controllers of a change are told, forty times the scale on each database: nobody is written to twice. */
import path from "node:path";
import { openDatabase } from "@preau/database";
import { controllerId, systemClock } from "@preau/kernel";
import { type DatabaseKind, freshDatabase, killLoop, spawnSource } from "@preau/testing";
import type { SubprocessorPorts } from "../src/ports.ts";
import { makeBareHouse } from "../test/bare-house.ts";

const PROGRAM = path.join(import.meta.dirname, "tell-controllers-run.ts");
const KILLS = 40;
const SCHOOLS = 400;

export async function soak({ seed, scale }: { readonly seed: number; readonly scale: number }) {
  const times = Math.max(2, Math.round(KILLS * scale));
  return { sqlite: await killOn("sqlite", times, seed), mariadb: await killOn("mariadb", times, seed) };
}

async function killOn(kind: DatabaseKind, times: number, seed: number) {
  const [main, keys] = [await freshDatabase(kind), await freshDatabase("sqlite")];
  const database = await openDatabase({ url: main.url });
  const keysDatabase = await openDatabase({ url: keys.url });
  try {
    const web = { links: {} as SubprocessorPorts["links"], migrations: [] };
    const house = await makeBareHouse({ database, keysDatabase }, systemClock, web);
    const { knex } = database;
    await knex.schema.createTable("test_mail", (table) => void table.string("mail", 100));
    await knex.schema.createTable("test_link", (table) => void table.string("thing", 100));
    for (let at = 0; at < SCHOOLS; at += 1) await house.register(controllerId(`school-${at}`));
    const change = await house.announce();
    const told: number[] = [];
    /** A notice is queued, with its one mail, its one link and its entry; or nothing of it has happened. */
    const check = async (): Promise<void> => {
      const queued = await knex("spr_notice").where({ delivery: "queued" }).pluck<string[]>("id");
      const mails = await knex("test_mail").pluck<string[]>("mail");
      const links = await knex("test_link").pluck<string[]>("thing");
      const [entries] = await knex("jrn_entry")
        .where({ type: "subprocessors.noticeQueued" })
        .count({ n: "*" });
      const own = queued.map((id) => `subprocessors/notice/${id}`);
      if (mails.sort().join(" ") !== own.sort().join(" ")) throw new Error("mails are not the notices");
      if (links.sort().join(" ") !== queued.sort().join(" ")) throw new Error("links are not the notices");
      if (Number(entries?.["n"]) !== queued.length) throw new Error("entries are not the notices");
      told.push(queued.length);
    };
    const args = [main.url, keys.url, change];
    const { killed } = await killLoop({ script: PROGRAM, args, times, withinMs: 300, seed, check });
    const last = spawnSource(PROGRAM, args);
    if ((await last.ended).code !== 0) throw new Error(last.errors());
    await check();
    if (told.at(-1) !== SCHOOLS) throw new Error(`told ${told.at(-1) ?? 0} of ${SCHOOLS}`);
    return { killed, stoppedAt: told.join(" ") };
  } finally {
    await database.close();
    await keysDatabase.close();
    await main.remove();
    await keys.remove();
  }
}
