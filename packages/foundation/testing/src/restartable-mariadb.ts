/** A MariaDB that is killed and started again over the same data, on the same port. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { startMariaDb } from "./mariadb-server.ts";

/** Undefined where MariaDB is not installed. */
export async function startRestartableMariaDb() {
  const first = await startMariaDb();
  if (first === undefined) return undefined;
  const { url } = await first.freshSchema();
  const command = readFileSync(`/proc/${first.pid}/cmdline`, "utf8").split("\0").slice(0, -1);
  let again: ChildProcess | undefined;

  const kill = async () => {
    if (again === undefined) {
      process.kill(first.pid, "SIGKILL");
      while (await answers(first.port)) await pause(10);
      return;
    }
    // The shell that watches it kills it.
    again.stdin?.end();
    await once(again, "exit");
  };

  return {
    url,
    killAndStart: async () => {
      await kill();
      // It ends with us, however we end: then the pipe breaks.
      again = spawn("/bin/sh", ["-c", '"$@" & read -r _; kill -9 $!; wait', "sh", ...command], {
        stdio: ["pipe", "ignore", "ignore"],
      });
      while (!(await answers(first.port))) await pause(20);
    },
    stop: async () => {
      if (again !== undefined) await kill();
      await first.stop();
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(port, "127.0.0.1");
    connection.once("data", () => {
      connection.destroy();
      resolve(true);
    });
    connection.once("error", () => resolve(false));
    connection.once("close", () => resolve(false));
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
