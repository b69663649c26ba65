/** `preau contract end`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { type ContractEndArguments, contractEndCommand } from "./contract-end-command.ts";
import { contractEndHelp } from "./contract-end-help.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export function addContractEndCommand(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [contractEndHelp[language], helpTexts[language]];
  const contract = program
    .command("contract")
    .description(words.contract)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  contract
    .command("end")
    .description(words.end)
    .helpOption("-h, --help", common.help)
    .requiredOption("--controller <id>", words.controller)
    .option("--contract <reference>", words.reference)
    .option("--choice <choice>", words.choice)
    .option("--window <days>", words.window)
    .option("--guard <period>", words.guard)
    .option("--out <dir>", words.out)
    .option("--received", words.received)
    .option("--withdraw", words.withdraw)
    .option("--instruction <reference>", words.instruction)
    .option("--certificate <dir>", words.certificate)
    .option("--dry-run", words.dryRun)
    .option("--yes", words.yes)
    .option("--json", common.json)
    .action(async (given: ContractEndArguments) => done(await contractEndCommand(context, given)));
}
