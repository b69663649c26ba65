/** A process of its own that takes hooks: ours behind the web package's application, or the least that stores one. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { databaseMigrations, makeJobs, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { makeIds, silentLog, systemClock } from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeApp, makeSessions, memorySessionRows, mountRoutes } from "@preau/web";
import express from "express";
import { hookRoutes } from "../src/http/hook-routes.ts";
import { supportBridgeMigrations } from "../src/migrations/index.ts";
import { supportBridgeOptions } from "../src/options.ts";
import type { HookPorts } from "../src/receive-hook.ts";
import { crispSource } from "../src/sources/crisp.ts";

const [, , which = "", url = "", keysUrl = "", secret = "", website = ""] = process.argv;
const database = await openDatabase({ url });
await migrate(database, [
  databaseMigrations,
  { owner: "support-bridge", migrations: supportBridgeMigrations },
]);
const server = createServer(which === "ours" ? await ours() : await bare());
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.stdout.write(`${(server.address() as AddressInfo).port}\n`);

async function ours() {
  const keysDatabase = await openDatabase({ url: keysUrl });
  await migrate(keysDatabase, [keyMigrations]);
  const clock = systemClock;
  const ids = makeIds(clock);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const ports = {
    ...{ clock, ids, vault, log: silentLog, jobs: makeJobs({ clock, ids }) },
    unitOfWork: makeUnitOfWork(database),
    // What receiving a hook asks of it.
    support: { source: crispSource, secrets: () => [secret] },
  } as unknown as HookPorts;
  const sessions = makeSessions({ rows: memorySessionRows(), clock, ids });
  const app = makeApp({
    ...{ log: silentLog, clock, ids, sessions, publicUrl: "http://127.0.0.1", title: "Préau", menu: [] },
  });
  mountRoutes(app, hookRoutes(ports, supportBridgeOptions.parse({ desk: "crisp", website })));
  return app;
}

/** The bytes into one row, each its own transaction, on the same driver and settings. */
async function bare() {
  const { knex } = database;
  if (!(await knex.schema.hasTable("hook")))
    await knex.schema.createTable("hook", (t) => {
      t.increments("id");
      t.specificType("body", "blob").notNullable();
    });
  const app = express();
  app.post("/support/hooks/crisp", express.raw({ type: () => true, limit: 262_144 }), (request, response) => {
    void knex("hook")
      .insert({ body: request.body as Buffer })
      .then(() => response.json({ outcome: "stored" }));
  });
  return app;
}
