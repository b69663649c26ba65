import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { migrate, openDatabase } from "@preau/database";
import { controllerId, makeIds, systemClock } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl } from "@preau/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { keyMigrations, openKeyStore } from "../src/index.ts";

const ERASER = fileURLToPath(new URL("eraser.ts", import.meta.url));
const KILLS = Number(process.env["PREAU_SOAK_KILLS"] ?? 3);

const BUSY = { timeout: 20_000, interval: 5 };

const suite = (kind: DatabaseKind) =>
  it(`opens all live keys and none destroyed over ${KILLS} kills (kill -9)`, {
    timeout: 60_000 + KILLS * 5_000,
  }, async () => {
    const url = await freshDatabaseUrl(kind);
    const database = await openDatabase({ url });
    onTestFinished(() => database.close());
    await migrate(database, [keyMigrations]);
    const made = new Map<string, string>();
    const doubtful = new Set<string>(); // told to be under way: either is right
    const destroyed = new Set<string>();

    for (let n = 0; n < KILLS; n += 1) {
      const args = ["--conditions=@preau/source", ERASER, url];
      const pair = ["x", "y"].map((name) =>
        spawn(process.execPath, [...args, `${name}${n}`], { stdio: ["ignore", "pipe", "inherit"] }),
      );
      const outputs = pair.map(() => "");
      pair.forEach((child, at) =>
        child.stdout.on("data", (chunk: Buffer) => (outputs[at] = (outputs[at] ?? "") + chunk.toString())),
      );
      await Promise.all(pair.map((child) => once(child.stdout, "data")));
      // However slow the machine is, both have destroyed some when they die.
      await vi.waitUntil(() => outputs.every((output) => output.includes("destroyed")), BUSY);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      for (const child of pair) {
        const ended = once(child, "close");
        child.kill("SIGKILL");
        await ended;
      }
      for (const line of outputs.flatMap((output) => output.split("\n").slice(0, -1))) {
        const [what, id = "", mac = ""] = line.split(" ");
        if (what === "made") made.set(id, mac);
        if (what === "destroying") doubtful.add(id);
        if (what === "destroyed") destroyed.add(id);
      }
      const store = await openKeyStore({
        ...{ database, rootKey: new Uint8Array(32).fill(7) },
        ...{ clock: systemClock, ids: makeIds(systemClock) },
      });
      const scopes = [...made.keys()].map(
        (id) => ({ controller: controllerId("a"), kind: "subject", id }) as const,
      );
      await store.withKeys(
        scopes,
        (keyOf) => {
          for (const scope of scopes) {
            const mac = keyOf(scope)?.mac("l", "d").toString("hex");
            if (destroyed.has(scope.id)) expect(mac, scope.id).toBeUndefined();
            else if (!doubtful.has(scope.id) || mac !== undefined)
              expect(mac, scope.id).toBe(made.get(scope.id));
          }
        },
        { create: false },
      );
      expect((await store.epoch()).scrubbed).toBe(true);
    }
    expect(destroyed.size).toBeGreaterThan(KILLS);
  });

describe("kill -9 while keys are destroyed (D12.2) on SQLite", () => suite("sqlite"));
describeOnMariaDb("kill -9 while keys are destroyed (D12.2) on MariaDB", () => suite("mariadb"));
