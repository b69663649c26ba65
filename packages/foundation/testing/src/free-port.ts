import { createServer } from "node:net";

/** A TCP port of the loopback interface that is free at this moment; somebody else may take it before you do. */
export async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no TCP port was given"));
        else resolve(address.port);
      });
    });
  });
}
