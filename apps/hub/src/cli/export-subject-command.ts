/** `preau export subject`: a person's copy of their data, or what they take elsewhere. @clause D10.1a */
import type { RegisteredSource, SubjectTarget } from "@preau/kernel";
import { type CommandContext, withHub } from "./command-context.ts";
import { untilInterrupted } from "./export-interrupt.ts";
import {
  languageIn,
  readSubjectOptions,
  type SubjectArguments,
  type SubjectOptions,
} from "./export-options.ts";
import { findPersons, strangers, unknownAt, withForeignLms } from "./export-people.ts";
import { surveyText } from "./export-report.ts";
import { type SurveyedStore, surveyPerson } from "./export-survey.ts";
import { exportTexts } from "./export-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** 0 whole, 1 a person has nothing, 3 not wholly. @throws every refusal, before anything is written */
export async function exportSubjectCommand(
  context: CommandContext,
  given: SubjectArguments,
): Promise<number> {
  const options = readSubjectOptions(given);
  languageIn(given, terminalLanguage(context.environment));
  const { lms, controller } = options;
  return untilInterrupted((signal) => {
    const run = { context, given, options, signal };
    if (lms === undefined)
      return withHub(context, {}, async (hub) =>
        dryRun(run, hub.ports.sources.values(), await findPersons(hub, controller, options.persons)),
      );
    return withForeignLms(context, { lms, controller }, (moodle) =>
      dryRun(run, [moodle], strangers(options.persons)),
    );
  });
}

interface Run {
  readonly context: CommandContext;
  readonly given: SubjectArguments;
  readonly options: SubjectOptions;
  readonly signal: AbortSignal;
}

/** Everybody is read before the answer: who is unknown stops it, and nothing was said of the others. */
async function dryRun(
  { context, given, options, signal }: Run,
  stores: Iterable<RegisteredSource>,
  targets: readonly SubjectTarget[],
): Promise<number> {
  const language = terminalLanguage(context.environment);
  const all = [...stores];
  const surveys: (readonly SurveyedStore[])[] = [];
  for (const [at, target] of targets.entries()) {
    const survey = await surveyPerson(all, target, { controller: options.controller, signal });
    if (survey.every(({ tables }) => tables.length === 0)) throw unknownAt(at);
    surveys.push(survey);
  }
  if (given.json === true)
    context.out(
      `${JSON.stringify({ schema: "preau.export-plan/1", kind: options.kind, persons: surveys.map((stores) => ({ stores })) })}\n`,
    );
  else context.out(surveys.map((survey) => surveyText(survey, language)).join("\n"));
  if (given.json !== true) context.err(`${exportTexts[language].dryRun}\n`);
  return surveys.some((survey) => survey.some(({ notGiven }) => notGiven.length > 0)) ? 3 : 0;
}
