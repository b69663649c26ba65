/** `preau retention …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";
import {
  actCommand,
  decideCommand,
  dueCommand,
  type HoldArguments,
  holdCommand,
  holdsCommand,
  liftCommand,
  planCommand,
  type RetentionArguments,
  surveyCommand,
} from "./retention-commands.ts";
import { retentionTexts } from "./retention-texts.ts";

/** Adds the commands to the program. */
export function addRetentionCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [retentionTexts[language], helpTexts[language]];
  const retention = program
    .command("retention")
    .description(words.retention)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    retention
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .requiredOption("--controller <id>", words.controller)
      .option("--json", common.json);

  add("survey", words.survey)
    .option("--source <store>", words.source)
    .action(async (given: RetentionArguments) => done(await surveyCommand(context, given)));
  add("due", words.due).action(async (given: RetentionArguments) => done(await dueCommand(context, given)));
  add("plan <purge>", words.plan).action(async (id: string, given: RetentionArguments) =>
    done(await planCommand(context, id, given)),
  );
  for (const deed of ["approve", "undo", "cancel"] as const)
    add(`${deed} <purge>`, words[deed])
      .option("--instruction <reference>", words.instruction)
      .action(async (id: string, given: RetentionArguments) =>
        done(await decideCommand(context, deed, id, given)),
      );
  add("act <purge>", words.act).action(async (id: string, given: RetentionArguments) =>
    done(await actCommand(context, id, given)),
  );
  add("hold", words.hold)
    .requiredOption("--covers <what>", words.covers)
    .requiredOption("--basis <text>", words.basis)
    .requiredOption("--instruction <reference>", words.instruction)
    .option("--subject <id>", words.subject)
    .option("--category <id>", words.category)
    .option("--law", words.law)
    .option("--until <day>", words.until)
    .action(async (given: HoldArguments) => done(await holdCommand(context, given)));
  add("lift <hold>", words.lift)
    .requiredOption("--instruction <reference>", words.instruction)
    .action(async (id: string, given: RetentionArguments) => done(await liftCommand(context, id, given)));
  add("holds", words.holds).action(async (given: RetentionArguments) =>
    done(await holdsCommand(context, given)),
  );
}
