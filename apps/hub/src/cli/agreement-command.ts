/** `preau agreement check DIR`: what an agreement's folder holds, and what is wrong with it, place by place. */
import path from "node:path";
import { agreementHash, checkAgreementFolder, formatDiagnostics, type Severity } from "@preau/agreement";
import { readAgreementFiles } from "../read-agreement.ts";
import { agreementAnswer, formatAnswer } from "./agreement-answer.ts";
import type { CommandContext } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";

export interface CheckOptions {
  readonly json?: boolean;
  /** Warnings count as errors. */
  readonly strict?: boolean;
}

const BY_WEIGHT: readonly Severity[] = ["error", "unknown", "warning"];

/** 0 valid and all known, 1 an error (a warning too with `strict`), 3 valid and something is unknown. @throws HUB_FILE_UNREADABLE */
export function agreementCheckCommand(
  context: CommandContext,
  folder: string | undefined,
  { json = false, strict = false }: CheckOptions,
): number {
  const language = terminalLanguage(context.environment);
  const check = checkAgreementFolder(
    readAgreementFiles(folder === undefined ? undefined : path.resolve(context.cwd, folder)),
  );
  const { agreement, diagnostics } = check;
  const has = (severity: Severity) => diagnostics.some((each) => each.severity === severity);
  const valid = agreement !== undefined && !has("error") && !(strict && has("warning"));
  if (json) {
    context.out(`${JSON.stringify({ valid, ...agreementAnswer(check) })}\n`);
  } else {
    const groups = BY_WEIGHT.map((severity) => diagnostics.filter((each) => each.severity === severity));
    context.err(groups.map((group) => formatDiagnostics(group, language)).join(""));
    if (agreement !== undefined) {
      context.out(`${agreement.id}  ${agreementHash(agreement)}\n${formatAnswer(check, language)}`);
    }
  }
  if (!valid) return 1;
  return has("unknown") ? 3 : 0;
}
