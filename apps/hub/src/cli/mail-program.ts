/** `preau mail …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import {
  type MailArguments,
  mailBounceCommand,
  mailListCommand,
  mailRetryCommand,
  mailShowCommand,
} from "./mail-commands.ts";
import { mailDoctorCommand } from "./mail-doctor-command.ts";
import {
  type SuppressedArguments,
  suppressedAddCommand,
  suppressedListCommand,
  suppressedRemoveCommand,
} from "./mail-suppressed-commands.ts";
import { mailTexts } from "./mail-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** Adds the commands to the program. */
export function addMailCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [mailTexts[language], helpTexts[language]];
  const mail = program
    .command("mail")
    .description(words.mail)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    mail
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .option("--controller <id>", words.controller)
      .option("--json", common.json);

  add("list", words.list)
    .option("--state <state>", words.state)
    .option("--limit <n>", words.limit)
    .action(async (given: MailArguments) => done(await mailListCommand(context, given)));
  const one = [
    ["show <id>", words.show, mailShowCommand],
    ["retry <id>", words.retry, mailRetryCommand],
    ["bounce <file>", words.bounce, mailBounceCommand],
  ] as const;
  for (const [name, says, command] of one)
    add(name, says).action(async (what: string, given: MailArguments) =>
      done(await command(context, what, given)),
    );

  mail
    .command("doctor")
    .description(words.doctor)
    .helpOption("-h, --help", common.help)
    .option("--json", common.json)
    .action(async (given: { readonly json?: boolean }) => done(await mailDoctorCommand(context, given)));

  const suppressed = mail
    .command("suppressed")
    .description(words.suppressedMany)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const entry = (name: string, says: string) =>
    suppressed
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .option("--controller <id>", words.controller)
      .option("--json", common.json);
  entry("list", words.suppressedList)
    .option("--limit <n>", words.limit)
    .action(async (given: SuppressedArguments) => done(await suppressedListCommand(context, given)));
  entry("add <file>", words.suppressedAdd).action(async (file: string, given: SuppressedArguments) =>
    done(await suppressedAddCommand(context, file, given)),
  );
  entry("remove <id>", words.suppressedRemove).action(async (id: string, given: SuppressedArguments) =>
    done(await suppressedRemoveCommand(context, id, given)),
  );
}
