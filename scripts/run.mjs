// The launcher behind every `npm` script: from a fresh clone to a running task, with Node >= 20 and npm alone.
//
//   node scripts/run.mjs NAME [ARGS…]
//
// 1. installs what the lock file says, unless the last install saw the very same inputs;
// 2. builds, for the tasks that run compiled code, unless the sources are those of the last build;
// 3. runs the task on the pinned Node 24, arguments, exit code and signals unchanged.
//
// stdout belongs to the task's answer: everything that 1 and 2 print goes to stderr.
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./run/build.mjs";
import { LauncherError } from "./run/child.mjs";
import { install } from "./run/install.mjs";
import { findNode, taskEnvironment } from "./run/node.mjs";
import { whenNpmDies } from "./run/orphan.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const ENVIRONMENT = 4; // exit code: the machine, not the answer (docs: streams and exit codes)

/** Task → what it runs, and whether it needs the packages compiled ("force": even when nothing changed). */
const tasks = {
  start: { script: "scripts/start.mjs", build: true },
  preau: { script: "apps/hub/dist/cli.js", build: true },
  bench: { script: "scripts/bench.mjs", build: true },
  soak: { script: "scripts/soak.mjs", build: true },
  test: { script: "scripts/test.mjs", build: false }, // builds by itself, beside the type check
  check: { script: "scripts/check.mjs", build: false },
  format: { script: "scripts/format.mjs", build: false },
  build: { script: undefined, build: "force" },
};

/**
 * What streams gigabytes makes buffers and drops them: kept young garbage small, a whole database passes through less than
 * 150 MiB, children counted (`npm run -s bench -- restitution`), at no less speed.
 */
function nodeFlags(name, [command, what]) {
  const streams = name === "preau" && command === "export" && (what === "database" || what === "project");
  return streams ? ["--max-semi-space-size=2"] : [];
}

/** Runs the task in the foreground and ends this process the way the task ended. */
function run(node, flags, script, args) {
  const child = spawn(node, [...flags, path.join(root, script), ...args], {
    stdio: "inherit",
    env: taskEnvironment(root),
  });
  const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2"];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole foreground group: forwarding would deliver it twice.
      if (process.stdin.isTTY && (signal === "SIGINT" || signal === "SIGQUIT")) return;
      child.kill(signal);
    });
  }
  whenNpmDies(() => child.kill("SIGTERM"));
  child.on("error", (error) => fail(new LauncherError(`${node} does not start: ${error.message}`)));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(1), 200); // a signal that this process survives
  });
}

function fail(error) {
  process.stderr.write(
    error instanceof LauncherError ? `preau: ${error.message}\n` : `preau: ${error.stack}\n`,
  );
  process.exit(ENVIRONMENT);
}

const [name = "", ...args] = process.argv.slice(2);
const task = tasks[name];
if (task === undefined) {
  process.stderr.write(`preau: no task "${name}"; there are ${Object.keys(tasks).join(", ")}\n`);
  process.exit(2);
}
try {
  await install(root);
  const node = findNode(root);
  if (task.build) await build(root, { force: task.build === "force" });
  if (task.script !== undefined) run(node, nodeFlags(name, args), task.script, args);
} catch (error) {
  fail(error);
}
