/** `preau instructions …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import {
  flagInstructionCommand,
  instructionOfCommand,
  type ListArguments,
  listInstructionsCommand,
  type RecordArguments,
  recordInstructionCommand,
  revokeInstructionCommand,
  showInstructionCommand,
  type WritingArguments,
} from "./instructions-commands.ts";
import { instructionsTexts } from "./instructions-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** Adds the commands to the program. */
export function addInstructionsCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [instructionsTexts[language], helpTexts[language]];
  const group = program
    .command("instructions")
    .description(words.instructions)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    group.command(name).description(says).helpOption("-h, --help", common.help).option("--json", common.json);
  const addOf = (name: string, says: string) =>
    add(name, says).requiredOption("--controller <id>", words.controller);
  const addWritten = (name: string, says: string) =>
    addOf(name, says)
      .requiredOption("--received-at <instant>", words.receivedAt)
      .requiredOption("--means <means>", words.means)
      .requiredOption("--writer <capacity>", words.writer)
      .requiredOption("--reference <text>", words.reference)
      .option("--dated-at <instant>", words.datedAt)
      .option("--sha256 <hex>", words.sha256);

  add("list", words.list)
    .option("--controller <id>", words.controller)
    .option("--state <state>", words.state)
    .option("--kind <kind>", words.kind)
    .action(async (given: ListArguments) => done(await listInstructionsCommand(context, given)));
  addOf("show <id>", words.show).action(async (id: string, given: { readonly controller: string }) =>
    done(await showInstructionCommand(context, id, given)),
  );
  addWritten("record", words.record)
    .requiredOption("--kind <kind>", words.kind)
    .option("--product <id>", words.product)
    .option("--subject <id>", words.subject)
    .option("--about <id,…>", words.about)
    .option("--recipients <id,…>", words.recipients)
    .option("--purposes <id,…>", words.purposes)
    .option("--categories <id,…>", words.categories)
    .option("--fields <table.column,…>", words.fields)
    .option("--ends-at <instant>", words.endsAt)
    .option("--key <text>", words.key)
    .action(async (given: RecordArguments) => done(await recordInstructionCommand(context, given)));
  addWritten("revoke <id>", words.revoke).action(async (id: string, given: WritingArguments) =>
    done(await revokeInstructionCommand(context, id, given)),
  );
  addOf("flag <id>", words.flag)
    .requiredOption("--why <text>", words.why)
    .action(async (id: string, given: { readonly controller: string; readonly why: string }) =>
      done(await flagInstructionCommand(context, id, given)),
    );
  addOf("of <entry>", words.of).action(async (entry: string, given: { readonly controller: string }) =>
    done(await instructionOfCommand(context, entry, given)),
  );
}
