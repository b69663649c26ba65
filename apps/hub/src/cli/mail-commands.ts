/** `preau mail …`: the log of messages at the machine's own terminal. Opaque ids and states alone, never an address. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type ControllerId, controllerId, type Language, type MessageId } from "@preau/kernel";
import {
  listMessages,
  type MessageLine,
  messageStates,
  readBounce,
  readMessage,
  requeueMessage,
  returnMessage,
  suppressReturned,
} from "@preau/mailer";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { mailOptionsOf } from "./mail-options.ts";
import { mailTexts } from "./mail-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface MailArguments {
  readonly controller?: string;
  readonly state?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

const USUAL_LIMIT = 50;
const MOST_LISTED = 10_000;

/** 0. */
export async function mailListCommand(context: CommandContext, given: MailArguments): Promise<number> {
  const state = messageStates.find((each) => each === given.state);
  if (given.state !== undefined && state === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--state" });
  const limit = limitOf(given);
  return withHub(context, {}, async ({ ports }) => {
    const words = mailTexts[languageOf(context)];
    const messages = await ports.unitOfWork.transaction((unit) =>
      listMessages(unit, {
        scope: scopeOf(given),
        limit,
        ...(state === undefined ? {} : { states: [state] }),
      }),
    );
    if (ports.post.transport === undefined) context.err(`preau: ${words.noTransport}\n`);
    if (given.json === true) context.out(`${JSON.stringify({ messages })}\n`);
    else if (messages.length === 0) context.out(`${words.none}\n`);
    else context.out(alignedTable(messages.map(rowOf)));
    return 0;
  });
}

/** @throws HUB_BAD_ARGUMENT */
export function limitOf(given: Pick<MailArguments, "limit">): number {
  const limit = Number(given.limit ?? USUAL_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED)
    throw fault("HUB_BAD_ARGUMENT", { place: "--limit" });
  return limit;
}

function rowOf({ id, controller, template, state, queuedAt, reason }: MessageLine): readonly string[] {
  return [id, state, queuedAt, controller, template, reason ?? ""];
}

/** 0. */
export async function mailShowCommand(
  context: CommandContext,
  id: string,
  given: MailArguments,
): Promise<number> {
  return withHub(context, {}, async ({ ports }) => {
    const found = await ports.unitOfWork.transaction((unit) => readMessage(unit, scopeOf(given), id));
    if (found === undefined) throw fault("HUB_BAD_ARGUMENT", { place: id });
    const { line } = found;
    context.out(
      given.json === true ? `${JSON.stringify({ message: line })}\n` : factsOf(line, languageOf(context)),
    );
    return 0;
  });
}

function factsOf(line: MessageLine, language: Language): string {
  const words = mailTexts[language];
  const facts: readonly (readonly [string, string | undefined])[] = [
    [words.stateLabel, line.state],
    [words.reason, line.reason],
    [words.clause, line.clause],
    [words.template, line.template],
    [words.key, line.key],
    [words.asked, line.queuedAt],
    [words.ended, line.settledAt],
    [words.way, line.transport],
    [words.tries, line.attempts === 0 ? undefined : String(line.attempts)],
    [words.text, line.isWhole ? words.whole : words.gone],
  ];
  const rows = facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return `${line.id} · ${line.controller}\n${alignedTable(rows)}`;
}

/** 0. */
export async function mailRetryCommand(
  context: CommandContext,
  id: string,
  given: MailArguments,
): Promise<number> {
  return withHub(context, {}, async ({ ports }) => {
    const line = await ports.unitOfWork.transaction((unit) =>
      requeueMessage(unit, ports, scopeOf(given), id as MessageId),
    );
    answer(context, given, { message: line.id, controller: line.controller, state: "queued" }, "queued");
    return 0;
  });
}

/** 0 when it came back; 1 for a report of something else. */
export async function mailBounceCommand(
  context: CommandContext,
  file: string,
  given: MailArguments,
): Promise<number> {
  const bounce = await readBounce(await bytesOf(context, file));
  if (bounce === undefined) {
    answer(context, given, { outcome: "notReturned" }, "notReturned");
    return 1;
  }
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const { keepHours, suppress } = mailOptionsOf(hub);
    const { message: id, reason } = bounce;
    const { line, changed } = await ports.unitOfWork.transaction(async (unit) => {
      const returned = await returnMessage(unit, ports, { scope: scopeOf(given), id, reason, keepHours });
      if (returned.changed) await suppressReturned(unit, ports, suppress, { line: returned.line, reason });
      return returned;
    });
    const outcome = changed ? "noted" : "already";
    answer(context, given, { message: line.id, controller: line.controller, outcome }, outcome);
    return 0;
  });
}

function answer(
  context: CommandContext,
  given: MailArguments,
  document: Readonly<Record<string, string>>,
  word: "queued" | "noted" | "already" | "notReturned",
): void {
  const text = [document["message"], mailTexts[languageOf(context)][word]].filter(Boolean).join(" ");
  context.out(given.json === true ? `${JSON.stringify(document)}\n` : `${text}\n`);
}

/** @throws HUB_FILE_UNREADABLE */
export async function bytesOf({ input, cwd }: CommandContext, file: string): Promise<Buffer> {
  try {
    if (file !== "-") return await readFile(path.resolve(cwd, file));
    const chunks: Buffer[] = [];
    for await (const chunk of input ?? []) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks);
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: file, cause });
  }
}

export function scopeOf({ controller }: Pick<MailArguments, "controller">): ControllerId | "all" {
  return controller === undefined ? "all" : controllerId(controller);
}

function languageOf(context: CommandContext): Language {
  return terminalLanguage(context.environment);
}
