/** Retention's routes on a real application, over the house of the other tests: browsers keep cookies, follow nothing. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Database, makeWorker, migrate, openDatabase } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type EventHandlers,
  makeEvents,
  manualClock,
  type Plugin,
  type Ports,
  type SubjectId,
} from "@preau/kernel";
import { inMemoryPorts, testBrowser } from "@preau/testing";
import {
  makeApp,
  makeSessions,
  mountRoutes,
  sessionRows,
  webMigrations,
  webPersonalData,
  webRoutes,
} from "@preau/web";
import { onTestFinished } from "vitest";
import { type RetentionOptions, retentionPlugin } from "../../src/index.ts";
import { retentionPersonalData } from "../../src/retention-personal-data.ts";
import { makeHouse, SCHOOL } from "../house.ts";
import { fillSchool } from "../school.ts";

export async function openSite(database: Database) {
  const clock = manualClock();
  const inMemory = () => openDatabase({ url: "sqlite::memory:" });
  const [keysDatabase, schoolDatabase] = [await inMemory(), await inMemory()];
  for (const each of [keysDatabase, schoolDatabase]) onTestFinished(() => each.close());
  await fillSchool(schoolDatabase, [1, 2]);
  const house = await makeHouse({ database, keysDatabase, schoolDatabase }, clock);
  await migrate(database, [{ owner: "web", migrations: webMigrations }]);
  house.sources.set("web.sessions", webPersonalData({ database }));
  house.sources.set("retention", retentionPersonalData(house.ports));

  const plugin: Plugin<RetentionOptions> = retentionPlugin;
  const handlers: EventHandlers[] = [];
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids: house.ports.ids });
  const ports = {
    ...inMemoryPorts(),
    ...house.ports,
    sessions,
    events: makeEvents(handlers),
    // What is said on a page stands in the journal here; the ledger is tested where it is.
    instructions: undefined,
  } as unknown as Ports;
  const options = plugin.options.parse({});
  handlers.push(plugin.on(ports, options));
  const app = makeApp({
    ...{ log: ports.log, clock, ids: ports.ids, sessions, publicUrl: "http://127.0.0.1", title: "Essai" },
    menu: [],
  });
  mountRoutes(app, plugin.routes(ports, options));
  let next: { controller: ControllerId; actorRole: ActorRole; subject?: SubjectId } | undefined;
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
  onTestFinished(() => void server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const worker = makeWorker({
    database,
    handlers: plugin.jobs(ports, options),
    clock,
    ids: ports.ids,
    log: ports.log,
  });

  const browser = (language = "fr") => {
    const { ask, send } = testBrowser(base, { language });
    return {
      ask,
      signIn: async (actorRole: ActorRole, subject?: SubjectId, controller = SCHOOL) => {
        next = { controller, actorRole, ...(subject === undefined ? {} : { subject }) };
        await ask("/test/sign-in");
      },
      /** Presses the button of a page's form. */
      press: (path: string) => send(path, path),
      send,
    };
  };
  return { ...house, ports, options, clock, worker, browser, sessions };
}
