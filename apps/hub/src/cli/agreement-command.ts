/** `preau agreement check DIR`: reads an agreement's folder and says what is wrong with it, place by place. */
import path from "node:path";
import { AgreementInvalid, agreementHash, formatDiagnostics } from "@preau/agreement";
import { readAgreement } from "../read-agreement.ts";
import type { CommandContext } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";

/** 0 when it can be used, 1 with its diagnostics when it cannot. @throws HUB_FILE_UNREADABLE */
export function agreementCheckCommand(
  context: CommandContext,
  folder: string | undefined,
  options: { readonly json?: boolean },
): number {
  try {
    const agreement = readAgreement(folder === undefined ? undefined : path.resolve(context.cwd, folder));
    const answer = { valid: true, id: agreement.id, agreement: agreementHash(agreement), diagnostics: [] };
    context.out(
      options.json === true ? `${JSON.stringify(answer)}\n` : `${answer.id}  ${answer.agreement}\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof AgreementInvalid)) throw error;
    const language = terminalLanguage(context.environment);
    if (options.json === true)
      context.out(`${JSON.stringify({ valid: false, diagnostics: error.diagnostics })}\n`);
    else context.err(`${formatDiagnostics(error.diagnostics, language)}\n`);
    return 1;
  }
}
