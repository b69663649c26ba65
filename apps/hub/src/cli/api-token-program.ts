/** `preau api-token …`: the words of the command line. */
import { apiScopes, apiUses } from "@preau/web";
import type { Command } from "commander";
import {
  type ApiTokenArguments,
  type CreateApiTokenArguments,
  createApiTokenCommand,
  listApiTokensCommand,
  revokeApiTokenCommand,
} from "./api-token-commands.ts";
import { apiTokenCommandTexts } from "./api-token-texts.ts";
import type { CommandContext } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** Adds the commands to the program. */
export function addApiTokenCommands(
  program: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const [words, common] = [apiTokenCommandTexts[language], helpTexts[language]];
  const group = program
    .command("api-token")
    .description(words.apiToken)
    .helpOption("-h, --help", common.help)
    .helpCommand(false);
  const add = (name: string, says: string) =>
    group
      .command(name)
      .description(says)
      .helpOption("-h, --help", common.help)
      .requiredOption("--controller <id>", words.controller)
      .option("--json", common.json);

  add("create", words.create)
    .requiredOption("--scope <scope...>", words.scope.replace("{scopes}", Object.keys(apiScopes).join(", ")))
    .option("--use <use>", words.use.replace("{uses}", Object.keys(apiUses).join(", ")))
    .option("--days <n>", words.days)
    .action(async (given: CreateApiTokenArguments) => done(await createApiTokenCommand(context, given)));
  add("list", words.list).action(async (given: ApiTokenArguments) =>
    done(await listApiTokensCommand(context, given)),
  );
  add("revoke <id>", words.revoke).action(async (id: string, given: ApiTokenArguments) =>
    done(await revokeApiTokenCommand(context, id, given)),
  );
}
