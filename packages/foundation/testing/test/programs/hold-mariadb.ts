/** Starts a MariaDB, says its process and folder, and waits to be killed. */
import { dirname } from "node:path";
import { startMariaDb } from "../../src/mariadb-server.ts";

const server = await startMariaDb();
process.stdout.write(`${JSON.stringify({ pid: server?.pid, folder: dirname(server?.socket ?? "") })}\n`);
setInterval(() => undefined, 60_000);
