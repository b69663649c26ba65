/** The operational log: one JSON line an event, on stderr. */
import type { Clock, Log, LogFields } from "@preau/kernel";

export type LogLevel = "info" | "warn" | "error" | "silent";
const RANK: Readonly<Record<LogLevel, number>> = { info: 0, warn: 1, error: 2, silent: 3 };

/** Lines at that level and above. `write` gets each with its newline. */
export function makeLog(clock: Clock, level: LogLevel, write: (line: string) => void): Log {
  const line = (name: LogLevel) => (event: string, fields?: LogFields) => {
    if (RANK[name] < RANK[level]) return;
    const head = { at: clock.now(), level: name, event };
    write(`${JSON.stringify({ ...head, ...fields, ...head })}\n`); // first for the reader; last, so that no field hides it
  };
  return { info: line("info"), warn: line("warn"), error: line("error") };
}
