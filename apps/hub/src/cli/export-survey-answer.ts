/** The answer of a dry run. */
import type { CommandContext } from "./command-context.ts";
import type { SubjectArguments } from "./export-options.ts";
import { surveyText } from "./export-report.ts";
import type { SurveyedStore } from "./export-survey.ts";
import { exportTexts } from "./export-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** 0, or 3 where files would be missing or a store is not wholly covered. */
export function answerSurvey(
  context: CommandContext,
  { kind = "access", json }: SubjectArguments,
  persons: readonly (readonly SurveyedStore[])[],
): number {
  const language = terminalLanguage(context.environment);
  if (json === true) {
    const plan = { schema: "preau.export-plan/1", kind, persons: persons.map((stores) => ({ stores })) };
    context.out(`${JSON.stringify(plan)}\n`);
  } else {
    context.out(persons.map((stores) => surveyText(stores, language)).join("\n"));
    context.err(`${exportTexts[language].dryRun}\n`);
  }
  const stores = persons.flat();
  return stores.every(({ notGiven, notCovered }) => notGiven.length + notCovered.length === 0) ? 0 : 3;
}
