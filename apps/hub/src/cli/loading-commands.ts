/** `preau loading …`, as operations. @clause S9, S15 */
import { closeSync, lstatSync, openSync, readSync } from "node:fs";
import path from "node:path";
import {
  type ControllerId,
  controllerId,
  exitCodeOf,
  type Instant,
  instant,
  type Verdict,
} from "@preau/kernel";
import {
  anchorHolding,
  destroyHolding,
  type HoldingId,
  type HoldingKind,
  holdingKinds,
  holdingName,
  isKeptByLaw,
  judgeHolding,
  keepArchive,
  listEnds,
  listHoldings,
  listRestoreTests,
  measureCopy,
  type PurgeDecider,
  recordRestoreTest,
  registerHolding,
} from "@preau/retention";
import type { Config } from "../config.ts";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, configOf, withHub } from "./command-context.ts";
import { loadingHelp } from "./loading-help.ts";
import { terminalLanguage } from "./report-error.ts";

export interface LoadingArguments {
  readonly controller: string;
  readonly json?: boolean;
}

export interface RegisterArguments extends LoadingArguments {
  readonly kind?: string;
  readonly label?: string;
  readonly since?: string;
  readonly archive?: boolean;
}

export interface RestoreTestedArguments extends LoadingArguments {
  readonly backup: string;
  readonly made: string;
  readonly restored?: string;
  readonly evidence: string;
}

export interface DestroyArguments extends LoadingArguments {
  readonly attested?: string;
  readonly early?: boolean;
  readonly instruction?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** 0, with the id of the copy. What stands on the disk is measured: its size, its SHA-256. */
export async function registerCommand(
  context: CommandContext,
  given: string,
  { controller: whose, kind: named, label, since, archive, json }: RegisterArguments,
): Promise<number> {
  const controller = controllerId(whose);
  const kind = kindOf(context, given, named);
  const place = kind === "database" ? given : path.resolve(context.cwd, given);
  const measured = kind === "database" ? {} : await measureCopy(place, kind);
  const by: PurgeDecider = { role: "operations" };
  const wanted = { kind, place, label, ...measured, heldSince: momentIn(since, "--since"), by };
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const held = { ...wanted, forbidden: ownPlaces(configOf(context)) };
    const id = await ports.unitOfWork.transaction(async (unit) => {
      if (archive !== true)
        return registerHolding(unit, ports, { ...held, controller, store: "loadingData" });
      const [end] = (await listEnds(unit, controller)).filter(({ state }) => state !== "cancelled");
      if (end === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--archive" });
      return (await keepArchive(unit, ports, end, held)).id;
    });
    await hub.sequencer.runOnce();
    return said(context, json, { copy: id });
  });
}

/** 0; 1 when one is due and stopped. */
export async function listCommand(context: CommandContext, given: LoadingArguments): Promise<number> {
  return withHub(context, {}, async (hub) => {
    const judged = await judgedOf(hub, controllerId(given.controller));
    print(context, given, judged);
    return judged.some(({ why }) => why === "restoreNotTested") ? 1 : 0;
  });
}

/** 0, with the day that ends it. @throws RETENTION_NO_HOLDING, RETENTION_HOLDING_BAD */
export async function acceptCommand(
  context: CommandContext,
  id: string,
  given: LoadingArguments & { readonly at?: string; readonly reference?: string },
): Promise<number> {
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const controller = controllerId(given.controller);
    const at = momentIn(given.at, "--at") ?? ports.clock.now();
    const by: PurgeDecider = { role: "operations", instructionReference: given.reference };
    const { dueAt } = await ports.unitOfWork.transaction((unit) =>
      anchorHolding(unit, ports, { controller, id: id as HoldingId, at, by }),
    );
    await hub.sequencer.runOnce();
    return said(context, given.json, { copy: id, dueAt: dueAt ?? null });
  });
}

/** 0, with the id of the record. @throws RETENTION_HOLDING_BAD */
export async function restoreTestedCommand(
  context: CommandContext,
  given: RestoreTestedArguments,
): Promise<number> {
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const backupAt = momentIn(given.made, "--made");
    if (backupAt === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--made" });
    const { id } = await ports.unitOfWork.transaction((unit) =>
      recordRestoreTest(unit, ports, {
        controller: controllerId(given.controller),
        ...{ backup: given.backup, backupAt, evidence: given.evidence },
        restoredAt: momentIn(given.restored, "--restored"),
        by: { role: "operations" },
      }),
    );
    await hub.sequencer.runOnce();
    return said(context, given.json, { restoreTest: id });
  });
}

/** The worst of the receipts; 1 when a copy is stopped; 2 refused, nothing destroyed. */
export async function destroyCommand(
  context: CommandContext,
  id: string | undefined,
  given: DestroyArguments,
): Promise<number> {
  const words = loadingHelp[terminalLanguage(context.environment)];
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const controller = controllerId(given.controller);
    const judged = await judgedOf(hub, controller);
    if (given.dryRun === true) {
      print(context, given, judged);
      return judged.some(({ why }) => why === "restoreNotTested") ? 1 : 0;
    }
    const due = judged.filter(({ why, holding }) => why === "due" && holding.kind !== "database");
    const wanted = id === undefined ? due.map(({ holding }) => holding.id) : [id as HoldingId];
    if (given.yes !== true && (await context.confirm?.(words.ask(wanted.length))) !== true)
      throw fault("HUB_NOT_CONFIRMED", { place: "--yes" });
    const by: PurgeDecider = { role: "operations", instructionReference: given.instruction };
    const done = [];
    for (const each of wanted)
      done.push(
        await destroyHolding(
          ports,
          { controller, id: each },
          { by, attested: given.attested, early: given.early, forbidden: ownPlaces(configOf(context)) },
        ),
      );
    await hub.sequencer.runOnce();
    const destroyed = done.map(({ holding, receipt, verdict }) => ({ copy: holding.id, receipt, verdict }));
    const stopped = judged.filter(({ why }) => id === undefined && why === "restoreNotTested");
    if (given.json === true) context.out(`${JSON.stringify({ destroyed, stopped: stopped.length })}\n`);
    else {
      context.out(alignedTable(destroyed.map(({ copy, receipt, verdict }) => [copy, verdict, receipt])));
      for (const { holding, why } of stopped) context.err(`preau: ${holding.id} ${words.whys[why]}\n`);
    }
    const codes = done.map(({ verdict }) => exitCodeOf(verdict satisfies Verdict));
    if (codes.includes(1) || stopped.length > 0) return 1;
    return codes.includes(3) ? 3 : 0;
  });
}

async function judgedOf({ ports }: Hub, controller: ControllerId) {
  return ports.unitOfWork.transaction(async (unit) => {
    const tests = await listRestoreTests(unit, controller);
    const kept = await isKeptByLaw(unit, ports, controller);
    const held = await listHoldings(unit, controller, "standing");
    return held.map((each) => judgeHolding(ports, each, { tests, kept }));
  });
}

function print(
  context: CommandContext,
  { json }: LoadingArguments,
  judged: Awaited<ReturnType<typeof judgedOf>>,
): void {
  const words = loadingHelp[terminalLanguage(context.environment)];
  if (json === true) {
    const copies = judged.map(({ holding: { place: _, identity: __, ...holding }, why, until }) => ({
      ...holding,
      why,
      until,
    }));
    context.out(`${JSON.stringify({ copies })}\n`);
  } else if (judged.length === 0) context.out(`${words.empty}\n`);
  else
    context.out(
      alignedTable(
        judged.map(({ holding, why, until }) => [
          holding.id,
          holdingName(holding),
          holding.clause,
          until?.slice(0, 10) ?? "–",
          words.whys[why],
        ]),
      ),
    );
}

function said(
  context: CommandContext,
  json: boolean | undefined,
  what: Readonly<Record<string, string | null>>,
): number {
  const words = loadingHelp[terminalLanguage(context.environment)];
  const text = Object.values(what).filter((each) => each !== null);
  context.out(json === true ? `${JSON.stringify(what)}\n` : `${words.done}: ${text.join(" ")}\n`);
  return 0;
}

/** A day is its beginning in UTC. @throws HUB_BAD_ARGUMENT */
function momentIn(text: string | undefined, option: string): Instant | undefined {
  if (text === undefined) return undefined;
  try {
    return instant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : text);
  } catch (cause) {
    throw fault("HUB_BAD_ARGUMENT", { place: option, cause });
  }
}

/** @throws HUB_BAD_ARGUMENT, HUB_FILE_UNREADABLE */
function kindOf({ cwd }: CommandContext, place: string, named: string | undefined): HoldingKind {
  const found = holdingKinds.find((each) => each === named);
  if (named !== undefined && found === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--kind" });
  if (found === "database") return found;
  try {
    const known = lstatSync(path.resolve(cwd, place));
    const isFolder = known.isDirectory();
    if (known.isSymbolicLink() || (found !== undefined && (found === "folder") !== isFolder))
      throw fault("HUB_BAD_ARGUMENT", { place: "--kind" });
    return found ?? (isFolder ? "folder" : isSqlite(path.resolve(cwd, place)) ? "sqlite" : "file");
  } catch (cause) {
    if (cause instanceof Error && "syscall" in cause)
      throw fault("HUB_FILE_UNREADABLE", { place: "copy", cause });
    throw cause;
  }
}

function isSqlite(file: string): boolean {
  const head = Buffer.alloc(15);
  const handle = openSync(file, "r");
  try {
    readSync(handle, head, 0, 15, 0);
  } finally {
    closeSync(handle);
  }
  return head.toString("latin1") === "SQLite format 3";
}

/** What this service itself lives on: registered by mistake, it would be removed whole. */
function ownPlaces({ data, folder, replayFolder, databaseUrl, keysUrl, lms }: Config): readonly string[] {
  const databases = [databaseUrl, keysUrl, ...lms.map(({ database }) => database)]
    .filter((url) => url.startsWith("sqlite:") && url !== "sqlite::memory:")
    .map((url) => path.resolve(data, url.slice("sqlite:".length)));
  const contents = lms.flatMap(({ moodledata }) =>
    moodledata === undefined ? [] : [path.resolve(folder, moodledata)],
  );
  return [data, replayFolder, ...databases, ...contents];
}
