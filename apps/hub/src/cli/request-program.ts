/** `preau request …`: the words of the command line. */
import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";
import {
  type AssignArguments,
  type ReportArguments,
  requestAssignCommand,
  requestExecuteCommand,
  requestForwardCommand,
  requestHandOverCommand,
  requestReceiveCommand,
  requestReportCommand,
} from "./request-commands.ts";
import { requestTexts } from "./request-texts.ts";
import { type ListArguments, requestListCommand, requestShowCommand } from "./request-view-commands.ts";

/** Adds the commands to the program. */
export function addRequestCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [requestTexts[language], helpTexts[language]];
  const request = program
    .command("request")
    .description(words.request)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    request
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .option("--json", common.json);

  add("list", words.list)
    .option("--controller <id>", words.controller)
    .option("--view <view>", words.view)
    .option("--matter <right>", words.matter)
    .option("--page <n>", words.page)
    .action(async (given: ListArguments) => done(await requestListCommand(context, given)));
  add("show <id>", words.show).action(async (id: string, given: { json?: boolean }) =>
    done(await requestShowCommand(context, id, given)),
  );
  add("receive", words.receive)
    .requiredOption("--mail <file>", words.mail)
    .option("--received-at <instant>", words.receivedAt)
    .action(async (given: Parameters<typeof requestReceiveCommand>[1]) =>
      done(await requestReceiveCommand(context, given)),
    );
  add("assign <inquiry>", words.assign)
    .requiredOption("--controller <id>", words.controller)
    .requiredOption("--matter <right,…>", words.matters)
    .option("--subject <id>", words.subject)
    .option("--role <role>", words.role)
    .option("--concerns-stdin", words.concernsStdin)
    .option("--text <part>", words.text)
    .action(async (id: string, given: AssignArguments) =>
      done(await requestAssignCommand(context, id, given)),
    );
  add("forward <request>", words.forward)
    .option("--link", words.link)
    .action(async (id: string, given: Parameters<typeof requestForwardCommand>[2]) =>
      done(await requestForwardCommand(context, id, given)),
    );
  add("hand-over <request>", words.handOver)
    .requiredOption("--reference <text>", words.reference)
    .option("--at <instant>", words.at)
    .action(async (id: string, given: Parameters<typeof requestHandOverCommand>[2]) =>
      done(await requestHandOverCommand(context, id, given)),
    );
  add("execute <request>", words.execute)
    .requiredOption("--instruction <id>", words.instruction)
    .option("--purpose <id>", words.purpose)
    .action(async (id: string, given: Parameters<typeof requestExecuteCommand>[2]) =>
      done(await requestExecuteCommand(context, id, given)),
    );
  add("report", words.report)
    .requiredOption("--controller <id>", words.controller)
    .requiredOption("--place <place>", words.place)
    .option("--subject <id>", words.subject)
    .option("--learnt-at <instant>", words.learntAt)
    .action(async (given: ReportArguments) => done(await requestReportCommand(context, given)));
}
