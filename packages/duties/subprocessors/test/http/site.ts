/** The routes on a real application, over the house of the other tests: browsers keep cookies, follow nothing. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openDatabase } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  instant,
  manualClock,
  type Plugin,
  type Ports,
} from "@preau/kernel";
import { testBrowser } from "@preau/testing";
import { makeApp, makeSessions, mountRoutes, sessionRows, webRoutes } from "@preau/web";
import { onTestFinished } from "vitest";
import { type SubprocessorsOptions, subprocessorsPlugin } from "../../src/index.ts";
import { ACACIAS, HAMEAU, makeHouse } from "../subprocessor-house.ts";

const NOW = instant("2026-03-27T09:00:00.000Z");

export async function openSite() {
  const database = await openDatabase({ url: "sqlite::memory:" });
  const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
  onTestFinished(async () => {
    await Promise.all([database.close(), keysDatabase.close()]);
  });
  const clock = manualClock(NOW);
  const house = await makeHouse({ database, keysDatabase }, clock);
  for (const each of [HAMEAU, ACACIAS]) await house.register(each);
  const { ports } = house;
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids: ports.ids });
  const plugin: Plugin<SubprocessorsOptions> = subprocessorsPlugin;
  const app = makeApp({
    ...{ log: ports.log, clock, ids: ports.ids, sessions, publicUrl: "http://127.0.0.1", title: "Essai" },
    menu: [],
  });
  mountRoutes(app, plugin.routes(ports as unknown as Ports, plugin.options.parse({})));
  let next: { controller: ControllerId; actorRole: ActorRole } | undefined;
  mountRoutes(
    app,
    webRoutes([
      {
        ...{ method: "get", path: "/test/sign-in", who: "anyone" },
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
  onTestFinished(() => void server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const browser = (language = "fr") => testBrowser(base, { language });
  const reader = async (actorRole: ActorRole, controller: ControllerId, language = "fr") => {
    const own = browser(language);
    next = { controller, actorRole };
    await own.ask("/test/sign-in");
    return own;
  };
  return { ...house, clock, browser, reader };
}
