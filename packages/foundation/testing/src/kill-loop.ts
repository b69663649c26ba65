/**
 * Ends a process with SIGKILL at a moment of chance, over and over, and looks at what it left: how something is shown to
 * survive a crash at any point. Its seed is printed, and given back it repeats the moments.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { seededChance } from "./invented-persons.ts";

export interface KillLoopOptions {
  /** Path of the program: JavaScript, or TypeScript that Node can strip (no JSX). */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How many runs. */
  readonly times: number;
  /** The latest moment of the kill, in milliseconds after the program's first output. */
  readonly withinMs: number;
  /** Chosen by chance when absent. */
  readonly seed?: number;
  /** Looks at what the killed run left; throws when it is not well. */
  readonly check: (round: number) => Promise<void>;
}

export interface KillLoopResult {
  readonly seed: number;
  /** Runs that were killed at work. */
  readonly killed: number;
  /** Runs that had ended by themselves, with exit code 0, before their moment came. */
  readonly finished: number;
}

/** Runs, kills, checks. The program writes a line to stdout when its work begins. A run that fails by itself throws. */
export async function killLoop(options: KillLoopOptions): Promise<KillLoopResult> {
  const { times, withinMs, seed = randomInt(2 ** 31), check } = options;
  const chance = seededChance(seed);
  process.stderr.write(`kill loop: seed ${seed}, ${times} runs\n`);
  let [killed, finished] = [0, 0];
  for (let round = 0; round < times; round += 1) {
    const program = spawnSource(options.script, options.args, options.env);
    await firstOutput(program);
    await Promise.race([wait(Math.floor(chance() * (withinMs + 1))), program.ended]);
    program.child.kill("SIGKILL");
    const { code, signal } = await program.ended;
    if (signal === "SIGKILL") killed += 1;
    else if (code === 0) finished += 1;
    else
      throw new Error(
        `seed ${seed}, run ${round}: the program ended with ${code ?? signal ?? ""}: ${program.errors()}`,
      );
    try {
      await check(round);
    } catch (error) {
      throw new Error(`seed ${seed}, run ${round}: the check failed`, { cause: error });
    }
  }
  return { seed, killed, finished };
}

export interface SourceProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** What it has written to stdout so far. */
  output(): string;
  /** What it has written to stderr so far. */
  errors(): string;
}

/** Starts a program of the workspace with Node, packages read from their sources. The caller waits for its end. */
export function spawnSource(
  script: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): SourceProgram {
  const child = spawn(
    process.execPath,
    ["--conditions=@preau/source", "--disable-warning=ExperimentalWarning", script, ...args],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  return { child, ended, output: () => output, errors: () => errors };
}

async function firstOutput(program: SourceProgram): Promise<void> {
  const spoken = new Promise<void>((resolve) => program.child.stdout?.once("data", () => resolve()));
  await Promise.race([spoken, program.ended]);
}
