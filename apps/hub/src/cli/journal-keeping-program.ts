/** `preau journal archive`, `prune` and `open-archive`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import {
  type KeepArguments,
  keepLogCommand,
  type OpenArchiveArguments,
  openArchiveCommand,
} from "./journal-keeping-commands.ts";
import { journalKeepingTexts } from "./journal-keeping-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** Adds the commands to `preau journal`. */
export function addJournalKeepingCommands(
  journal: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [journalKeepingTexts[language], helpTexts[language]];
  const add = (name: string, says: string) =>
    journal
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .option("--json", common.json);

  for (const step of ["archive", "prune"] as const)
    add(step, words[step])
      .option("--dry-run", words.dryRun)
      .action(async (given: KeepArguments) => done(await keepLogCommand(context, step, given)));
  add("open-archive", words.openArchive)
    .requiredOption("--controller <id>", words.controller)
    .requiredOption("--instruction <entry>", words.instruction)
    .requiredOption("--reason <text>", words.reason)
    .option("--from <day>", words.from)
    .option("--until <day>", words.until)
    .action(async (given: OpenArchiveArguments) => done(await openArchiveCommand(context, given)));
}
