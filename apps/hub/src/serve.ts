/** The server: the hub behind HTTP, its worker and its sequencer, until it is told to stop. */

import { createServer, type Server } from "node:http";
import path from "node:path";
import { signOutPathOf } from "@preau/gar";
import { readOrCreateSecret } from "@preau/keys";
import { makeApp, mountRoutes, prepareDemonstration } from "@preau/web";
import { accountMeans } from "./account-means.ts";
import { keepAlarmsGoing } from "./alarm-schedule.ts";
import { fault } from "./errors.ts";
import type { Hub } from "./hub.ts";
import { menuOf } from "./menu.ts";
import { keepRetentionGoing } from "./retention-schedule.ts";
import { routeTable } from "./route-table.ts";
import { version } from "./version.ts";

const DEMONSTRATION = {
  fr: "Démonstration : personnes inventées, mots de passe publics. N’y mettez aucune donnée réelle.",
  en: "Demonstration: invented persons, public passwords. Put no real data here.",
};

const SWEEP_MS = 300_000;

export interface Serving {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws HUB_PORT_IN_USE */
export async function serve(hub: Hub): Promise<Serving> {
  const { config, ports } = hub;
  const app = makeApp({
    log: ports.log,
    clock: ports.clock,
    ids: ports.ids,
    sessions: hub.sessions,
    publicUrl: config.publicUrl,
    title: "Préau",
    menu: menuOf(hub),
    version,
    signIn: "/sign-in",
    signOut: (session) => signOutPathOf(session) ?? "/sign-out", // the accounts' own: it journals
    ...(config.demonstration ? { banner: DEMONSTRATION } : {}),
    formKey: readOrCreateSecret(path.join(config.data, "form.key")),
    trustProxy: config.trustProxy,
    ...(config.staffNetworks === undefined ? {} : { staffNetworks: config.staffNetworks }),
  });
  mountRoutes(app, routeTable(hub));

  await prepareDemonstration(accountMeans(hub));

  const server = createServer(app);
  await listen(server, config.port);
  hub.worker.start();
  hub.sequencer.start();
  const stopRetention = keepRetentionGoing(hub);
  const stopAlarms = keepAlarmsGoing(hub);
  const sweeping = setInterval(() => void hub.sessions.sweep().catch(() => undefined), SWEEP_MS);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      clearInterval(sweeping);
      stopRetention();
      stopAlarms();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      });
      await hub.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const taken = "code" in cause && cause.code === "EADDRINUSE";
      reject(taken ? fault("HUB_PORT_IN_USE", { place: `127.0.0.1:${port}`, cause }) : cause);
    });
    server.listen({ port, host: "127.0.0.1" }, resolve);
  });
}
