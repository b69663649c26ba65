import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { openDatabase } from "@preau/database";
import { freePort, temporaryFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { preauHere } from "./preau-here.ts";
import { collect, preau, startPreau } from "./run-preau.ts";

async function serving(cwd: string, env: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const child = startPreau(["serve"], { cwd, env: { PREAU_PORT: String(port), ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const spoken = new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
  await Promise.race([spoken, ended]);
  return { url: `http://127.0.0.1:${port}`, child, out, err, ended };
}

function squat(): Promise<{ port: number; server: Server }> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address !== null ? address.port : 0 });
    });
  });
}

describe("preau serve", () => {
  it("says ready once /health passes, shows its first page without redirect, ends with 0 at SIGTERM", async () => {
    const hub = await serving(temporaryFolder());
    expect(hub.out()).toBe(`preau ready ${hub.url}\n`);
    const health = await fetch(`${hub.url}/health`);
    expect([health.status, await health.json()]).toEqual([
      200,
      { status: "pass", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string },
    ]);
    const home = await fetch(`${hub.url}/`, { redirect: "manual" });
    expect([home.status, home.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await home.text()).toMatch(/^<!doctype html>/i);
    const start = performance.now();
    hub.child.kill("SIGTERM");
    expect(await hub.ended).toBe(0);
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it("starts again on the data of the last time, with the same keys", async () => {
    const cwd = temporaryFolder();
    const keysOf = async () => {
      const hub = await serving(cwd);
      const page = await (await fetch(`${hub.url}/journal`)).text();
      hub.child.kill("SIGINT");
      expect(await hub.ended).toBe(0);
      return page.match(/evidence\+[0-9a-f]{8}/)?.[0];
    };
    const first = await keysOf();
    expect(first).toBeDefined();
    expect(await keysOf()).toBe(first);
  });

  it("says 4 when the port is in use, and names it", async () => {
    const { port, server } = await squat();
    onTestFinished(() => void server.close());
    const answer = await preau(["serve"], { cwd: temporaryFolder(), env: { PREAU_PORT: String(port) } });
    expect([answer.code, answer.out]).toEqual([4, ""]);
    expect(answer.err).toContain(`preau: HUB_PORT_IN_USE  The port is in use.\n  place: 127.0.0.1:${port}`);
  });

  it.each([
    { defect: "broken YAML", yaml: "name: [a\n", place: "preau.yaml:" },
    { defect: "an unknown key", yaml: "name: demo\nnmae: demo\n", place: "preau.yaml:2:1 nmae" },
    { defect: "no such plugin", yaml: "plugins:\n  garr: {}\n", place: "preau.yaml:2:3 plugins.garr" },
    {
      defect: "an unknown key of a plugin",
      yaml: "plugins:\n  gar:\n    prodcut: plume\n",
      place: "preau.yaml:3:5 plugins.gar.prodcut",
    },
    {
      defect: "a wrong value of a plugin",
      yaml: "plugins:\n  retention:\n    delayMinutes: 2000\n",
      place: "preau.yaml:3:19 plugins.retention.delayMinutes",
    },
    { defect: "a number for a text", yaml: "\nname: 12\n", place: "preau.yaml:2:7 name" },
  ])("says 2 with file, line and column: $defect", async ({ yaml, place }) => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "preau.yaml"), yaml);
    const answer = await preauHere(["serve"], { cwd, env: { LANG: "fr_FR.UTF-8" } });
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toContain("HUB_CONFIG_INVALID  La configuration est inutilisable.");
    expect(answer.err).toContain(`endroit: ${place}`);
  });

  it("says 4 for a configuration that is not there, a folder that cannot be written, a database out of reach", async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "file"), "");
    const cases = [
      { env: { PREAU_CONFIG: "nowhere.yaml" }, code: "HUB_FILE_UNREADABLE", place: "nowhere.yaml" },
      {
        env: { PREAU_DATA: path.join(cwd, "file", "data") },
        code: "HUB_FILE_UNREADABLE",
        place: "PREAU_DATA",
      },
      // Node's own recursive mkdir would try for ever here.
      ...(process.platform === "linux"
        ? [{ env: { PREAU_DATA: "/proc/preau" }, code: "HUB_FILE_UNREADABLE", place: "PREAU_DATA" }]
        : []),
      {
        env: { PREAU_DB: "mysql://root@127.0.0.1:1/hub" },
        code: "DATABASE_UNREACHABLE",
        place: "127.0.0.1:1/hub",
      },
    ];
    for (const { env, code, place } of cases) {
      const answer = await preau(["serve"], { cwd, env });
      expect([code, answer.code, answer.out]).toEqual([code, 4, ""]);
      expect(answer.err).toContain(`preau: ${code}  `);
      expect(answer.err).toContain(`place: ${place}\n`);
      expect(answer.ms).toBeLessThan(30_000);
    }
  });

  it("refuses a data folder of a newer version, and leaves it as it is", async () => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, ".preau"));
    expect((await preauHere(["journal", "key"], { cwd })).code).toBe(0);
    const database = await openDatabase({ url: `sqlite:${path.join(cwd, ".preau", "hub.sqlite")}` });
    const [known] = await database.knex("db_migration").select<Record<string, unknown>[]>("*").limit(1);
    await database.knex("db_migration").insert({ ...known, id: "jrn_999_later" });
    await database.close();
    const answer = await preauHere(["serve"], { cwd });
    expect([answer.code, answer.out]).toEqual([4, ""]);
    expect(answer.err).toContain("DATABASE_NEWER");
  });
});
