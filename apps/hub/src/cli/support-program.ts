/** `preau support …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";
import {
  type AnswerArguments,
  type AssignArguments,
  supportAnswerCommand,
  supportAssignCommand,
  supportCloseCommand,
  supportConfirmCommand,
  supportEraseCommand,
  supportRejectCommand,
} from "./support-commands.ts";
import { supportDoctorCommand } from "./support-doctor-command.ts";
import { supportTexts } from "./support-texts.ts";
import {
  type OfferArguments,
  type SupportListArguments,
  type SupportShowArguments,
  supportListCommand,
  supportOfferCommand,
  supportShowCommand,
} from "./support-view-commands.ts";

/** Adds the commands to the program; returns their group. */
export function addSupportCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): Command {
  const language = terminalLanguage(context.environment);
  const [words, common] = [supportTexts[language], helpTexts[language]];
  const support = program
    .command("support")
    .description(words.support)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    support
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .option("--json", common.json);

  add("list", words.list)
    .option("--controller <id>", words.controller)
    .option("--view <view>", words.view)
    .option("--page <n>", words.page)
    .action(async (given: SupportListArguments) => done(await supportListCommand(context, given)));
  add("show <case>", words.show)
    .option("--words", words.words)
    .option("--why <reason>", words.why)
    .action(async (id: string, given: SupportShowArguments) =>
      done(await supportShowCommand(context, id, given)),
    );
  add("confirm <message>", words.confirm)
    .option("--matter <right,…>", words.matters)
    .action(async (id: string, given: { readonly matter?: string; readonly json?: boolean }) =>
      done(await supportConfirmCommand(context, id, given)),
    );
  add("reject <message>", words.reject).action(async (id: string, given: { readonly json?: boolean }) =>
    done(await supportRejectCommand(context, id, given)),
  );
  add("assign <case>", words.assign)
    .requiredOption("--writer <writer>", words.writer)
    .option("--controller <id>", words.controller)
    .option("--product <id>", words.product)
    .option("--role <role>", words.role)
    .option("--subject <id>", words.subject)
    .action(async (id: string, given: AssignArguments) =>
      done(await supportAssignCommand(context, id, given)),
    );
  add("answer <case>", words.answer)
    .option("--instruction <id>", words.instruction)
    .option("--key <text>", words.key)
    .action(async (id: string, given: AnswerArguments) =>
      done(await supportAnswerCommand(context, id, given)),
    );
  add("close <case>", words.close).action(async (id: string, given: { readonly json?: boolean }) =>
    done(await supportCloseCommand(context, id, given)),
  );
  add("erase <case>", words.erase)
    .option("--by-hand", words.byHand)
    .action(async (id: string, given: { readonly byHand?: boolean; readonly json?: boolean }) =>
      done(await supportEraseCommand(context, id, given)),
    );
  add("offer", words.offer)
    .requiredOption("--controller <id>", words.controller)
    .requiredOption("--subject <id>", words.subject)
    .requiredOption("--product <id>", words.product)
    .requiredOption("--origin <origin>", words.origin)
    .requiredOption("--role <role>", words.role)
    .action(async (given: OfferArguments) => done(await supportOfferCommand(context, given)));
  add("doctor", words.doctor).action(async (given: { readonly json?: boolean }) =>
    done(await supportDoctorCommand(context, given)),
  );
  return support;
}
