/** The `preau` command. stdout carries the answer alone; exit codes are those of CONTRIBUTING. */
import { createInterface } from "node:readline/promises";
import type { PreauError } from "@preau/kernel";
import { Command, CommanderError } from "commander";
import {
  accountDeedCommand,
  type InviteArguments,
  inviteCommand,
  listCommand,
} from "./cli/account-command.ts";
import type { AccountArguments } from "./cli/account-options.ts";
import { agreementCheckCommand, type CheckOptions } from "./cli/agreement-command.ts";
import { agreementDiffCommand } from "./cli/agreement-diff-command.ts";
import { agreementRenderCommand } from "./cli/agreement-render-command.ts";
import { addApiTokenCommands } from "./cli/api-token-program.ts";
import { addBackupsCommands } from "./cli/backups-program.ts";
import { type CommandContext, processContext } from "./cli/command-context.ts";
import { addContractEndCommand } from "./cli/contract-end-program.ts";
import { addContractsCommands } from "./cli/contracts-program.ts";
import { deadlineCommand } from "./cli/deadline-command.ts";
import { readDeadline } from "./cli/deadline-options.ts";
import { doctorCommand } from "./cli/doctor-command.ts";
import { eraseCommand } from "./cli/erase-command.ts";
import { readEraseOptions } from "./cli/erase-options.ts";
import { addExportCommands } from "./cli/export-program.ts";
import { addGarCommands } from "./cli/gar-program.ts";
import { helpTexts } from "./cli/help-texts.ts";
import { addInstructionsCommands } from "./cli/instructions-program.ts";
import { auditCommand, keyCommand, type VerifyOptions, verifyCommand } from "./cli/journal-commands.ts";
import { addJournalKeepingCommands } from "./cli/journal-keeping-program.ts";
import { addLoadingCommands } from "./cli/loading-program.ts";
import { addMailCommands } from "./cli/mail-program.ts";
import { addMoodleCommands } from "./cli/moodle-program.ts";
import { receiptCommand } from "./cli/receipt-command.ts";
import type { RawRenderOptions } from "./cli/render-options.ts";
import { reportError, terminalLanguage } from "./cli/report-error.ts";
import { addRequestCommands } from "./cli/request-program.ts";
import { addRetentionCommands } from "./cli/retention-program.ts";
import { serveCommand } from "./cli/serve-command.ts";
import { addSimulateCommand } from "./cli/simulate-command.ts";
import { addSubprocessorsCommands } from "./cli/subprocessors-program.ts";
import { addSupportCommands } from "./cli/support-program.ts";
import { fault } from "./errors.ts";
import { version } from "./version.ts";

function program(context: CommandContext, done: (code: number) => void): Command {
  const words = helpTexts[terminalLanguage(context.environment)];
  const command = new Command("preau")
    .description(words.preau)
    .version(version, "-V, --version", words.version)
    .helpOption("-h, --help", words.help)
    .helpCommand("help [command]", words.help)
    .addHelpText("after", `\n${words.exitCodes}\n${words.settings}\n`)
    .configureHelp({ styleTitle: (title) => words.titles[title] ?? title })
    .exitOverride()
    // What commander would print of an error, main() prints as every error is printed.
    .configureOutput({
      writeOut: (text) => context.out(text),
      writeErr: (text) => context.err(text),
      outputError: () => undefined,
    });
  const add = (parent: Command, name: string, says: string) =>
    parent.command(name).description(says).helpOption("-h, --help", words.help);

  add(command, "serve", words.serve).action(async () => done(await serveCommand(context)));

  add(command, "erase", words.erase)
    .option("--lms <name>", words.lms)
    .option("--db <url>", words.db)
    .option("--table-prefix <prefix>", words.tablePrefix)
    .option("--moodledata <dir>", words.moodledata)
    .option("--map <file>", words.map)
    .option("--map-extra <file>", words.mapExtra)
    .option("--controller <id>", words.controller)
    .option("--subject <n,…>", words.subject)
    .option("--ground <ground>", words.ground)
    .option("--plan-only", words.planOnly)
    .option("--yes", words.yes)
    .option("--leave-unknown", words.leaveUnknown)
    .option("--json", words.json)
    .action(async (raw: Record<string, unknown>) => done(await eraseCommand(context, readEraseOptions(raw))));

  add(command, "receipt <id>", words.receipt)
    .requiredOption("--controller <id>", words.controller)
    .action(async (id: string, options: { controller: string }) =>
      done(await receiptCommand(context, id, options)),
    );

  const journal = add(command, "journal", words.journal).helpCommand(false);
  add(journal, "verify <file>", words.verify)
    .option("--vkey <key>", words.vkey)
    .option("--json", words.json)
    .action((file: string, options: VerifyOptions) => done(verifyCommand(context, file, options)));
  add(journal, "key", words.key)
    .option("--json", words.json)
    .action(async (options: { json?: boolean }) => done(await keyCommand(context, options)));
  add(journal, "audit", words.audit)
    .option("--json", words.json)
    .action(async (options: { json?: boolean }) => done(await auditCommand(context, options)));

  addJournalKeepingCommands(journal, context, done);

  const agreement = add(command, "agreement", words.agreement).helpCommand(false);
  add(agreement, "check [dir]", words.check)
    .option("--strict", words.strict)
    .option("--json", words.json)
    .action((folder: string | undefined, options: CheckOptions) =>
      done(agreementCheckCommand(context, folder, options)),
    );
  add(agreement, "diff <from> <to>", words.agreementDiff)
    .option("--json", words.json)
    .action((from: string, to: string, options: { json?: boolean }) =>
      done(agreementDiffCommand(context, { from, to, ...options })),
    );

  add(agreement, "render [dir]", words.render)
    .option("--what <document>", words.what)
    .option("--controller <id>", words.documentController)
    .option("--language <language>", words.language)
    .option("--format <format>", words.format)
    .option("--out <path>", words.out)
    .option("--json", words.json)
    .action(async (folder: string | undefined, options: RawRenderOptions) =>
      done(await agreementRenderCommand(context, folder, options)),
    );

  add(command, "deadline <start> <period>", words.deadline)
    .option("--right", words.right)
    .option("--binds", words.binds)
    .option("--region <region>", words.region)
    .option("--department <code>", words.department)
    .option("--good-friday <answer>", words.goodFriday)
    .option("--zone <zone>", words.zone)
    .option("--json", words.json)
    .action((start: string, period: string, raw: Record<string, unknown>) =>
      done(deadlineCommand(context, readDeadline(start, period, raw))),
    );

  addMoodleCommands(command, context, done);
  addContractsCommands(command, context, done);
  addBackupsCommands(command, context, done);
  addInstructionsCommands(command, context, done);
  addRequestCommands(command, context, done);
  addRetentionCommands(command, context, done);
  addContractEndCommand(command, context, done);
  addLoadingCommands(command, context, done);
  addExportCommands(command, context, done);
  addSimulateCommand(command, context, done);
  addGarCommands(command, context, done);
  addSubprocessorsCommands(command, context, done);
  addMailCommands(command, context, done);
  addSupportCommands(command, context, done);

  addApiTokenCommands(command, context, done);
  const account = add(command, "account", words.account).helpCommand(false);
  add(account, "invite", words.accountInvite)
    .requiredOption("--role <role>", words.role)
    .option("--controller <id>", words.accountController)
    .option("--email-stdin", words.emailStdin)
    .option("--json", words.json)
    .action(async (options: InviteArguments) => done(await inviteCommand(context, options)));
  add(account, "list", words.accountList)
    .option("--controller <id>", words.accountController)
    .option("--json", words.json)
    .action(async (options: AccountArguments) => done(await listCommand(context, options)));
  const deeds = {
    link: words.accountLink,
    revoke: words.accountRevoke,
    unlock: words.accountUnlock,
    "reset-factor": words.accountResetFactor,
    erase: words.accountErase,
  } as const;
  for (const deed of ["link", "revoke", "unlock", "reset-factor", "erase"] as const)
    add(account, `${deed} <id>`, deeds[deed])
      .option("--controller <id>", words.accountController)
      .option("--json", words.json)
      .action(async (id: string, options: AccountArguments) =>
        done(await accountDeedCommand(context, deed, id, options)),
      );

  add(command, "doctor", words.doctor)
    .option("--json", words.json)
    .action(async (options: { json?: boolean }) => done(await doctorCommand(context, options)));
  return command;
}

/** Runs one command line; the exit code. */
export async function main(arguments_: readonly string[], context: CommandContext): Promise<number> {
  let code = 0;
  try {
    await program(context, (value) => {
      code = value;
    }).parseAsync([...arguments_], { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, context, context.environment);
    if (error.exitCode === 0) return 0;
    if (error.code === "commander.help") return 2; // no command was named: the help stands on stderr
    return reportError(badArgument(error), context, context.environment);
  }
}

/** The option, argument or command that commander names between quotation marks. */
function badArgument(error: CommanderError): PreauError {
  const named = /'([^']*)'/.exec(error.message)?.[1];
  return fault("HUB_BAD_ARGUMENT", named === undefined ? {} : { place: named });
}

/** Yes only when somebody typed it: the end of the input (Ctrl-D) and Ctrl-C are no. */
async function askOnTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    const answer = await Promise.race([terminal.question(`${question} `), closed]);
    return /^(y|yes|o|oui)$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

// Imported by a test it does nothing: a command that needs no process of its own runs in the test's.
if (import.meta.main)
  process.exitCode = await main(
    process.argv.slice(2),
    processContext(process.stdin.isTTY ? askOnTerminal : undefined),
  );
