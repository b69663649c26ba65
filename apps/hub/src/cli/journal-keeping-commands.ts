/** `preau journal archive`, `prune` and `open-archive`: what the hourly job does, by hand; and the only way into the archive. */
import { localDate, startOfDay } from "@preau/calendar";
import { PUBLISHER } from "@preau/contracts";
import { controllerId, type EntryId, type JournalEntry } from "@preau/kernel";
import { logOrders } from "@preau/retention";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { journalKeepingTexts } from "./journal-keeping-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface KeepArguments {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

type Step = "archive" | "prune";

/**
 * By the agreement's own figures: no date can be given. 0 done, or it would be.
 * @throws HUB_LOG_PERIOD_UNSAID, HUB_LOG_HELD
 */
export async function keepLogCommand(
  context: CommandContext,
  step: Step,
  { dryRun = false, json = false }: KeepArguments,
): Promise<number> {
  return withHub(context, { sources: [] }, async (hub) => {
    const { logKeeping } = hub.ports;
    await hub.sequencer.runOnce();
    const orders = await logOrders(hub.ports);
    const before = orders[step];
    if (before === undefined) throw fault("HUB_LOG_PERIOD_UNSAID", { clause: "DD.8", place: step });
    const held = step === "prune" && orders.held;
    if (held && !dryRun) throw fault("HUB_LOG_HELD", { clause: "DD.8" });
    const order = { controller: PUBLISHER, before, actor: { role: "operations" } } as const;
    const entries = dryRun
      ? (await logKeeping.olderThan({ before }))[step]
      : (await (step === "archive" ? logKeeping.archiveActivity(order) : logKeeping.pruneActivity(order)))
          .entries;
    await hub.sequencer.runOnce();
    const { size, minimum, inArchive } = await logKeeping.standing("activity");
    const answer = { log: "activity", step, before, dryRun, held, entries, size, inArchive, gone: minimum };
    const words = journalKeepingTexts[terminalLanguage(context.environment)];
    context.out(
      json
        ? `${JSON.stringify(answer)}\n`
        : numbers([
            [words.before, before],
            [(dryRun ? words.wouldBe : words.entries)[step], entries],
            [words.size, size],
            [words.inArchive, inArchive],
            [words.gone, minimum],
          ]) + (held ? `${words.held}\n` : ""),
    );
    return 0;
  });
}

/** Figures stand under each other. */
function numbers(rows: readonly (readonly [label: string, value: number | string])[]): string {
  const width = Math.max(...rows.map(([, value]) => (typeof value === "number" ? String(value).length : 0)));
  return alignedTable(
    rows.map(([label, value]) => [label, typeof value === "number" ? String(value).padStart(width) : value]),
  );
}

export interface OpenArchiveArguments {
  readonly controller: string;
  readonly instruction: string;
  readonly reason: string;
  readonly from?: string;
  readonly until?: string;
  readonly json?: boolean;
}

/** Characters of a reason. */
const REASON = 200;

/**
 * One line an entry, or one JSON document. 1 when nothing is there.
 * @throws JOURNAL_ARCHIVE_NO_INSTRUCTION, JOURNAL_ARCHIVE_BROKEN, CONTROLLER_BAD_ID, HUB_BAD_ARGUMENT
 */
export async function openArchiveCommand(
  context: CommandContext,
  given: OpenArchiveArguments,
): Promise<number> {
  const controller = controllerId(given.controller);
  const reason = given.reason.trim();
  if (reason === "" || reason.length > REASON) throw fault("HUB_BAD_ARGUMENT", { place: "--reason" });
  const [first, last] = [given.from, given.until].map((day) =>
    day === undefined ? undefined : localDate(day),
  );
  return withHub(context, { sources: [] }, async (hub) => {
    const { logKeeping, contracts, unitOfWork } = hub.ports;
    const place = await unitOfWork.transaction((unit) => contracts.placeOf(unit, controller));
    const from = first === undefined ? undefined : startOfDay(place.zone, first);
    const until = last === undefined ? undefined : startOfDay(place.zone, dayAfter(last));
    const reading = {
      ...{ controller, reason, instruction: given.instruction as EntryId },
      actor: { role: "operations" as const },
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
    };
    const json = given.json === true;
    let count = 0;
    // Written as it is read: an archive can be larger than memory.
    for await (const entry of logKeeping.readArchive(reading)) {
      context.out(json ? `${count === 0 ? '{"entries":[' : ","}${JSON.stringify(entry)}` : lineOf(entry));
      count += 1;
    }
    if (json) context.out(count === 0 ? '{"entries":[]}\n' : "]}\n");
    await hub.sequencer.runOnce();
    const language = terminalLanguage(context.environment);
    if (count === 0) context.err(`${journalKeepingTexts[language].none}\n`);
    return count === 0 ? 1 : 0;
  });
}

function lineOf({ recordedAt, type, actorRole, actor, subject, payload }: JournalEntry): string {
  const said = { ...(actor && { actor }), ...(subject && { subject }), ...(payload && { payload }) };
  return `${recordedAt}  ${type}  ${actorRole}  ${JSON.stringify(said)}\n`;
}

type Day = ReturnType<typeof localDate>;

function dayAfter(day: Day): Day {
  return localDate(new Date(Date.parse(`${day}T00:00:00.000Z`) + 86_400_000).toISOString().slice(0, 10));
}
