/** `preau subprocessors …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";
import {
  type AnnounceArguments,
  announceCommand,
  baselineCommand,
  changesCommand,
  type JsonArguments,
  linkCommand,
  listSubprocessorsCommand,
  objectCommand,
  proposeCommand,
  receiptOfNoticeCommand,
  type StatusArguments,
  statusCommand,
  type WritingArguments,
  withdrawCommand,
} from "./subprocessors-commands.ts";
import { subprocessorsTexts } from "./subprocessors-texts.ts";

export function addSubprocessorsCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [subprocessorsTexts[language], helpTexts[language]];
  const group = program
    .command("subprocessors")
    .description(words.subprocessors)
    .helpOption("-h, --help", common.help)
    .helpCommand(false)
    .addHelpText("after", `\n${words.exits}`);
  const add = (name: string, says: string) =>
    group.command(name).description(says).helpOption("-h, --help", common.help).option("--json", common.json);
  const addWritten = (name: string, says: string) =>
    add(name, says)
      .requiredOption("--controller <id>", words.controller)
      .requiredOption("--received-at <instant>", words.receivedAt)
      .requiredOption("--means <means>", words.means)
      .requiredOption("--writer <capacity>", words.writer)
      .requiredOption("--reference <text>", words.reference)
      .option("--sha256 <hex>", words.sha256);

  add("list", words.list).action(async (given: JsonArguments) =>
    done(await listSubprocessorsCommand(context, given)),
  );
  add("changes", words.changes).action(async (given: JsonArguments) =>
    done(await changesCommand(context, given)),
  );
  add("propose <file>", words.propose)
    .addHelpText("after", `\n${words.file}`)
    .action(async (file: string, given: JsonArguments) => done(await proposeCommand(context, file, given)));
  add("announce <change>", words.announce)
    .option("--controllers <id,…>", words.controllers)
    .option("--yes", words.yes)
    .action(async (id: string, given: AnnounceArguments) => done(await announceCommand(context, id, given)));
  add("withdraw <change>", words.withdraw).action(async (id: string, given: JsonArguments) =>
    done(await withdrawCommand(context, id, given)),
  );
  add("status <change>", words.status)
    .option("--controller <id>", words.controller)
    .action(async (id: string, given: StatusArguments) => done(await statusCommand(context, id, given)));
  addWritten("receipt <change>", words.receipt).action(async (id: string, given: WritingArguments) =>
    done(await receiptOfNoticeCommand(context, id, given)),
  );
  addWritten("object <change>", words.object)
    .option("--dated-at <instant>", words.datedAt)
    .action(async (id: string, given: WritingArguments) => done(await objectCommand(context, id, given)));
  add("link <change>", words.link)
    .requiredOption("--controller <id>", words.controller)
    .action(async (id: string, given: JsonArguments & { readonly controller: string }) =>
      done(await linkCommand(context, id, given)),
    );
  add("baseline", words.baseline)
    .requiredOption("--agreement <dir>", words.agreement)
    .action(async (given: JsonArguments & { readonly agreement: string }) =>
      done(await baselineCommand(context, given)),
    );
}
