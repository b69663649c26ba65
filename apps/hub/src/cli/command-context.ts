/** What every command is given: the environment, the terminal, the clock. */
import type { Readable } from "node:stream";
import { type Clock, type Log, systemClock } from "@preau/kernel";
import { type Config, readConfig } from "../config.ts";
import { type Hub, type HubOptions, openHub } from "../hub.ts";
import { type LogLevel, makeLog } from "../log.ts";
import type { Streams } from "./report-error.ts";

export interface CommandContext extends Streams {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  /** Nothing when absent. */
  readonly input?: Input;
  /** Writes what is no text; undefined where stdout is a terminal. */
  readonly bytes?: (data: Uint8Array) => void;
  /** Writes one line of a terminal over; the empty one takes it away. Undefined where stderr is no terminal. */
  readonly live?: (line: string) => void;
  /** Asks a yes-or-no question; undefined where nobody can answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** What is typed or piped in. */
export type Input = Readable & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };

/** The context of this process. Everything but the answer goes to stderr. */
export function processContext(confirm: CommandContext["confirm"]): CommandContext {
  return {
    environment: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    input: process.stdin,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ...(process.stdout.isTTY ? {} : { bytes: (data: Uint8Array) => void process.stdout.write(data) }),
    ...(process.stderr.isTTY ? { live: writeOver } : {}),
    ...(confirm === undefined ? {} : { confirm }),
  };
}

/** Cut to the terminal's width: a line that wraps cannot be written over. */
function writeOver(line: string): void {
  // Some terminals say 0 where they do not know.
  const width = (process.stderr.columns > 0 ? process.stderr.columns : 80) - 1;
  process.stderr.write(`\r\u001B[K${Array.from(line).slice(0, width).join("")}`);
}

export function configOf(context: CommandContext): Config {
  return readConfig(context.environment, context.cwd);
}

/** The log of a command: from the level named, or from what PREAU_LOG says. */
export function logOf(context: CommandContext, usual: LogLevel): Log {
  const asked = context.environment["PREAU_LOG"];
  const level = (["info", "warn", "error", "silent"] as const).find((each) => each === asked) ?? usual;
  return makeLog(context.clock, level, (line) => context.err(line));
}

/** Opens the hub for one command and closes it again. */
export async function withHub<T>(
  context: CommandContext,
  options: Pick<HubOptions, "sources">,
  work: (hub: Hub) => Promise<T>,
): Promise<T> {
  const hub = await openHub(configOf(context), {
    clock: context.clock,
    log: logOf(context, "error"),
    ...options,
  });
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}
