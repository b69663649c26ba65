/**
 * `preau simulate gar`: the simulators, as a process of their own, since no app stands on another. It says where
 * everything is, and ends with a signal or with this process.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { fault } from "../errors.ts";
import { makeFolder } from "../make-folder.ts";
import { readAgreementFiles } from "../read-agreement.ts";
import { agreementWithPupils } from "./agreement-with-pupils.ts";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";
import { simulateHelp } from "./simulate-help.ts";

const PROGRAM = "apps/simulators/dist/cli.js";

interface SimulateArguments {
  readonly port?: string;
  readonly json?: boolean;
}

export function addSimulateCommand(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [simulateHelp[language], helpTexts[language]];
  const simulate = program
    .command("simulate")
    .description(words.simulate)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  for (const which of ["gar", "school", "mail", "desk", "all"] as const) {
    const command = simulate
      .command(which, { isDefault: which === "all" })
      .description(words[which])
      .helpOption("-h, --help", common.help)
      .option("--json", words.json);
    if (which !== "all") command.option("--port <port>", words.port);
    command.action(async (given: SimulateArguments) => done(await simulateCommand(context, which, given)));
  }
  simulate
    .command("agreement <folder>")
    .description(words.agreement)
    .helpOption("-h, --help", common.help)
    .action((folder: string) => done(agreementCommand(context, folder)));
}

/** Runs one simulator, or all, until it ends; its exit code. @throws HUB_FILE_UNREADABLE where they are not built */
async function simulateCommand(
  context: CommandContext,
  which: string,
  { port, json = false }: SimulateArguments,
): Promise<number> {
  const options = [...(port === undefined ? [] : ["--port", port]), ...(json ? ["--json"] : [])];
  const child = spawn(process.execPath, [simulatorsProgram(), "simulate", which, ...options], {
    cwd: context.cwd,
    env: { ...context.environment, PREAU_SIM_ENDS_WITH_INPUT: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => context.out(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => context.err(text));
  return endOf(child);
}

/** Passes signals on until the child has ended. */
async function endOf(child: ChildProcess): Promise<number> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? 0)); // by a signal: it was asked to end
    });
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}

/** The program in the workspace that this file is part of, built or not. */
function simulatorsProgram(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, PROGRAM))) {
    if (path.dirname(folder) === folder) throw fault("HUB_FILE_UNREADABLE", { place: PROGRAM });
    folder = path.dirname(folder);
  }
  return path.join(folder, PROGRAM);
}

/** Writes the agreement; over nothing that is there. @throws HUB_FILE_UNWRITABLE */
function agreementCommand(context: CommandContext, folder: string): number {
  const at = path.resolve(context.cwd, folder);
  const files = agreementWithPupils(readAgreementFiles(undefined));
  try {
    makeFolder(at);
    for (const [name, text] of files) {
      writeFileSync(path.join(at, name), text, { flag: "wx" });
    }
  } catch (cause) {
    throw fault("HUB_FILE_UNWRITABLE", { place: folder, cause });
  }
  context.err(`${simulateHelp[terminalLanguage(context.environment)].written(folder)}\n`);
  context.out(`${at}\n`);
  return 0;
}
