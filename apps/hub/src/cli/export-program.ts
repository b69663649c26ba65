/** `preau export …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { type DatabaseArguments, exportDatabaseCommand } from "./export-database-command.ts";
import { exportHelp } from "./export-help.ts";
import {
  type ObjectionArguments,
  objectionListCommand,
  objectionRecordCommand,
  objectionWithdrawCommand,
} from "./export-objection-command.ts";
import type { SubjectArguments } from "./export-options.ts";
import {
  exportCancelCommand,
  exportLinkCommand,
  exportListCommand,
  type OrdersArguments,
} from "./export-orders-command.ts";
import { exportProjectCommand, type ProjectArguments } from "./export-project-command.ts";
import {
  exportReleaseCommand,
  type ReleaseArguments,
  releaseCheckCommand,
} from "./export-release-command.ts";
import { type ReleasesArguments, releasesCommand } from "./export-releases-command.ts";
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
    withExamples(group.command(name).description(says).helpOption("-h, --help", common.help), name);
  const withExamples = (command: Command, name: string) => {
    const lines = words.exampleTexts[name];
    if (lines === undefined) return command;
    return command.addHelpText(
      "after",
      `\n${words.examples}\n${lines.map((line) => `  ${line}\n`).join("")}`,
    );
  };
  const lms = (command: Command) =>
    command
      .option("--lms <name>", common.lms)
      .option("--db <url>", common.db)
      .option("--table-prefix <prefix>", common.tablePrefix)
      .option("--moodledata <dir>", words.moodledata)
      .option("--map <file>", common.map)
      .option("--map-extra <file>", common.mapExtra);
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
      .option("--instruction <reference>", words.instruction)
      .option("--dry-run", words.dryRun)
      .option("--json", common.json);

  locked(
    lms(
      add("subject", words.subject)
        .requiredOption("--controller <id>", words.controller)
        .requiredOption("--subject <who,…>", words.person)
        .option("--kind <kind>", words.kind),
    ),
  ).action(async (given: SubjectArguments) => done(await exportSubjectCommand(context, given)));

  locked(
    lms(add("project", words.project).requiredOption("--controller <id>", words.controller))
      .option("--store <id>", words.store)
      .option("--kind <kind>", words.projectKind)
      .option("--project <id>", words.projectId)
      .option("--list", words.listProjects),
  ).action(async (given: ProjectArguments) => done(await exportProjectCommand(context, given)));

  locked(
    lms(add("database", words.database).requiredOption("--controller <id>", words.controller)).option(
      "--store <id>",
      words.store,
    ),
  ).action(async (given: DatabaseArguments) => done(await exportDatabaseCommand(context, given)));

  add("list", words.list)
    .option("--controller <id>", words.controller)
    .option("--json", common.json)
    .action(async (given: OrdersArguments) => done(await exportListCommand(context, given)));
  for (const [name, command] of [
    ["link", exportLinkCommand],
    ["cancel", exportCancelCommand],
  ] as const)
    add(`${name} <export>`, words[name])
      .requiredOption("--controller <id>", words.controller)
      .requiredOption("--instruction <reference>", words.instruction)
      .option("--json", common.json)
      .action(async (id: string, given: OrdersArguments) => done(await command(context, id, given)));

  const release = add("release", words.release)
    .helpCommand(false)
    .option("--plan <file>", words.plan)
    .option("--table <file>", words.table)
    .option("--controller <id>", words.controller)
    .option("--out <path>", words.releaseOut)
    .option("--instruction <reference>", words.instruction)
    .option("--dry-run", words.dryRun)
    .option("--json", common.json)
    .action(async (given: ReleaseArguments) => done(await exportReleaseCommand(context, given)));
  release
    .command("check <plan>")
    .description(words.releaseCheck)
    .helpOption("-h, --help", common.help)
    .option("--json", common.json)
    .action((file: string, _: unknown, { parent }: Command) =>
      done(releaseCheckCommand(context, file, { json: parent?.opts()["json"] === true })),
    );

  add("releases", words.releases)
    .option("--controller <id>", words.controller)
    .option("--json", common.json)
    .action(async (given: ReleasesArguments) => done(await releasesCommand(context, given)));

  const objection = add("objection", words.objection).helpCommand(false);
  const written = (name: string, says: string) =>
    objection
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .requiredOption("--controller <id>", words.controller)
      .requiredOption("--received <moment>", words.received)
      .requiredOption("--reference <text>", words.reference)
      .option("--means <means>", words.means)
      .option("--writer <role>", words.writer)
      .option("--json", common.json);
  written("record", words.record).action(async (given: ObjectionArguments) =>
    done(await objectionRecordCommand(context, given)),
  );
  written("withdraw", words.withdraw).action(async (given: ObjectionArguments) =>
    done(await objectionWithdrawCommand(context, given)),
  );
  objection
    .command("list")
    .description(words.objections)
    .helpOption("-h, --help", common.help)
    .option("--controller <id>", words.controller)
    .option("--json", common.json)
    .action(async (given: ObjectionArguments) => done(await objectionListCommand(context, given)));
}

function gather(key: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), key];
}
