/** What the mailer needs of a hub, over real databases and keys. Programs use it too. */
import {
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  migrate,
  openDatabase,
} from "@preau/database";
import { type Clock, makeIds } from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { mailerPlugin, makeMailer } from "../src/index.ts";

export interface HouseDatabases {
  readonly database: Database;
  readonly keysDatabase: Database;
}

export async function openHouseDatabases(url: string, keysUrl = "sqlite::memory:"): Promise<HouseDatabases> {
  return { database: await openDatabase({ url }), keysDatabase: await openDatabase({ url: keysUrl }) };
}

/** The same databases may be given again: a restart, or a second process. */
export async function makeMailHouse({ database, keysDatabase }: HouseDatabases, clock: Clock) {
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [databaseMigrations, { owner: "mailer", migrations: mailerPlugin.migrations }]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const unitOfWork = makeUnitOfWork(database);
  const jobs = makeJobs({ clock, ids });
  const mailer = makeMailer({ clock, ids, jobs, vault });
  return { clock, ids, vault, unitOfWork, jobs, mailer, database };
}
