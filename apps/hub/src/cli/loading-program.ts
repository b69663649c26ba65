/** `preau loading …`: copies of a client's data that stand beside the service, and what must be true before they go (S9, S15). */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import {
  acceptCommand,
  destroyCommand,
  type LoadingArguments,
  listCommand,
  type RegisterArguments,
  type RestoreTestedArguments,
  registerCommand,
  restoreTestedCommand,
} from "./loading-commands.ts";
import { loadingHelp } from "./loading-help.ts";
import { terminalLanguage } from "./report-error.ts";

export function addLoadingCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [loadingHelp[language], helpTexts[language]];
  const loading = program
    .command("loading")
    .description(words.loading)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    loading
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .requiredOption("--controller <id>", words.controller)
      .option("--json", common.json);

  add("register <place>", words.register)
    .option("--kind <kind>", words.kind)
    .option("--label <text>", words.label)
    .option("--since <moment>", words.since)
    .option("--archive", words.archive)
    .action(async (place: string, given: RegisterArguments) =>
      done(await registerCommand(context, place, given)),
    );
  add("list", words.list).action(async (given: LoadingArguments) => done(await listCommand(context, given)));
  add("accept <copy>", words.accept)
    .option("--at <moment>", words.at)
    .option("--reference <text>", words.reference)
    .action(async (id: string, given: LoadingArguments & { at?: string; reference?: string }) =>
      done(await acceptCommand(context, id, given)),
    );
  add("restore-tested", words.restoreTested)
    .requiredOption("--backup <name>", words.backup)
    .requiredOption("--made <moment>", words.made)
    .option("--restored <moment>", words.restored)
    .requiredOption("--evidence <text>", words.evidence)
    .action(async (given: RestoreTestedArguments) => done(await restoreTestedCommand(context, given)));
  add("destroy [copy]", words.destroy)
    .option("--attested <text>", words.attested)
    .option("--early", words.early)
    .option("--instruction <reference>", words.instruction)
    .option("--dry-run", words.dryRun)
    .option("--yes", common.yes)
    .action(async (id: string | undefined, given: Parameters<typeof destroyCommand>[2]) =>
      done(await destroyCommand(context, id, given)),
    );
}
