/** `preau backups …` and `preau restore …`: the words of the command line. */
import type { Command } from "commander";
import { type AuditArguments, auditCommand } from "./backups-audit-command.ts";
import { backupsTexts } from "./backups-texts.ts";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";
import { gateCommand, ownCommand, replayCommand } from "./restore-commands.ts";
import type { RestoreArguments } from "./restore-options.ts";

/** Adds the commands to the program. */
export function addBackupsCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [backupsTexts[language], helpTexts[language]];
  const add = (parent: Command, name: string, says: string) =>
    parent.command(name).description(says).helpOption("-h, --help", common.help);

  const backups = add(program, "backups", words.backups).helpCommand(false);
  add(backups, "audit", words.audit)
    .option("--folder <dir>", words.folder)
    .option("--restic <repository>", words.restic)
    .option("--pattern <pattern>", words.pattern)
    .option("--since <day>", words.since)
    .option("--quick", words.quick)
    .option("--controller <id>", words.auditController)
    .option("--json", common.json)
    .action(async (given: AuditArguments) => done(await auditCommand(context, given)));

  const restore = add(program, "restore", words.restore).helpCommand(false);
  const restored = (name: string, says: string) =>
    add(restore, name, says)
      .requiredOption("--db <url>", words.restoredDb)
      .option("--lms <name>", common.lms)
      .option("--map <file>", words.map)
      .option("--map-extra <file>", common.mapExtra)
      .option("--table-prefix <prefix>", common.tablePrefix)
      .option("--moodledata <dir>", common.moodledata)
      .requiredOption("--controller <id>", common.controller)
      .option("--source <id>", words.source)
      .option("--list <dir>", words.list)
      .option("--json", common.json);
  restored("replay", words.replay)
    .option("--dry-run", words.dryRun)
    .option("--leave-unknown", common.leaveUnknown)
    .action(async (given: RestoreArguments) => done(await replayCommand(context, given)));
  restored("gate", words.gate).action(async (given: RestoreArguments) =>
    done(await gateCommand(context, given)),
  );
  add(restore, "own", words.own)
    .option("--json", common.json)
    .action(async (given: { json?: boolean }) => done(await ownCommand(context, given)));
}
