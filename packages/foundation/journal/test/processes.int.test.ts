import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { EntryId } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl } from "@preau/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readCheckpoint } from "../src/checkpoint.ts";
import { verifyConsistency } from "../src/index.ts";
import { openJournalAt } from "./open-journal.ts";

const APPENDER = fileURLToPath(new URL("appender.ts", import.meta.url));
/** Kills in CI; `npm run soak` asks for more. */
const KILLS = Number(process.env["PREAU_SOAK_KILLS"] ?? 4);

/** However slow the machine is, both are at work when one of them dies. */
const BUSY = { timeout: 20_000, interval: 5 };

interface Row {
  readonly id: EntryId;
  readonly log: "activity" | "evidence";
  readonly log_index: number | string | null;
}

interface Appender {
  readonly child: ChildProcess;
  readonly told: Set<EntryId>;
}

async function startAppender(data: string, keys: string, name: string): Promise<Appender> {
  const child = spawn(process.execPath, ["--conditions=@preau/source", APPENDER, data, keys, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const told = new Set<EntryId>();
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines)
      for (const id of line.split(" ")) if (id.startsWith("jrn_")) told.add(id as EntryId);
  });
  await once(child.stdout, "data");
  return { child, told };
}

async function kill({ child }: Appender): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

const suite = (kind: DatabaseKind) => {
  it(`loses nothing, leaves no gap and never forks over ${KILLS} kills (kill -9)`, {
    timeout: 60_000 + KILLS * 5_000,
  }, async () => {
    const [data, keys] = [await freshDatabaseUrl(kind), await freshDatabaseUrl(kind)];
    const watcher = await openJournalAt({ data, keys });
    onTestFinished(watcher.close);
    const { journal, database, sequencer } = watcher;
    const running = [await startAppender(data, keys, "one"), await startAppender(data, keys, "two")];
    const told = new Set<EntryId>();
    const heads: { activity: string[]; evidence: string[] } = { activity: [], evidence: [] };

    for (let n = 0; n < KILLS; n += 1) {
      for (const { told: already } of running) await vi.waitUntil(() => already.size > 5, BUSY);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      for (const log of ["activity", "evidence"] as const) {
        const head = await journal.checkpoint(log);
        if (head !== undefined) heads[log].push(head);
      }
      const victim = running[n % 2]!;
      await kill(victim);
      for (const id of victim.told) told.add(id);
      running[n % 2] = await startAppender(data, keys, n % 2 === 0 ? "one" : "two");
    }
    for (const each of running) {
      await kill(each);
      for (const id of each.told) told.add(id);
    }
    await new Promise((resolve) => setTimeout(resolve, 600)); // the dead holder's lease
    await sequencer.runOnce();

    const rows = await database.knex<Row>("jrn_entry").select("id", "log", "log_index");
    const kept = new Set(rows.map((row) => row.id));
    expect([...told].filter((id) => !kept.has(id))).toEqual([]);
    expect(told.size).toBeGreaterThan(KILLS * 5);
    for (const log of ["activity", "evidence"] as const) {
      const indexes = rows.filter((row) => row.log === log).map((row) => Number(row.log_index));
      expect(indexes.sort((a, b) => a - b)).toEqual(indexes.map((_, at) => at));
      expect(await journal.audit(log)).toEqual({ holds: true, size: indexes.length });
      const last = readCheckpoint((await journal.checkpoint(log))!)!;
      for (const head of heads[log].map((text) => readCheckpoint(text)!)) {
        const proof = await journal.proveConsistency(log, head.size, last.size);
        expect(verifyConsistency(head, last, proof)).toBe(true);
      }
    }
  });
};

describe("two processes append to one SQLite file (DD.7)", () => suite("sqlite"));
describeOnMariaDb("two processes append to one MariaDB (DD.7)", () => suite("mariadb"));
