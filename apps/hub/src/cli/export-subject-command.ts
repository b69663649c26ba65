/** `preau export subject`: a person's copy of their data, or what they take elsewhere. @clause D10.1a */
import { type Protection, packageEnding, personCopy } from "@preau/data-export";
import type { Language, RegisteredSource, SubjectTarget } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { chooseDestination } from "./export-destination.ts";
import { untilInterrupted } from "./export-interrupt.ts";
import { recordWritten, requireContract } from "./export-journal.ts";
import {
  languageIn,
  readSubjectOptions,
  type SubjectArguments,
  type SubjectOptions,
} from "./export-options.ts";
import { answerWritten, writePackages } from "./export-packages.ts";
import {
  findPersons,
  forgetAgain,
  identifyPersons,
  lookForPersons,
  strangers,
  withForeignLms,
} from "./export-people.ts";
import { readProtection } from "./export-protection.ts";
import { withStores } from "./export-stores.ts";
import { surveyPersons } from "./export-survey.ts";
import { answerSurvey } from "./export-survey-answer.ts";
import { terminalLanguage } from "./report-error.ts";

interface Run {
  readonly context: CommandContext;
  readonly given: SubjectArguments;
  readonly options: SubjectOptions;
  readonly language: Language;
  readonly signal: AbortSignal;
}

/** 0 whole, 1 a person has nothing, 3 not wholly. @throws every refusal, before anything is written */
export async function exportSubjectCommand(
  context: CommandContext,
  given: SubjectArguments,
): Promise<number> {
  const options = readSubjectOptions(given);
  const language = languageIn(given, terminalLanguage(context.environment));
  return untilInterrupted(async (signal) => {
    const run: Run = { context, given, options, language, signal };
    if (given.dryRun === true) return dryRun(run);
    if (given.out === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--out" });
    const protection = await readProtection(context, given);
    return withStores(context, options, (hub) => write(run, hub, protection));
  });
}

/** With an LMS named on the command line no hub is opened, and no folder of data is made. */
async function dryRun(run: Run): Promise<number> {
  const { context, options, signal } = run;
  const { controller, lms, persons } = options;
  const survey = async (stores: readonly RegisteredSource[], targets: readonly SubjectTarget[]) =>
    answerSurvey(context, run.given, await surveyPersons(stores, targets, { controller, signal }));
  if (lms !== undefined)
    return withForeignLms(context, { lms, controller }, (moodle) => survey([moodle], strangers(persons)));
  return withHub(context, {}, async (hub) =>
    survey([...hub.ports.sources.values()], await findPersons(hub, controller, persons)),
  );
}

/** Whoever is unknown stops it before the first package: half of what was asked is not handed over as the whole. */
async function write(run: Run, hub: Hub, protection: Protection): Promise<number> {
  const { context, given, options, language, signal } = run;
  const { controller, kind, persons } = options;
  await requireContract(hub, { controller, foreign: options.lms !== undefined });
  await lookForPersons(hub, controller, persons, signal);
  const { targets, fresh } = await identifyPersons(hub, controller, persons);
  try {
    const names = targets.map(({ subject }) => `${kind}-${subject}${packageEnding(protection)}`);
    const files = chooseDestination({ cwd: context.cwd, out: given.out, names });
    const ordered = targets.map((subject, at) => ({
      file: files[at] ?? "",
      subject: subject.subject,
      content: personCopy(hub.ports, { kind, controller, subject, language, requestedBy: "operations" }),
    }));
    const { instruction } = given;
    const written = await writePackages(context, ordered, {
      ...{ protection, signal, language },
      record: (all) => recordWritten(hub, all, { controller, instruction }),
    });
    return answerWritten(context, given, written);
  } catch (error) {
    await forgetAgain(hub, controller, fresh);
    throw error;
  }
}
