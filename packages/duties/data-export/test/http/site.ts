/** The export routes on a real application, over the house of the other tests: browsers keep cookies, follow nothing. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Database, migrate, openDatabase } from "@preau/database";
import { type ActorRole, type ControllerId, instant, manualClock, type Ports } from "@preau/kernel";
import { inMemoryPorts, temporaryFolder, testBrowser } from "@preau/testing";
import { makeApp, makeSessions, mountRoutes, sessionRows, webMigrations, webRoutes } from "@preau/web";
import { onTestFinished } from "vitest";
import { dataExportPlugin } from "../../src/plugin.ts";
import { type ExportHouseOptions, openExportHouse, SCHOOL } from "../export-house.ts";
import { contentOf } from "../package.ts";

export async function openSite(database: Database, given: Partial<ExportHouseOptions> = {}) {
  const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
  onTestFinished(() => keysDatabase.close());
  const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
  const folder = temporaryFolder();
  const house = await openExportHouse(
    { database, keysDatabase },
    { clock, folder, makeContent: () => contentOf([{ path: "a.txt", bytes: "Zoé" }]), ...given },
  );
  await migrate(database, [{ owner: "web", migrations: webMigrations }]);
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids: house.ports.ids });
  const ports = { ...inMemoryPorts(), ...house.ports, sessions } as unknown as Ports;
  const app = makeApp({
    ...{ log: ports.log, clock, ids: ports.ids, sessions, publicUrl: "http://127.0.0.1", title: "Essai" },
    menu: [],
  });
  mountRoutes(app, dataExportPlugin.routes(ports, house.options));
  let next: { controller: ControllerId; actorRole: ActorRole } | undefined;
  mountRoutes(
    app,
    webRoutes([
      {
        method: "get",
        path: "/test/sign-in",
        who: "anyone",
        handler: async (request, response) => {
          if (next === undefined) throw new Error("who?");
          await request.signIn({ data: { ...next, categories: [], dropped: [], refusals: [] } });
          response.end();
        },
      },
    ]),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const browser = (language = "fr") => {
    const own = testBrowser(base, { language, hidden: ["what", "controller", "press"] });
    return {
      ...own,
      signIn: async (actorRole: ActorRole, controller = SCHOOL) => {
        next = { controller, actorRole };
        await own.ask("/test/sign-in");
      },
    };
  };
  return { ...house, clock, folder, browser, base };
}
