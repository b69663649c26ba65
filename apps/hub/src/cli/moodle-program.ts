/** The commands under `preau moodle`. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { mapCheckCommand } from "./moodle-map-command.ts";
import { readMapCheckOptions } from "./moodle-map-options.ts";
import { moodleMapTexts } from "./moodle-map-texts.ts";
import { pagesCommand } from "./moodle-pages-command.ts";
import { terminalLanguage } from "./report-error.ts";

export function addMoodleCommands(
  command: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [common, words] = [helpTexts[language], moodleMapTexts[language]];
  const add = (parent: Command, name: string, says: string) =>
    parent.command(name).description(says).helpOption("-h, --help", common.help);
  const moodle = add(command, "moodle", words.moodle).helpCommand(false);
  add(moodle, "check", words.pagesCheck)
    .option("--db <url>", common.db)
    .option("--table-prefix <prefix>", common.tablePrefix)
    .option("--json", common.json)
    .action(async (raw: Record<string, unknown>) =>
      done(await pagesCommand(context, readMapCheckOptions(raw))),
    );
  const map = add(moodle, "map", words.mapGroup).helpCommand(false);
  add(map, "check", words.check)
    .option("--db <url>", common.db)
    .option("--table-prefix <prefix>", common.tablePrefix)
    .option("--map <file>", words.mapOption)
    .option("--map-extra <file>", words.mapExtra)
    .option("--json", common.json)
    .action(async (raw: Record<string, unknown>) =>
      done(await mapCheckCommand(context, readMapCheckOptions(raw))),
    );
}
