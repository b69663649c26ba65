import { migrate, openDatabase } from "@preau/database";
import { type GarPorts, garMigrations, garOptions, garRouter } from "@preau/gar";
import { makeSessions, sessionRows, webMigrations } from "@preau/web";
import express, { type Express } from "express";

export async function mountInExpress(ports: GarPorts, url: string, given: unknown): Promise<Express> {
  const database = await openDatabase({ url });
  const own = [
    { owner: "web", migrations: webMigrations },
    { owner: "gar", migrations: garMigrations },
  ];
  await migrate(database, own);
  const sessions = makeSessions({ rows: sessionRows(database), clock: ports.clock, ids: ports.ids });
  const gar = garRouter({ ...ports, sessions, options: garOptions.parse(given) });
  const app = express();
  app.use(gar);
  app.get("/me", async (request, response) => void response.json((await gar.session(request))?.data ?? null));
  return app;
}
