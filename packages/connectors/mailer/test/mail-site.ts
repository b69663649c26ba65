/** The mailer's routes on a real socket, over a house of `makeMailHouse`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ActorRole, ControllerId, Plugin, Ports } from "@preau/kernel";
import { testBrowser } from "@preau/testing";
import { makeApp, makeSessions, memorySessionRows, mountRoutes, PUBLISHER, webRoutes } from "@preau/web";
import { onTestFinished } from "vitest";
import { type MailerOptions, mailerPlugin } from "../src/index.ts";
import type { makeMailHouse } from "./mail-house.ts";

export async function openMailSite(house: Awaited<ReturnType<typeof makeMailHouse>>) {
  const { clock, ids, log, options } = house;
  const sessions = makeSessions({ rows: memorySessionRows(), clock, ids });
  const plugin: Plugin<MailerOptions> = mailerPlugin;
  const app = makeApp({
    ...{ log, clock, ids, sessions, publicUrl: "http://127.0.0.1", title: "Essai", menu: [] },
  });
  mountRoutes(app, plugin.routes(house.ports as unknown as Ports, options));
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
  /** A browser of somebody who is signed in: at the publisher, where no controller is named. */
  const reader = async (actorRole: ActorRole, controller: ControllerId = PUBLISHER, language = "en") => {
    const own = testBrowser(base, { language });
    next = { controller, actorRole };
    await own.ask("/test/sign-in");
    return own;
  };
  return { base, reader };
}
