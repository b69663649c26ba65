/** `preau backups audit`: a backup store held against the agreement. It advises, and prunes nothing. @clause DD.1 */
import {
  type Audit,
  auditBackups,
  type BackupStoreOptions,
  backupRules,
  backupsOptions,
  backupsPlugin,
  type Finding,
  readStore,
} from "@preau/backups";
import { localDate, mainland, type Place, sayDay } from "@preau/calendar";
import { controllerId, isFault, type Language } from "@preau/kernel";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import { backupsTexts } from "./backups-texts.ts";
import { type CommandContext, configOf, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";

export interface AuditArguments {
  readonly folder?: string;
  readonly restic?: string;
  readonly pattern?: string;
  readonly since?: string;
  readonly quick?: boolean;
  readonly controller?: string;
  readonly json?: boolean;
}

interface StoreAudit extends Audit {
  readonly store: string;
  readonly advice: readonly string[];
}

/** 0 keeps to the agreement · 1 does not · 3 not everything could be seen · 4 nothing could. @clause DD.1 */
export async function auditCommand(context: CommandContext, given: AuditArguments): Promise<number> {
  const language = terminalLanguage(context.environment);
  const config = configOf(context);
  const named = given.folder === undefined && given.restic === undefined ? undefined : namedStore(given);
  const from = named === undefined ? config.folder : context.cwd;
  const audits = await withHub(context, { sources: [] }, async ({ agreement, ports, plugins }) => {
    const { stores: configured } = backupsOptions.parse(
      plugins.find(({ plugin }) => plugin.id === backupsPlugin.id)?.options,
    );
    const stores = named === undefined ? configured : [named];
    if (stores.length === 0) throw nothingNamed();
    const controller = given.controller === undefined ? undefined : controllerId(given.controller);
    const place =
      controller === undefined
        ? mainland
        : await ports.unitOfWork.transaction((unit) => ports.contracts.placeOf(unit, controller));
    const rules = backupRules(controller === undefined ? agreement : ports.agreements.of(controller));
    const done: StoreAudit[] = [];
    for (const store of stores)
      done.push(await auditOne(context, store, { rules, place, from, quick: given.quick === true }));
    return done;
  });
  if (given.json === true) context.out(`${JSON.stringify({ stores: audits.map(jsonOf) })}\n`);
  else for (const each of audits) context.out(textOf(each, language));
  const results = audits.map(({ result }) => result);
  return results.includes("FAIL") ? 1 : results.includes("UNKNOWN") ? 3 : 0;
}

function nothingNamed() {
  const remedy = { en: backupsTexts.en.notConfigured, fr: backupsTexts.fr.notConfigured };
  return fault("HUB_BAD_ARGUMENT", { place: "--folder | --restic", remedy });
}

function namedStore({ folder, restic, pattern, since }: AuditArguments): BackupStoreOptions {
  if (folder !== undefined && restic !== undefined)
    throw fault("HUB_BAD_ARGUMENT", { place: "--folder | --restic" });
  if (since !== undefined && !isDay(since)) throw fault("HUB_BAD_ARGUMENT", { place: "--since" });
  return { sources: "all", folder, restic, pattern, since };
}

async function auditOne(
  context: CommandContext,
  store: BackupStoreOptions,
  {
    rules,
    place,
    from,
    quick,
  }: {
    readonly rules: ReturnType<typeof backupRules>;
    readonly place: Place;
    readonly from: string;
    readonly quick: boolean;
  },
): Promise<StoreAudit> {
  const seen = await readStore(store, { place, from, environment: context.environment, verify: !quick });
  const unread = quick
    ? seen.backups.map((each) =>
        each.state === "whole" ? ({ ...each, state: "notVerified" } as const) : each,
      )
    : seen.backups;
  const audit = auditBackups(unread, {
    ...{ rules, place, now: context.clock.now(), notRecognised: seen.notRecognised },
    ...(store.since === undefined ? {} : { since: localDate(store.since) }),
  });
  const damaged: readonly Finding[] = seen.isSound
    ? []
    : [{ kind: "damaged", result: "FAIL", clause: rules.clause }];
  return {
    ...audit,
    result: seen.isSound ? audit.result : "FAIL",
    findings: [...damaged, ...audit.findings],
    store: store.folder ?? store.restic ?? "",
    advice: adviceOf(store, audit),
  };
}

/** What somebody may type: nothing here runs it. */
function adviceOf(store: BackupStoreOptions, { findings }: Audit): readonly string[] {
  const old = findings.filter(({ kind }) => kind === "tooOld").flatMap(({ backup }) => backup ?? []);
  if (old.length === 0) return [];
  if (store.restic !== undefined)
    return [`restic --repo ${quoted(store.restic)} forget --prune ${old.join(" ")}`];
  return old.map((each) => `rm -r -- ${quoted(`${store.folder ?? "."}/${each}`)}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function jsonOf({ store, result, backups, findings, advice }: StoreAudit) {
  return { store, result, backups: backups.length, findings, advice };
}

function textOf({ store, result, backups, findings, advice }: StoreAudit, language: Language): string {
  const words = backupsTexts[language];
  const say = (finding: Finding): readonly string[] => {
    const { kind, backup, generation, period, until, heldBy } = finding;
    const what = backup ?? (generation === undefined ? "" : words.generations[generation]);
    const day = until === undefined ? "" : ` ${sayDay(until, language)}`;
    const when =
      period === undefined
        ? ""
        : `: ${words.between(sayDay(period.from, language), sayDay(period.to, language))}`;
    return [
      finding.result,
      what,
      `${words.findings[kind]}${day}${when}${heldBy === undefined ? "" : ` (${heldBy})`}`,
      finding.clause,
    ];
  };
  return [
    `${store}: ${words.seen(backups.length)}\n`,
    alignedTable(findings.map(say)),
    ...(advice.length === 0 ? [] : [`${words.advice}\n`, ...advice.map((line) => `  ${line}\n`)]),
    `${words.results[result]}\n`,
  ].join("");
}

function isDay(text: string): boolean {
  try {
    return localDate(text) === text;
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
}
