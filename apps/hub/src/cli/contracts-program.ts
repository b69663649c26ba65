/** `preau contracts …`: the words of the command line. */
import { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { editCommand, type Given } from "./contracts-edit-commands.ts";
import {
  type ExportOptions,
  exportCommand,
  type ImportOptions,
  importCommand,
} from "./contracts-file-commands.ts";
import { contractsTexts } from "./contracts-texts.ts";
import { historyCommand, type ListOptions, listCommand, showCommand } from "./contracts-view-commands.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** Adds the commands to the program. */
export function addContractsCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [contractsTexts[language], helpTexts[language]];
  const contracts = program
    .command("contracts")
    .description(words.contracts)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    contracts.command(name).description(says).helpOption("-h, --help", common.help);

  add("import <file>", words.import)
    .option("--dry-run", words.dryRun)
    .option("--json", common.json)
    .action(async (file: string, options: ImportOptions) =>
      done(await importCommand(context, file, options)),
    );
  add("export", words.export)
    .option("--controller <id>", words.controller)
    .action(async (options: ExportOptions) => done(await exportCommand(context, options)));
  add("list", words.list)
    .option("--search <words>", words.search)
    .option("--json", common.json)
    .action(async (options: ListOptions) => done(await listCommand(context, options)));
  add("show <controller>", words.show)
    .option("--json", common.json)
    .action(async (id: string, options: { json?: boolean }) => done(await showCommand(context, id, options)));
  add("history <controller>", words.history)
    .option("--json", common.json)
    .action(async (id: string, options: { json?: boolean }) =>
      done(await historyCommand(context, id, options)),
    );

  /** An edit: arguments after the controller become words under these names. */
  const edit = (name: string, says: string, ...names: readonly string[]): Command => {
    const command = add([name, "<controller>", ...names.map((each) => `<${each}>`)].join(" "), says);
    return command.action(async (id: string, ...rest: unknown[]) => {
      const given = Object.fromEntries(names.map((each, at) => [each, String(rest[at])]));
      done(await editCommand(context, name, id, { ...command.opts<Given>(), ...given }));
    });
  };
  for (const name of ["register", "update"] as const) {
    edit(name, words[name])
      .option("--kind <kind>", words.kind)
      .option("--name <name>", words.name)
      .option("--legal-form <form>", words.legalForm)
      .option("--seat <address>", words.seat)
      .option("--siret <siret>", words.siret)
      .option("--uai <uai>", words.uai)
      .option("--region <region>", words.region)
      .option("--zone <zone>", words.zone)
      .option("--good-friday <day>", words.goodFriday);
  }
  edit("appoint", words.appoint).requiredOption("--file <json>", words.file);
  edit("dismiss", words.dismiss, "officer");
  edit("open", words.open, "reference")
    .requiredOption("--products <products>", words.products)
    .requiredOption("--starts-on <day>", words.start)
    .option("--ends-on <day>", words.endsOn)
    .option("--at-end <choice>", words.atEnd);
  edit("change", words.change, "reference")
    .option("--new-reference <reference>", words.reference)
    .option("--products <products>", words.products)
    .option("--starts-on <day>", words.start)
    .option("--ends-on <day>", words.endsOn)
    .option("--at-end <choice>", words.atEnd);
  edit("renew", words.renew, "reference").requiredOption("--ends-on <day>", words.endsOn);
  edit("end", words.end, "reference")
    .requiredOption("--ends-on <day>", words.endsOn)
    .option("--at-end <choice>", words.atEnd);
  edit("period", words.period, "reference")
    .requiredOption("--rule <rule>", words.rule)
    .option("--period <period>", words.duration);
  edit("basis", words.basis, "reference")
    .requiredOption("--product <product>", words.product)
    .requiredOption("--purpose <purpose>", words.purpose)
    .option("--basis <basis>", words.legalBasis);
  edit("attest", words.attest, "reference").requiredOption("--statements <ids>", words.statements);
  edit("withdraw", words.withdraw, "reference");
  edit("revert", words.revert, "instruction");
}
