import { createServer, type RequestListener } from "node:http";
import { fault } from "./errors.ts";
import type { RunningSimulator } from "./simulator.ts";

const HOSTS = ["127.0.0.1", "::1"]; // what `localhost` may mean to a browser; nothing but this machine

/**
 * Serves on every loopback address of this machine; resolves when all listen.
 * @throws SIMULATOR_PORT_TAKEN
 */
export async function listen(application: RequestListener, port: number): Promise<RunningSimulator> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.map((each) => each()));
  };
  let bound = port; // 0 asks the system for one; the second address then takes the same
  for (const host of HOSTS) {
    try {
      const opened = await open(application, bound, host);
      bound = opened.port;
      stops.push(() => opened.stop());
    } catch (cause) {
      if (host === "::1" && isCode(cause, "EADDRNOTAVAIL", "EAFNOSUPPORT")) continue; // a machine without IPv6
      await stop();
      if (!isCode(cause, "EADDRINUSE")) throw cause;
      throw fault("SIMULATOR_PORT_TAKEN", { place: `port ${bound}`, cause });
    }
  }
  return { url: `http://localhost:${bound}`, stop };
}

interface Opened {
  readonly port: number;
  stop(): Promise<void>;
}

function open(application: RequestListener, port: number, host: string): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const server = createServer(application);
    server.once("error", reject);
    server.listen({ port, host, ipv6Only: true }, () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new TypeError("a TCP address was expected");
      resolve({
        port: address.port,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
