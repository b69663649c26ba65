/** `node dist/cli.js serve`: the simulators, until a signal comes. */
import { isFault } from "@preau/kernel";
import { Command } from "commander";
import { portVariable, simulators, startSimulators } from "./simulators.ts";

const list = simulators
  .map((each) => `  ${each.id.padEnd(8)} http://localhost:${each.port}  ${portVariable(each)}`)
  .join("\n");

async function serve(): Promise<void> {
  const running = await startSimulators(process.env);
  for (const each of running) process.stderr.write(`${each.id} ${each.url}\n`);
  process.stdout.write("simulators ready\n");
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void Promise.all(running.map((each) => each.stop())).then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

const program = new Command("preau-simulators")
  .description("Peers that speak the real wire protocols, for development and tests.")
  .addHelpText("after", `\nSimulators, their addresses, the variables that choose another port:\n${list}\n`);
program
  .command("serve", { isDefault: true })
  .description("start the simulators; prints `simulators ready` when all listen")
  .action(serve);

try {
  await program.parseAsync();
} catch (error) {
  if (!isFault(error)) throw error;
  process.stderr.write(`${error.code} ${error.message} ${error.remedy("en") ?? ""}\n`);
  process.exitCode = error.exit;
}
