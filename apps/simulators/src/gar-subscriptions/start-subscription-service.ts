/** The subscription service on a port of its own, over mutual TLS: who shows no certificate, or another, gets nothing. */
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import type { SecureContextOptions } from "node:tls";
import type { Clock } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { GarPerson } from "../gar/people.ts";
import type { GarSchool } from "../gar/schools.ts";
import type { RunningSimulator } from "../simulator.ts";
import type { SubscriptionDefects } from "./defects.ts";
import { subscriptionApp } from "./subscription-app.ts";
import { subscriptionStore } from "./subscription-store.ts";
import { strangerCredentials, type TlsFiles, tlsFiles } from "./tls-files.ts";

export interface SubscriptionServiceOptions {
  /** 0 asks the system for one. */
  readonly port: number;
  /** The simulators' folder. */
  readonly dataFolder: string;
  /** For the certificates: peers look at them by the real time. */
  readonly clock: Clock;
  readonly schools: readonly GarSchool[];
  readonly people: readonly GarPerson[];
  readonly defects: SubscriptionDefects;
}

export interface RunningSubscriptionService extends RunningSimulator {
  /** What a client is configured with. */
  readonly files: TlsFiles["paths"];
}

export const SUBSCRIPTIONS_PORT = 8711;
const HOST = "127.0.0.1";

/** @throws SIMULATOR_PORT_TAKEN */
export async function startSubscriptionService(
  options: SubscriptionServiceOptions,
): Promise<RunningSubscriptionService> {
  const { dataFolder, defects } = options;
  const now = options.clock.now();
  const folder = join(dataFolder, "gar", "tls");
  const [files, stranger] = await Promise.all([tlsFiles(folder, now), strangerCredentials(now)]);
  const store = subscriptionStore(join(dataFolder, "gar", "subscriptions.json"));
  const shared = { ca: files.clientCertificate, minVersion: "TLSv1.2" } as const;
  const mutual = { requestCert: true, rejectUnauthorized: true };
  const server = createServer(
    { ...shared, ...files.server, ...mutual },
    subscriptionApp({ ...options, store }),
  );
  // Before the handshake of each connection, so that a switch holds from the next one on.
  server.prependListener("connection", () => {
    server.setSecureContext({ ...shared, ...credentialsNow() });
  });
  const port = await listening(server, options.port);
  return {
    url: `https://localhost:${port}`,
    files: files.paths,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  function credentialsNow(): Pick<SecureContextOptions, "key" | "cert"> {
    if (defects.get("subscriptions-expired-certificate") > 0) return files.expired;
    if (defects.get("subscriptions-other-host") > 0) return files.otherHost;
    return defects.get("subscriptions-stranger") > 0 ? stranger : files.server;
  }
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === "EADDRINUSE" ? fault("SIMULATOR_PORT_TAKEN", { place: `port ${port}`, cause }) : cause,
      );
    });
    server.listen({ port, host: HOST }, () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new TypeError("a TCP address was expected");
      resolve(address.port);
    });
  });
}
