import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

export interface Child {
  readonly process: ChildProcess;
  /** Resolves at the first output. */
  readonly ready: Promise<void>;
  /** All of stdout, once it has ended. Rejects with stderr when the exit code is neither 0 nor a signal. */
  readonly output: Promise<string>;
}

/** Runs a file of `programs` in a process of its own. */
export function runProgram(file: string, ...args: readonly string[]): Child {
  const child = spawn(
    process.execPath,
    ["--conditions=@preau/source", path.join(import.meta.dirname, "programs", file), ...args],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let out = "";
  let err = "";
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
      resolve();
    });
    child.once("exit", () => reject(new Error(`ended before it was ready: ${err}`)));
  });
  ready.catch(() => undefined);
  child.stderr.on("data", (data: Buffer) => {
    err += data.toString();
  });
  const output = new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => (code === 0 || code === null ? resolve(out) : reject(new Error(err))));
  });
  output.catch(() => undefined);
  return { process: child, ready, output };
}
