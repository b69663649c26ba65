/** The routes on a real application, over the house of the other tests: browsers keep cookies, follow nothing. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Agreement } from "@preau/agreement";
import { type Database, openDatabase } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  instant,
  type Message,
  manualClock,
  type Plugin,
  type Ports,
} from "@preau/kernel";
import { testBrowser } from "@preau/testing";
import { makeApp, makeSessions, mountRoutes, sessionRows, webRoutes } from "@preau/web";
import { onTestFinished } from "vitest";
import { type InstructionsOptions, instructionsPlugin } from "../../src/index.ts";
import { ACACIAS, HAMEAU, makeHouse } from "../house.ts";

export const NOW = instant("2026-11-23T08:00:00.000Z");

/** The link that a message bears. */
export function linkIn(message: Message | undefined): string {
  const link = message?.variables["link"];
  if (typeof link !== "string") throw new Error("the message bears no link");
  return link;
}

export async function openSite(database: Database, agreement?: Agreement) {
  const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
  onTestFinished(() => keysDatabase.close());
  const clock = manualClock(NOW);
  const house = await makeHouse(
    { database, keysDatabase, ...(agreement === undefined ? {} : { agreement }) },
    clock,
  );
  for (const each of [HAMEAU, ACACIAS]) await house.register(each);
  await house.appoint(HAMEAU);
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids: house.ports.ids });
  const plugin: Plugin<InstructionsOptions> = instructionsPlugin;
  const ports = house.ports as unknown as Ports;
  const options = plugin.options.parse({ publicUrl: "https://hub.example" });
  const app = makeApp({
    ...{ log: ports.log, clock, ids: ports.ids, sessions, publicUrl: "http://127.0.0.1", title: "Essai" },
    menu: [],
  });
  mountRoutes(app, plugin.routes(ports, options));
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
  return {
    ...house,
    ...{ clock, base, browser, reader, dues: plugin.dues(ports, options) },
    work: () => house.work(plugin.jobs(ports, options)),
  };
}
