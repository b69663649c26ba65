/**
 * `mariadb-dump` (or `mysqldump`) as a stream. It is believed only when it ended with 0 and its last line says that it was
 * complete: a connection that is lost near the end leaves a file that loads without an error and lacks tables.
 *
 * What it writes to stderr may quote data, so nothing of it is passed on but the server's error number.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import type { MysqlTarget } from "./database-url.ts";
import type { DumpOptions } from "./dump-database.ts";
import { makeOptionFile, OPTION_FILE_ARGUMENT } from "./dump-option-file.ts";
import { dumpRights } from "./dump-rights.ts";
import { type DumpTool, findDumpTool, STANDARD_FOLDERS } from "./dump-tool.ts";
import { fault } from "./errors.ts";
import type { Database } from "./open-database.ts";

const STALL_MS = 5 * 60_000;
/** Bytes kept of the end, and of what is said on stderr. */
const TAIL = 200;
const STDERR = 4096;

const ARGUMENTS = [
  "--single-transaction",
  "--quick",
  "--skip-lock-tables",
  "--hex-blob",
  "--triggers",
  "--default-character-set=utf8mb4",
  "--no-tablespaces",
  // The same database is the same dump; the last line says "Dump completed" all the same.
  "--skip-dump-date",
  // The longest value that the protocol has.
  "--max-allowed-packet=1G",
  // Of MySQL's own program: statistics that MariaDB does not have, and the server's replication state.
  "--loose-column-statistics=0",
  "--loose-set-gtid-purged=OFF",
];

interface MysqlDumpOptions extends DumpOptions {
  readonly signal?: AbortSignal | undefined;
  /** Each piece is emptied when the next is asked for. */
  readonly lend?: boolean | undefined;
}

/** @throws DATABASE_NO_DUMP_TOOL, DATABASE_DUMP_FAILED, DATABASE_UNREACHABLE */
export async function* dumpMysql(
  database: Database,
  target: MysqlTarget,
  { signal, lend, searchPath, tablePrefix, stallMs = STALL_MS }: MysqlDumpOptions,
): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted();
  const tool = await findDumpTool(searchPath ?? STANDARD_FOLDERS, target.place);
  const { routines, events, tables } = await dumpRights(database, target.name, tablePrefix);
  signal?.throwIfAborted();
  // Without a name the program would dump every table.
  if (tables?.length === 0)
    throw fault("DATABASE_DUMP_FAILED", { place: target.place, log: { why: "no table" } });
  const wanted = [
    ...(routines ? ["--routines"] : []),
    ...(events ? ["--events"] : []),
    ...["--", target.name, ...(tables ?? [])],
  ];
  const child = start(tool, target, passwordOf(database), wanted);
  const ended = endOf(child);
  const said = listen(child);
  const kill = () => void child.kill("SIGKILL");
  signal?.addEventListener("abort", kill, { once: true });
  const state = { waiting: true, stalled: false };
  const watch = setTimeout(() => {
    state.stalled = state.waiting;
    if (state.waiting) kill();
  }, stallMs);
  try {
    let tail: Buffer = Buffer.alloc(0);
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      tail = tailOf(tail, chunk);
      state.waiting = false;
      yield chunk;
      if (lend === true) empty(chunk);
      state.waiting = true;
      watch.refresh();
    }
    const { exit, by } = await ended;
    signal?.throwIfAborted();
    const whole = /(^|\n)-- Dump completed[^\n]*\n$/.test(tail.toString("latin1"));
    if (exit !== 0 || !whole) {
      const why = state.stalled ? "stalled" : exit === 0 ? "truncated" : "ended";
      throw fault("DATABASE_DUMP_FAILED", {
        place: target.place,
        log: { why, exit: String(exit), signal: String(by), errno: said() },
      });
    }
  } finally {
    clearTimeout(watch);
    signal?.removeEventListener("abort", kill);
    if (child.exitCode === null && child.signalCode === null) kill();
    child.stdout?.destroy();
    await ended;
  }
}

interface End {
  readonly exit: number | null;
  readonly by: NodeJS.Signals | null;
}

/** Its end, also where it could not be started. */
function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once("close", (exit, by) => resolve({ exit, by }));
    child.once("error", () => {
      if (child.pid === undefined) resolve({ exit: null, by: null });
    });
  });
}

function start(
  tool: DumpTool,
  target: MysqlTarget,
  password: string | undefined,
  wanted: readonly string[],
): ChildProcess {
  const options = makeOptionFile(target, password, tool);
  try {
    const words = [...tool.starter, tool.program, OPTION_FILE_ARGUMENT, ...ARGUMENTS, ...wanted];
    return spawn(words[0] ?? tool.program, words.slice(1), {
      stdio: ["ignore", "pipe", "pipe", options.descriptor],
      // Nothing of our own environment, and no option file of somebody's home.
      env: { HOME: "/nonexistent", LC_ALL: "C", TMPDIR: tmpdir() },
    });
  } finally {
    options.close();
  }
}

/** Reads stderr away; gives the server's error number, 0 where none was named. */
function listen(child: ChildProcess): () => number {
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    if (text.length < STDERR) text += chunk.toString("latin1");
  });
  return () => Number(/error:? (\d{4,5})\b|\((\d{4,5})\)/i.exec(text)?.slice(1).find(Boolean) ?? 0);
}

function tailOf(tail: Buffer, chunk: Buffer): Buffer {
  return Buffer.concat([tail, chunk.subarray(-TAIL)]).subarray(-TAIL);
}

/** Gives the memory of a piece back at once, where it is nobody else's: small pieces share theirs. */
function empty({ buffer, byteLength }: Buffer): void {
  const memory = buffer as ArrayBuffer & { transfer?(bytes: number): unknown }; // of ES2024
  if (memory.byteLength === byteLength) memory.transfer?.(0);
}

/** knex keeps the password out of what it prints, and has it still. */
function passwordOf({ knex }: Database): string | undefined {
  const { connectionSettings } = knex.client as { connectionSettings?: { password?: unknown } };
  const password = connectionSettings?.password;
  return typeof password === "string" ? password : undefined;
}
