/** Runs the built `preau` as a process of its own, in an empty folder, with an environment of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

export interface PreauOptions {
  /** Working folder; its `.preau` is the data folder. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it. Nothing of this process's PREAU_ settings or language reaches it. */
export function startPreau(args: readonly string[], { cwd, env = {} }: PreauOptions): ChildProcess {
  const path = process.env["PATH"] ?? "";
  return spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { PATH: path, LANG: "C.UTF-8", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export async function preau(args: readonly string[], options: PreauOptions): Promise<Answer> {
  const start = performance.now();
  const child = startPreau(args, options);
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, out: out(), err: err(), ms: performance.now() - start };
}

export function collect(stream: ChildProcess["stdout"]): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
