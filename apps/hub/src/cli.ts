/** The `preau` command. stdout carries the answer alone; exit codes are those of CONTRIBUTING. */
import { createInterface } from "node:readline/promises";
import { Command, CommanderError } from "commander";
import { agreementCheckCommand } from "./cli/agreement-command.ts";
import { type CommandContext, processContext } from "./cli/command-context.ts";
import { doctorCommand } from "./cli/doctor-command.ts";
import { eraseCommand } from "./cli/erase-command.ts";
import { readEraseOptions } from "./cli/erase-options.ts";
import { keyCommand, type VerifyOptions, verifyCommand } from "./cli/journal-commands.ts";
import { receiptCommand } from "./cli/receipt-command.ts";
import { reportError } from "./cli/report-error.ts";
import { serveCommand } from "./cli/serve-command.ts";
import { version } from "./version.ts";

const EXIT_CODES = `
Exit codes: 0 yes or done · 1 ran, and the answer is no · 2 refused, nothing written ·
3 done but not wholly verified · 4 environment (database, port, disk).
Settings: preau.yaml or PREAU_CONFIG · PREAU_DATA · PREAU_PORT · PREAU_DB, passwords by PREAU_DB_PASSWORD_FILE.
`;

function program(context: CommandContext, done: (code: number) => void): Command {
  const command = new Command("preau")
    .description("A school publisher's data-processing agreement, running.")
    .version(version)
    .addHelpText("after", EXIT_CODES)
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err });

  command
    .command("serve")
    .description("run the hub: pages, worker and journal, until a signal comes")
    .action(async () => done(await serveCommand(context)));

  command
    .command("erase")
    .description("erase persons from an LMS's database, and file the receipt")
    .requiredOption("--lms <name>", "moodle")
    .requiredOption("--db <url>", "mysql://user@host:port/name; the password by PREAU_LMS_PASSWORD_FILE")
    .option("--table-prefix <prefix>", "prefix of the LMS's tables", "mdl_")
    .option(
      "--moodledata <dir>",
      "the LMS's data folder; without it files are not covered, and the receipt says so",
    )
    .requiredOption("--controller <id>", "whose data it is")
    .requiredOption("--subject <n,…>", "account numbers in the LMS")
    .requiredOption("--ground <ground>", "account-deleted, instruction, retention or contract-end")
    .option("--plan-only", "show what would go and what stays; write nothing")
    .option("--yes", "do not ask")
    .option("--leave-unknown", "go on although an unknown table holds a person; the verdict is then UNKNOWN")
    .option("--json", "print one JSON document")
    .action(async (raw: Record<string, unknown>) => done(await eraseCommand(context, readEraseOptions(raw))));

  command
    .command("receipt <id>")
    .description("print a filed receipt")
    .requiredOption("--controller <id>", "whose receipt it is")
    .action(async (id: string, options: { controller: string }) =>
      done(await receiptCommand(context, id, options)),
    );

  const journal = command.command("journal").description("proofs and keys of the journal");
  journal
    .command("verify <file>")
    .description("check a receipt or a proof, offline")
    .option("--vkey <key>", "the journal's public key, got by another way than the file")
    .option("--json", "print one JSON document")
    .action((file: string, options: VerifyOptions) => done(verifyCommand(context, file, options)));
  journal
    .command("key")
    .description("print the public keys of the logs")
    .option("--json", "print one JSON document")
    .action(async (options: { json?: boolean }) => done(await keyCommand(context, options)));

  command
    .command("agreement")
    .description("the agreement in force")
    .command("check [dir]")
    .description("read an agreement's folder and say what is wrong, with line and column")
    .option("--json", "print one JSON document")
    .action((folder: string | undefined, options: { json?: boolean }) =>
      done(agreementCheckCommand(context, folder, options)),
    );

  command
    .command("doctor")
    .description("say what is weak in this installation")
    .option("--json", "print one JSON document")
    .action(async (options: { json?: boolean }) => done(await doctorCommand(context, options)));
  return command;
}

/** Runs one command line; the exit code. */
async function main(arguments_: readonly string[]): Promise<number> {
  const context = processContext(process.stdin.isTTY ? askOnTerminal : undefined);
  let code = 0;
  try {
    await program(context, (value) => {
      code = value;
    }).parseAsync([...arguments_], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportError(error, context, context.environment);
  }
}

async function askOnTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    return /^(y|yes|o|oui)$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

process.exitCode = await main(process.argv.slice(2));
