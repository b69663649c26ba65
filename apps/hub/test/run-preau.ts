/** Runs the built `preau` as a process of its own, in an empty folder, with an environment of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

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
  /** What is piped in; nothing when absent. */
  readonly input?: string;
}

/** Compiled code is kept between runs, as the launcher keeps it. */
const COMPILED = fileURLToPath(new URL("../../../node_modules/.cache/compile", import.meta.url));

/** Starts it. Nothing of this process's PREAU_ settings or language reaches it. */
export function startPreau(args: readonly string[], { cwd, env = {}, input }: PreauOptions): ChildProcess {
  const path = process.env["PATH"] ?? "";
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { PATH: path, LANG: "C.UTF-8", NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.on("error", () => undefined); // one that is refused reads nothing
  child.stdin?.end(input);
  return child;
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
