/** `preau gar …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addGarCertificateCommand } from "./gar-accounts-command.ts";
import { type GarDoctorArguments, garDoctorCommand } from "./gar-doctor-command.ts";
import {
  type AllocationsArguments,
  allocationsCommand,
  type SchoolsArguments,
  schoolsCommand,
} from "./gar-schools-commands.ts";
import {
  deleteSubscriptionCommand,
  type ListArguments,
  listSubscriptionsCommand,
  type SendArguments,
  sendSubscriptionCommand,
} from "./gar-subscriptions-commands.ts";
import { garTexts } from "./gar-texts.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export function addGarCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const gar = program
    .command("gar")
    .description(garTexts[language].gar)
    .helpOption("-h, --help", helpTexts[language].help)
    .helpCommand(false);
  addSubscriptionCommands(gar, context, done);
  addGarCertificateCommand(gar, context, done);
  gar
    .command("doctor")
    .description(garTexts[language].doctor)
    .helpOption("-h, --help", helpTexts[language].help)
    .option("--accept", garTexts[language].accept)
    .option("--json", helpTexts[language].json)
    .action(async (given: GarDoctorArguments) => done(await garDoctorCommand(context, given)));
}

function addSubscriptionCommands(gar: Command, context: CommandContext, done: (code: number) => void): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [garTexts[language], helpTexts[language]];
  const group = gar
    .command("subscriptions")
    .description(words.subscriptions)
    .helpOption("-h, --help", common.help)
    .helpCommand(false)
    .addHelpText("after", `\n${words.exits}`);
  const add = (name: string, says: string) =>
    group.command(name).description(says).helpOption("-h, --help", common.help);

  add("list", words.list)
    .option("--id <id>", words.id)
    .option("--school <uai>", words.school)
    .option("--project <code>", words.project)
    .option("--distributor <id>", words.distributor)
    .option("--type <type>", words.type)
    .option("--audience <audience>", words.audience)
    .option("--part <from-to>", words.part)
    .option("--json", common.json)
    .action(async (given: ListArguments) => done(await listSubscriptionsCommand(context, given)));
  for (const verb of ["create", "update"] as const)
    add(`${verb} <file>`, words[verb])
      .option("--dry-run", words.dryRun)
      .option("--json", common.json)
      .addHelpText("after", `\n${words.fileExample}`)
      .action(async (file: string, given: SendArguments) =>
        done(await sendSubscriptionCommand(context, verb, file, given)),
      );
  add("delete <id>", words.delete)
    .option("--dry-run", words.dryRun)
    .option("--yes", common.yes)
    .option("--json", common.json)
    .action(async (id: string, given: SendArguments) =>
      done(await deleteSubscriptionCommand(context, id, given)),
    );
  add("schools [uai...]", words.schools)
    .option("--refresh", words.refresh)
    .option("--json", common.json)
    .action(async (uais: string[], given: SchoolsArguments) =>
      done(await schoolsCommand(context, uais, given)),
    );
  add("allocations", words.allocations)
    .option("--subscription <id>", words.ofSubscription)
    .option("--project <code>", words.ofProject)
    .option("--json", common.json)
    .action(async (given: AllocationsArguments) => done(await allocationsCommand(context, given)));
}
