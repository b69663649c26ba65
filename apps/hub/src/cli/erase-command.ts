/** `preau erase`: erases persons from an LMS's database, from plan to receipt (INTERFACES, *Erase*). @clause D12.2 */
import { type Database, openDatabase } from "@preau/database";
import {
  type ErasurePlan,
  exitCodeOf,
  type RegisteredSource,
  type SubjectId,
  type SubjectTarget,
  type Verdict,
} from "@preau/kernel";
import { makeMoodleSource } from "@preau/moodle";
import { orderErasure, planStores, runErasure } from "@preau/retention";
import { readSecret } from "../config.ts";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, logOf, withHub } from "./command-context.ts";
import type { EraseOptions } from "./erase-options.ts";
import { planJson, planText, receiptText } from "./erase-report.ts";
import { readMoodleMap } from "./moodle-map-file.ts";
import { terminalLanguage } from "./report-error.ts";

const KIND = "moodle.user";

/** 0 PASS, 1 FAILED, 3 UNKNOWN or PENDING; a plan alone is 0. @throws every refusal, before the first write to the LMS */
export async function eraseCommand(context: CommandContext, options: EraseOptions): Promise<number> {
  const map = readMoodleMap(context, options);
  sayWhenInClear(context, options.db);
  const log = logOf(context, "error");
  const database = await openDatabase({ url: options.db, password: lmsPassword(context), log });
  try {
    const statements = countStatements(database);
    const moodle = makeMoodleSource({
      database,
      controller: options.controller,
      clock: context.clock,
      map,
      tablePrefix: options.tablePrefix,
      ...(options.moodledata === undefined ? {} : { moodledata: options.moodledata }),
    });
    return await (options.planOnly
      ? planOnly(context, options, moodle)
      : withHub(context, { sources: [moodle] }, (hub) => erase(context, options, { hub, statements })));
  } finally {
    await database.close();
  }
}

/** Writes nothing anywhere: the persons get no subject in the directory. */
async function planOnly(
  context: CommandContext,
  options: EraseOptions,
  moodle: RegisteredSource,
): Promise<number> {
  const targets = options.subjects.map((value, at): SubjectTarget => {
    return { subject: `sub_${at}`, identifiers: [{ kind: KIND, value }] };
  });
  const plans = await planStores(new Map([["moodle", moodle]]), targets, options);
  context.out(options.json ? planJson(plans) : planText(plans, terminalLanguage(context.environment)));
  return 0;
}

interface Running {
  readonly hub: Hub;
  readonly statements: () => number;
}

async function erase(
  context: CommandContext,
  options: EraseOptions,
  { hub, statements }: Running,
): Promise<number> {
  const { ports } = hub;
  const { controller } = options;
  const { targets, fresh } = await identify(hub, options);
  let plans: readonly ErasurePlan[];
  try {
    plans = await planStores(ports.sources, targets, options);
    await confirm(context, options, plans);
  } catch (error) {
    // Refused: the directory forgets those that it met only for this.
    await ports.unitOfWork.transaction(async (unit) => {
      for (const subject of fresh) await ports.subjects.forget(unit, controller, subject);
    });
    throw error;
  }
  const id = await ports.unitOfWork.transaction((unit) =>
    orderErasure(
      unit,
      ports,
      {
        controller,
        subjects: targets.map((each) => each.subject),
        ground: options.ground,
        requestedBy: "operations",
        requestedAt: ports.clock.now(),
      },
      { by: "caller" },
    ),
  );
  const outcome = await runErasure(
    ports,
    { id, controller },
    {
      sources: ports.sources,
      leaveUnknown: options.leaveUnknown,
      plans,
      statements,
    },
  ).catch((error: unknown) => {
    sayHowToGoOn(context);
    throw error;
  });
  if (!outcome.closed) {
    sayHowToGoOn(context);
    for (const { store, code } of outcome.failed) context.err(`preau: ${store} FAILED (${code})\n`);
    throw outcome.cause;
  }
  await hub.sequencer.runOnce();
  const file = await ports.receipts.receiptFile(controller, outcome.receipt, { waitMs: 5_000 });
  if (file === undefined) throw fault("HUB_RECEIPT_UNKNOWN", { place: outcome.receipt });
  context.out(options.json ? file : receiptText(file, terminalLanguage(context.environment)));
  const { verdict } = JSON.parse(file) as { readonly verdict: Verdict };
  return exitCodeOf(verdict);
}

/** The subjects of the persons named, and which of them the directory did not know before. */
async function identify(
  { ports }: Hub,
  options: EraseOptions,
): Promise<{ readonly targets: readonly SubjectTarget[]; readonly fresh: readonly SubjectId[] }> {
  return ports.unitOfWork.transaction(async (unit) => {
    const targets: SubjectTarget[] = [];
    const fresh: SubjectId[] = [];
    for (const value of options.subjects) {
      const identifier = { kind: KIND, value };
      const known = await ports.subjects.find(unit, options.controller, identifier);
      const subject = known ?? (await ports.subjects.identify(unit, options.controller, identifier));
      if (known === undefined) fresh.push(subject);
      const opened = await ports.subjects.identifiers(unit, options.controller, subject);
      // A run that stopped late has destroyed the person's key already: the number is then known from here alone.
      const named = opened.some((each) => each.kind === KIND && each.value === value);
      targets.push({ subject, identifiers: named ? opened : [...opened, identifier] });
    }
    return { targets, fresh };
  });
}

/** @throws HUB_NOT_CONFIRMED */
async function confirm(
  context: CommandContext,
  options: EraseOptions,
  plans: readonly ErasurePlan[],
): Promise<void> {
  if (options.yes) return;
  const language = terminalLanguage(context.environment);
  context.err(`${planText(plans, language)}\n`);
  const question = language === "fr" ? "Effacer ces données ? [o/N]" : "Erase this data? [y/N]";
  if ((await context.confirm?.(question)) !== true) throw fault("HUB_NOT_CONFIRMED", { place: "--yes" });
}

/** The order is filed and the clock runs: what stopped now is not to be left there. */
function sayHowToGoOn(context: CommandContext): void {
  context.err(
    terminalLanguage(context.environment) === "fr"
      ? "preau: l’effacement est commencé et n’est pas terminé ; la même commande le reprend où il s’est arrêté\n"
      : "preau: the erasure has begun and is not finished; the same command goes on where it stopped\n",
  );
}

/** Personal data is about to cross a network unencrypted: the operator should know. */
export function sayWhenInClear(context: CommandContext, db: string): void {
  const { hostname, searchParams } = new URL(db);
  if (searchParams.has("tls") || ["127.0.0.1", "localhost", "[::1]"].includes(hostname)) return;
  context.err(
    terminalLanguage(context.environment) === "fr"
      ? "preau: la connexion à cette base n’est pas chiffrée ; ajoutez ?tls=verify à son adresse\n"
      : "preau: the connection to this database is not encrypted; add ?tls=verify to its address\n",
  );
}

export function lmsPassword({ environment }: CommandContext): string | undefined {
  return readSecret(environment, "PREAU_LMS_PASSWORD") ?? environment["MYSQL_PWD"];
}

/** Counts what is sent to the LMS's database. */
function countStatements(database: Database): () => number {
  let count = 0;
  database.knex.on("query", () => {
    count += 1;
  });
  return () => count;
}
