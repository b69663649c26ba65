/**
 * `node dist/cli.js serve`: the simulators that the hub wants, until a signal comes; `simulate gar`: one of them, for
 * somebody else's tests.
 */
import { isFault, type Language } from "@preau/kernel";
import { Command } from "commander";
import { sayStarted, simulate, startedJson } from "./simulate.ts";
import type { RunningSimulator } from "./simulator.ts";
import { portVariable, simulators, startSimulators } from "./simulators.ts";

const list = simulators
  .map((each) => `  ${each.id.padEnd(8)} http://localhost:${each.port}  ${portVariable(each)}`)
  .join("\n");

async function serve(): Promise<void> {
  const running = await startSimulators(process.env);
  for (const each of running) process.stderr.write(`${each.id} ${each.url}\n`);
  process.stdout.write("simulators ready\n");
  stopOnSignal(running);
}

function stopOnSignal(running: readonly RunningSimulator[]): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void Promise.all(running.map((each) => each.stop())).then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // Whoever started it with a pipe as its input is gone when the pipe ends: do not outlive them.
  if (process.env["PREAU_SIM_ENDS_WITH_INPUT"] === "1") process.stdin.resume().on("end", stop);
}

interface SimulateArguments {
  readonly port?: string;
  readonly json?: boolean;
}

async function simulateOne(which: string, { port, json = false }: SimulateArguments): Promise<void> {
  const running = await simulate({ which, port, environment: process.env });
  process.stdout.write(json ? startedJson(running) : sayStarted(running, terminalLanguage()));
  stopOnSignal(running);
}

function terminalLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL ?? LC_MESSAGES ?? LANG ?? "").toLowerCase().startsWith("fr") ? "fr" : "en";
}

const program = new Command("preau-simulators")
  .description("Peers that speak the real wire protocols, for development and tests.")
  .addHelpText("after", `\nSimulators, their addresses, the variables that choose another port:\n${list}\n`);
program
  .command("serve", { isDefault: true })
  .description("start the simulators; prints `simulators ready` when all listen")
  .action(serve);
program
  .command("simulate <simulator>")
  .description("start one of them, or `all`, and say where everything is")
  .option("--port <port>", "TCP port; 0 for any that is free")
  .option("--json", "the addresses in JSON, on one line")
  .action(simulateOne);

try {
  await program.parseAsync();
} catch (error) {
  if (!isFault(error)) throw error;
  const language = terminalLanguage();
  const { code, place = "" } = error;
  const says = [error.entry.says[language], place, error.remedy(language) ?? ""].filter(Boolean);
  process.stderr.write(`preau: ${code}  ${says.join(" ")}\n`);
  process.exitCode = error.exit;
}
