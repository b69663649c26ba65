/** `preau subprocessors …`: the registry, changes and notices at the machine's own terminal, as operations. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { controllerId, type Instant, instant, type Writing } from "@preau/kernel";
import {
  announceChange,
  type ChangeGiven,
  type ChangeId,
  handOver,
  listChanges,
  type NoticeView,
  proposeChange,
  readChange,
  readRegistry,
  recordObjection,
  recordReceipt,
  rememberAgreement,
  subprocessorsOptions,
  subprocessorsPlugin,
  takeBackChange,
  viewNotices,
} from "@preau/subprocessors";
import { parse } from "yaml";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { readAgreement } from "../read-agreement.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";
import { subprocessorsTexts } from "./subprocessors-texts.ts";

const OPERATIONS = { role: "operations" } as const;
/** Clients of one answer of `status`. */
const MOST = 20_000;

export interface JsonArguments {
  readonly json?: boolean;
}
export interface AnnounceArguments extends JsonArguments {
  readonly controllers?: string;
  readonly yes?: boolean;
}
export interface WritingArguments extends JsonArguments {
  readonly controller: string;
  readonly receivedAt: string;
  readonly datedAt?: string;
  readonly means: string;
  readonly writer: string;
  readonly reference: string;
  readonly sha256?: string;
}
export interface StatusArguments extends JsonArguments {
  readonly controller?: string;
}

const wordsOf = (context: CommandContext) => subprocessorsTexts[terminalLanguage(context.environment)];

function optionsOf(hub: Hub) {
  return subprocessorsOptions.parse(
    hub.plugins.find(({ plugin }) => plugin.id === subprocessorsPlugin.id)?.options,
  );
}

function answer(context: CommandContext, json: boolean | undefined, value: object, text: string): void {
  context.out(json === true ? `${JSON.stringify(value)}\n` : text);
}

/** 0 when nothing is missing on file; 1 when something is. */
export async function listSubprocessorsCommand(
  context: CommandContext,
  { json }: JsonArguments,
): Promise<number> {
  return withHub(context, {}, async ({ ports }) => {
    const registry = await ports.unitOfWork.transaction((unit) => readRegistry(unit, ports));
    const words = wordsOf(context);
    const rows = registry.map(({ recipient, entry, findings }) => [
      ...[recipient, entry.name, entry.origins],
      entry.transfers === "none" ? words.nothing : `${entry.transfers.country} ${entry.transfers.mechanism}`,
      findings.map(({ code }) => code).join(" ") || words.nothing,
    ]);
    answer(context, json, { subprocessors: registry }, alignedTable([words.columns, ...rows]));
    return registry.some(({ findings }) => findings.length > 0) ? 1 : 0;
  });
}

export async function proposeCommand(
  context: CommandContext,
  file: string,
  { json }: JsonArguments,
): Promise<number> {
  const change = readChangeFile(path.resolve(context.cwd, file));
  return withHub(context, {}, async ({ ports, sequencer }) => {
    const id = await ports.unitOfWork.transaction((unit) =>
      proposeChange(unit, ports, { change, by: OPERATIONS }),
    );
    await sequencer.runOnce();
    answer(context, json, { change: id }, `${id}\n`);
    return 0;
  });
}

/** What is no object is refused here; every field of it by the verb. */
function readChangeFile(file: string): ChangeGiven {
  try {
    const given: unknown = parse(readFileSync(file, "utf8"));
    if (typeof given !== "object" || given === null) throw fault("HUB_BAD_ARGUMENT", { place: file });
    const { kind, entry, replaces, startsOn, content } = given as Partial<ChangeGiven>;
    const empty = { fr: "", en: "" };
    const whole = {
      ...{ purpose: empty, retention: empty, guarantees: empty, places: { storage: [], processing: [] } },
      ...(typeof content === "object" ? content : {}),
    };
    return {
      ...{ kind: kind as ChangeGiven["kind"], entry, startsOn: startsOn ?? "", content: whole },
      ...(replaces === undefined ? {} : { replaces }),
    };
  } catch (cause) {
    if (cause instanceof Error && cause.name === "PreauError") throw cause;
    throw fault("HUB_FILE_UNREADABLE", { place: file, cause });
  }
}

/** 0 announced; 1 when nobody said yes. */
export async function announceCommand(
  context: CommandContext,
  id: string,
  { json, controllers, yes }: AnnounceArguments,
): Promise<number> {
  return withHub(context, {}, async ({ ports, sequencer, worker }) => {
    const words = wordsOf(context);
    const change = await ports.unitOfWork.transaction((unit) => readChange(unit, id as ChangeId));
    if (change !== undefined && yes !== true) {
      const said = await context.confirm?.(words.ask(change.entry.name));
      if (said !== true) {
        context.err(`preau: ${words.notAsked}\n`);
        return 1;
      }
    }
    const to =
      controllers === undefined ? "all" : controllers.split(",").map((each) => controllerId(each.trim()));
    const told = await ports.unitOfWork.transaction((unit) =>
      announceChange(unit, ports, {
        ...{ id: id as ChangeId, version: change?.version ?? 0, to, by: OPERATIONS },
      }),
    );
    await worker.drain();
    await sequencer.runOnce();
    answer(context, json, { change: id, ...told }, `${words.announced(told.controllers)}\n`);
    return 0;
  });
}

export async function withdrawCommand(
  context: CommandContext,
  id: string,
  { json }: JsonArguments,
): Promise<number> {
  return withHub(context, {}, async ({ ports, sequencer, worker }) => {
    await ports.unitOfWork.transaction((unit) =>
      takeBackChange(unit, ports, { id: id as ChangeId, by: OPERATIONS }),
    );
    await worker.drain();
    await sequencer.runOnce();
    answer(context, json, { change: id, state: "withdrawn" }, `${id}\n`);
    return 0;
  });
}

export async function changesCommand(context: CommandContext, { json }: JsonArguments): Promise<number> {
  return withHub(context, {}, async ({ ports }) => {
    const changes = await ports.unitOfWork.transaction((unit) => listChanges(unit));
    const rows = changes.map(({ id, kind, entry, state, announcedAt }) => [
      ...[id, kind, entry.recipient, entry.name, state, announcedAt ?? "–"],
    ]);
    answer(context, json, { changes }, alignedTable([wordsOf(context).changeColumns, ...rows]));
    return 0;
  });
}

/** 0 open for all that were told; 1 when somebody objected; 3 when some are still shut. */
export async function statusCommand(
  context: CommandContext,
  id: string,
  { json, controller }: StatusArguments,
): Promise<number> {
  return withHub(context, {}, async ({ ports }) => {
    const scope = controller === undefined ? "all" : controllerId(controller);
    const views = await ports.unitOfWork.transaction(async (unit) => {
      if ((await readChange(unit, id as ChangeId)) === undefined)
        throw fault("HUB_BAD_ARGUMENT", { place: "change" });
      return viewNotices(unit, ports, { scope, change: id as ChangeId, limit: MOST });
    });
    const untilOf = ({ standing }: NoticeView) =>
      "window" in standing ? standing.window.opensAt : undefined;
    const rows = views.map((view) => [
      ...[view.notice.controller, view.notice.delivery, view.notice.receipt?.receivedAt ?? "–"],
      ...[view.standing.is, untilOf(view) ?? "–"],
    ]);
    const clients = views.map((view) => ({
      ...{ controller: view.notice.controller, notice: view.notice.id, delivery: view.notice.delivery },
      ...{ receivedAt: view.notice.receipt?.receivedAt ?? null, standing: view.standing.is },
      opensAt: untilOf(view) ?? null,
      window: "window" in view.standing ? view.standing.window : null,
    }));
    answer(context, json, { change: id, clients }, alignedTable([wordsOf(context).statusColumns, ...rows]));
    if (views.some(({ standing }) => standing.is === "OBJECTED")) return 1;
    return views.every(({ standing }) => standing.is === "OPEN") && views.length > 0 ? 0 : 3;
  });
}

export async function receiptOfNoticeCommand(
  context: CommandContext,
  id: string,
  given: WritingArguments,
): Promise<number> {
  const writing = writingOf(given);
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const { receivedAt, window, isNew } = await ports.unitOfWork.transaction((unit) =>
      recordReceipt(unit, ports, optionsOf(hub), {
        ...{ controller: controllerId(given.controller), change: id as ChangeId, by: OPERATIONS, writing },
      }),
    );
    await hub.worker.drain();
    await hub.sequencer.runOnce();
    const opensAt = window?.opensAt ?? null;
    answer(
      context,
      given.json,
      { receivedAt, isNew, opensAt, window: window ?? null },
      `${opensAt ?? "–"}\n`,
    );
    return 0;
  });
}

/** 0 when it counts; 3 when it is dated too late, and shuts nothing. */
export async function objectCommand(
  context: CommandContext,
  id: string,
  given: WritingArguments,
): Promise<number> {
  const writing = writingOf(given);
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const recorded = await ports.unitOfWork.transaction((unit) =>
      recordObjection(unit, ports, optionsOf(hub), {
        ...{ controller: controllerId(given.controller), change: id as ChangeId, by: OPERATIONS, writing },
      }),
    );
    await hub.worker.drain();
    await hub.sequencer.runOnce();
    answer(context, given.json, recorded, `${recorded.objection}\n`);
    return recorded.counts ? 0 : 3;
  });
}

export async function linkCommand(
  context: CommandContext,
  id: string,
  { controller, json }: JsonArguments & { readonly controller: string },
): Promise<number> {
  return withHub(context, {}, async (hub) => {
    const { ports, config } = hub;
    const link = await ports.unitOfWork.transaction((unit) =>
      handOver(unit, ports, optionsOf(hub), {
        ...{ controller: controllerId(controller), change: id as ChangeId, by: OPERATIONS },
      }),
    );
    await hub.sequencer.runOnce();
    const url = `${config.publicUrl}${link.path}`;
    answer(context, json, { url, until: link.until }, `${url}\n${wordsOf(context).until} ${link.until}\n`);
    return 0;
  });
}

/** 0 remembered; 1 when it was known. */
export async function baselineCommand(
  context: CommandContext,
  { agreement: folder, json }: JsonArguments & { readonly agreement: string },
): Promise<number> {
  const agreement = readAgreement(path.resolve(context.cwd, folder));
  return withHub(context, {}, async ({ ports }) => {
    const isNew = await ports.unitOfWork.transaction((unit) =>
      rememberAgreement(unit, ports, { agreement, by: OPERATIONS }),
    );
    const words = wordsOf(context);
    answer(context, json, { isNew }, `${isNew ? words.remembered : words.known}\n`);
    return isNew ? 0 : 1;
  });
}

/** @throws HUB_BAD_ARGUMENT */
function writingOf(given: WritingArguments): Writing {
  const means = (["email", "letter", "desk"] as const).find((each) => each === given.means);
  const writer = (["representative", "dpo", "contact"] as const).find((each) => each === given.writer);
  if (means === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--means" });
  if (writer === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--writer" });
  const { datedAt, sha256, reference } = given;
  return {
    receivedAt: instantOf(given.receivedAt, "--received-at"),
    ...(datedAt === undefined ? {} : { datedAt: instantOf(datedAt, "--dated-at") }),
    ...{ means, writer, reference },
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

function instantOf(text: string, place: string): Instant {
  try {
    return instant(text);
  } catch (cause) {
    throw fault("HUB_BAD_ARGUMENT", { place, cause });
  }
}
