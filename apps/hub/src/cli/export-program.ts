/** `preau export …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { exportHelp } from "./export-help.ts";
import type { SubjectArguments } from "./export-options.ts";
import { exportSubjectCommand } from "./export-subject-command.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export function addExportCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [exportHelp[language], helpTexts[language]];
  const group = program
    .command("export")
    .description(words.export)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    group.command(name).description(says).helpOption("-h, --help", common.help);
  const locked = (command: Command) =>
    command
      .option("--language <language>", words.language)
      .option("--out <path>", words.out)
      .option("--recipient <key>", words.recipient, gather)
      .option("--recipients-file <file>", words.recipientsFile)
      .option("--passphrase-file <file>", words.passphraseFile)
      .option("--passphrase", words.passphrase)
      .option("--container <container>", words.container)
      .option("--unencrypted", words.unencrypted)
      .option("--dry-run", words.dryRun)
      .option("--json", common.json);

  locked(
    add("subject", words.subject)
      .requiredOption("--controller <id>", words.controller)
      .requiredOption("--subject <who,…>", words.person)
      .option("--kind <kind>", words.kind)
      .option("--lms <name>", common.lms)
      .option("--db <url>", common.db)
      .option("--table-prefix <prefix>", common.tablePrefix)
      .option("--moodledata <dir>", words.moodledata)
      .option("--map <file>", common.map)
      .option("--map-extra <file>", common.mapExtra),
  ).action(async (given: SubjectArguments) => done(await exportSubjectCommand(context, given)));
}

function gather(key: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), key];
}
