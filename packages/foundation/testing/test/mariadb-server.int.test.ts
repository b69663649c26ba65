import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { describeOnMariaDb, type MariaDb, spawnSource, startMariaDb } from "../src/index.ts";

describeOnMariaDb("private MariaDB", () => {
  it("speaks utf8mb4, UTC and strict SQL, takes more arguments, and is gone once stopped", async () => {
    const server = (await startMariaDb({ extraArgs: ["--max-connections=17"] })) as MariaDb;
    const variables = [
      "character_set_server",
      "time_zone",
      "sql_mode",
      "max_connections",
      "bind_address",
      "tmpdir",
    ];
    const answer = await server.sql(`SELECT ${variables.map((name) => `@@${name}`).join(", ")}`);
    expect(answer).toMatch(/^utf8mb4\t\+00:00\t[A-Z_,]*STRICT_ALL_TABLES[A-Z_,]*\t17\t127\.0\.0\.1\t/);
    // Two servers with one folder for temporary tables remove each other's.
    expect(answer.trim().endsWith(dirname(server.socket))).toBe(true);
    const { name, url, drop } = await server.freshSchema();
    expect(url).toBe(`mysql://root@127.0.0.1:${server.port}/${name}`);
    await server.sql("CREATE TABLE t (n INT); INSERT INTO t VALUES (1)", name);
    await drop();
    await drop();
    expect(await server.sql(`SHOW DATABASES LIKE '${name}'`)).toBe("");
    await server.stop();
    expect([isAlive(server.pid), existsSync(dirname(server.socket))]).toEqual([false, false]);
    await server.stop();
  });

  it("says what is wrong with arguments that the server refuses", async () => {
    await expect(startMariaDb({ extraArgs: ["--no-such-argument"] })).rejects.toThrow(/did not start/);
  });

  it("does not outlive the process that started it, even one killed with SIGKILL", async () => {
    const holder = spawnSource(join(import.meta.dirname, "programs/hold-mariadb.ts"));
    while (!holder.output().includes("\n")) await wait(50);
    const { pid, folder } = JSON.parse(holder.output()) as { pid: number; folder: string };
    expect(isAlive(pid)).toBe(true);
    holder.child.kill("SIGKILL");
    await holder.ended;
    for (let i = 0; i < 100 && (isAlive(pid) || existsSync(folder)); i += 1) await wait(50);
    expect([isAlive(pid), existsSync(folder)]).toEqual([false, false]);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
