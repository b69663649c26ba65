/**
 * Runs one command line of `preau` in this process, from its sources: what a command answers, refuses and writes is the
 * same there, without a process to start. That the built program starts, says its exit code and ends is `run-preau.ts`.
 */
import { Readable } from "node:stream";
import { systemClock } from "@preau/kernel";
import { main } from "../src/cli.ts";
import type { Answer, PreauOptions } from "./run-preau.ts";

export async function preauHere(
  args: readonly string[],
  { cwd, env = {}, input = "" }: PreauOptions,
): Promise<Answer> {
  const start = performance.now();
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(args, {
    environment: { LANG: "C.UTF-8", ...env },
    cwd,
    clock: systemClock,
    input: Readable.from([input]),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join(""), err: err.join(""), ms: performance.now() - start };
}
