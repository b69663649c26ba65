/** `preau retention …`: what the pages of periods show and decide, at the machine's own terminal, as operations. */
import { type LocalDate, localDate } from "@preau/calendar";
import {
  type ControllerId,
  controllerId,
  exitCodeOf,
  PreauError,
  type SubjectId,
  type Verdict,
} from "@preau/kernel";
import {
  actOnPurge,
  approvePurge,
  cancelPurge,
  findPurge,
  type Hold,
  type HoldId,
  holdCovers,
  liftHold,
  listHolds,
  type PurgeDecider,
  type PurgeId,
  placeHold,
  readPurgeView,
  readRetentionView,
  retentionOptions,
  retentionPlugin,
  surveyedStores,
  surveyStore,
  takeBackApproval,
  takeUpRequests,
} from "@preau/retention";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { receiptText } from "./erase-report.ts";
import { terminalLanguage } from "./report-error.ts";
import { dueJson, dueText, holdsText, planJson, planText, surveyText } from "./retention-report.ts";
import { retentionTexts } from "./retention-texts.ts";

export interface RetentionArguments {
  readonly controller: string;
  readonly source?: string;
  readonly instruction?: string;
  readonly json?: boolean;
}

export interface HoldArguments extends RetentionArguments {
  readonly covers: string;
  readonly subject?: string;
  readonly category?: string;
  readonly basis: string;
  readonly law?: boolean;
  readonly until?: string;
}

const RECEIPT_WAIT_MS = 5_000;

/** 0; 1 when no store says who has an account. */
export async function surveyCommand(context: CommandContext, given: RetentionArguments): Promise<number> {
  return within(context, given, async (hub, controller) => {
    const { ports } = hub;
    const stores = surveyedStores(ports, controller).filter(
      ({ source }) => given.source === undefined || source === given.source,
    );
    if (stores.length === 0) {
      context.err(`preau: ${wordsOf(context).noStores}\n`);
      if (given.json === true) context.out(`${JSON.stringify({ surveys: [] })}\n`);
      return 1;
    }
    const surveys = [];
    for (const where of stores) {
      const taken = await takeUpRequests(ports, where);
      surveys.push({ ...(await surveyStore(ports, optionsOf(hub), where)), taken });
    }
    await hub.sequencer.runOnce();
    context.out(
      given.json === true
        ? `${JSON.stringify({ surveys })}\n`
        : surveyText(surveys, terminalLanguage(context.environment)),
    );
    return 0;
  });
}

/** 0 when nobody has to decide anything; 1 when something waits. */
export async function dueCommand(context: CommandContext, given: RetentionArguments): Promise<number> {
  return within(context, given, async ({ ports }, controller) => {
    const view = await ports.unitOfWork.transaction((unit) => readRetentionView(unit, ports, controller));
    const language = terminalLanguage(context.environment);
    context.out(given.json === true ? dueJson(view) : dueText(view, language));
    return view.purges.some(({ state, needs }) => state === "proposed" && needs !== "nobody") ? 1 : 0;
  });
}

/** 0. @throws RETENTION_NO_PURGE, and a store's refusal to plan: 2, nothing written */
export async function planCommand(
  context: CommandContext,
  id: string,
  given: RetentionArguments,
): Promise<number> {
  return within(context, given, async ({ ports }, controller) => {
    const purge = await findPurge(ports, controller, id as PurgeId);
    const view = await readPurgeView(ports, purge, { plan: true });
    const language = terminalLanguage(context.environment);
    context.out(given.json === true ? planJson(view) : planText(view, language));
    if (view.plans instanceof PreauError) throw view.plans;
    return 0;
  });
}

const deeds = { approve: approvePurge, undo: takeBackApproval, cancel: cancelPurge } as const;
export type PurgeDeed = keyof typeof deeds;

/** 0 done; 1 when nothing differs. @throws what the verb refuses: 2, nothing written */
export async function decideCommand(
  context: CommandContext,
  deed: PurgeDeed,
  id: string,
  given: RetentionArguments,
): Promise<number> {
  return within(context, given, async (hub, controller) => {
    const { ports } = hub;
    const done = await ports.unitOfWork.transaction((unit) =>
      deeds[deed](unit, ports, { controller, id: id as PurgeId, by: deciderOf(given) }),
    );
    await hub.sequencer.runOnce();
    return answer(context, given, "instruction", done);
  });
}

/** The receipt's exit code; 1 when it did not act. */
export async function actCommand(
  context: CommandContext,
  id: string,
  given: RetentionArguments,
): Promise<number> {
  return within(context, given, async (hub, controller) => {
    const { ports } = hub;
    const at = { controller, id: id as PurgeId };
    const { outcome, dropped } = await actOnPurge(ports, optionsOf(hub), at);
    if (outcome === "ordered") await hub.worker.drain();
    await hub.sequencer.runOnce();
    const purge = await findPurge(ports, controller, at.id);
    const words = wordsOf(context);
    const { receipt, verdict, erasure } = purge;
    const file =
      receipt && (await ports.receipts.receiptFile(controller, receipt, { waitMs: RECEIPT_WAIT_MS }));
    if (given.json === true)
      context.out(
        `${JSON.stringify({ purge: id, outcome, dropped, erasure, receipt, verdict, file: file && (JSON.parse(file) as unknown) })}\n`,
      );
    else {
      context.out(`${words.outcomes[outcome]} · ${words.dropped} ${dropped}\n`);
      if (file !== undefined) context.out(receiptText(file, terminalLanguage(context.environment)));
    }
    if (outcome === "empty") return 0;
    if (outcome !== "ordered") return 1;
    return verdict === undefined ? 3 : exitCodeOf(verdict satisfies Verdict);
  });
}

/** 0, with the hold's id. @throws RETENTION_HOLD_BAD, RETENTION_NO_SUBJECT, RETENTION_NEEDS_INSTRUCTION */
export async function holdCommand(context: CommandContext, given: HoldArguments): Promise<number> {
  const covers = holdCovers.find((each) => each === given.covers);
  if (covers === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--covers" });
  const until = dayIn(given.until);
  return within(context, given, async (hub, controller) => {
    const { ports } = hub;
    const id = await ports.unitOfWork.transaction((unit) =>
      placeHold(unit, ports, {
        ...{ controller, covers, until, category: given.category, basis: given.basis },
        subject: given.subject as SubjectId | undefined,
        lawful: given.law === true,
        by: deciderOf(given),
      }),
    );
    await hub.sequencer.runOnce();
    return answer(context, given, "hold", id);
  });
}

/** 0 done; 1 when it was lifted before. @throws RETENTION_NO_HOLD */
export async function liftCommand(
  context: CommandContext,
  id: string,
  given: RetentionArguments,
): Promise<number> {
  return within(context, given, async (hub, controller) => {
    const { ports } = hub;
    const lifted = await ports.unitOfWork.transaction((unit) =>
      liftHold(unit, ports, { controller, id: id as HoldId, by: deciderOf(given) }),
    );
    await hub.sequencer.runOnce();
    return answer(context, given, "hold", lifted);
  });
}

/** 0, newest first. */
export async function holdsCommand(context: CommandContext, given: RetentionArguments): Promise<number> {
  return within(context, given, async ({ ports }, controller) => {
    const holds: readonly Hold[] = await ports.unitOfWork.transaction((unit) =>
      listHolds(unit, controller, "all"),
    );
    const language = terminalLanguage(context.environment);
    context.out(given.json === true ? `${JSON.stringify({ holds })}\n` : holdsText(holds, language));
    return 0;
  });
}

function within(
  context: CommandContext,
  given: RetentionArguments,
  work: (hub: Hub, controller: ControllerId) => Promise<number>,
): Promise<number> {
  const controller = controllerId(given.controller);
  return withHub(context, {}, (hub) => work(hub, controller));
}

function answer(
  context: CommandContext,
  given: RetentionArguments,
  name: string,
  done: string | undefined,
): number {
  const words = wordsOf(context);
  if (given.json === true) context.out(`${JSON.stringify({ [name]: done ?? null })}\n`);
  else context.out(done === undefined ? `${words.nothing}\n` : `${words.done}: ${done}\n`);
  return done === undefined ? 1 : 0;
}

/** Whoever sits at the machine writes down what the controller has ordered. */
function deciderOf({ instruction }: RetentionArguments): PurgeDecider {
  return { role: "operations", instructionReference: instruction };
}

function optionsOf(hub: Hub) {
  const configured = hub.plugins.find(({ plugin }) => plugin.id === retentionPlugin.id)?.options;
  return retentionOptions.parse(configured);
}

function wordsOf(context: CommandContext) {
  return retentionTexts[terminalLanguage(context.environment)];
}

/** @throws HUB_BAD_ARGUMENT */
function dayIn(text: string | undefined): LocalDate | undefined {
  try {
    return text === undefined ? undefined : localDate(text);
  } catch (cause) {
    throw fault("HUB_BAD_ARGUMENT", { place: "--until", cause });
  }
}
