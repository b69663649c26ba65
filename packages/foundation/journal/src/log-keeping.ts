/**
 * How long the logs are kept. The activity log goes by prefix (c2sp.org/tlog-tiles, *Pruning*): its oldest entries are
 * moved into sealed segments, later removed for good, and a signed note says up to which number. Evidence goes entry by
 * entry: the payload is destroyed, header and commitment stay. The tree keeps the hash of every leaf that it ever had, 32
 * bytes that name nobody, so that any two checkpoints can be held against each other for ever.
 *
 * Each step is one short transaction, fenced by the log's row: a step that is killed is undone, two processes never move
 * the same entries twice. Days are arguments: they come from the agreement. @clause DD.8
 */
import { setImmediate } from "node:timers/promises";
import { type Database, emptyWriteAheadLog, inUnit, makeUnitOfWork } from "@preau/database";
import {
  type ActorId,
  type ActorRole,
  type Clock,
  type ControllerId,
  type EntryId,
  type Ids,
  type Instant,
  type JournalEntry,
  type LogName,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { controllerOf, newestOf, rangesOf, segmentsOf } from "./archive-ranges.ts";
import { archiveScope, type NumberedRow, openSegment, sealSegment } from "./archive-segment.ts";
import { writeTreeHead } from "./checkpoint.ts";
import { fault } from "./errors.ts";
import type { DatabaseJournal } from "./journal.ts";
import { openEntries } from "./open-entries.ts";
import { minimumOrigin, originOf } from "./origin.ts";
import { makeProofReader } from "./proof-reader.ts";
import type { Signer } from "./signer.ts";
import {
  countArchived,
  deleteSegments,
  firstRangeSince,
  insertSegments,
  rangeEnds,
  readNextSegment,
  type SegmentRow,
} from "./store/archive-table.ts";
import {
  deleteRange,
  emptySlots,
  evidenceTypes,
  findEntry,
  firstRecordedSince,
  readRange,
  readSpent,
  type SpentEvidence,
} from "./store/entry-table.ts";
import { raiseMinimum, readTree, setArchived, type TreeRow } from "./store/tree-table.ts";

export interface LogKeepingOptions {
  readonly database: Database;
  readonly journal: DatabaseJournal;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** As the sequencer's. */
  readonly origin: string;
  readonly signer: Signer;
}

export interface KeepingOrder {
  /** Recorded before: at this instant and later nothing is touched. */
  readonly before: Instant;
  /** A recorded incident hold: entries from here on stay where they are, however old they get. */
  readonly heldFrom?: Instant | undefined;
  /** Whose log the deed is recorded in: the operator's own. */
  readonly controller: ControllerId;
  readonly actor?: { readonly role: ActorRole; readonly id?: ActorId };
  readonly signal?: AbortSignal | undefined;
}

export interface Kept {
  /** Entries that were moved, or that are gone. */
  readonly entries: number;
  /** Entries before this number are archived, or gone. */
  readonly upTo: number;
}

export interface LogStanding {
  readonly size: number;
  readonly archived: number;
  readonly minimum: number;
  readonly inArchive: number;
}

export interface ArchiveReading {
  readonly controller: ControllerId;
  readonly actor: { readonly role: ActorRole; readonly id?: ActorId };
  /** The recorded instruction of that controller that asks for it. */
  readonly instruction: EntryId;
  /** In words; sealed under the actor's own key. */
  readonly reason: string;
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
}

export interface LogKeeping {
  /** Moves entries of the activity log that were recorded before into the archive. @throws JOURNAL_BROKEN */
  archiveActivity(order: KeepingOrder): Promise<Kept>;
  /** Removes entries recorded before, archived or not, for good. @throws JOURNAL_BROKEN */
  pruneActivity(order: KeepingOrder): Promise<Kept>;
  /** What either would do: how many entries are older. Writes nothing. */
  olderThan(order: Pick<KeepingOrder, "before" | "heldFrom">): Promise<{ archive: number; prune: number }>;
  /** Types of evidence that one controller has. */
  evidenceTypes(controller: ControllerId): Promise<readonly string[]>;
  /** Destroys the payloads of evidence of one controller whose time is over. How many, by type. */
  destroyEvidence(spent: SpentEvidence): Promise<Readonly<Record<string, number>>>;
  /**
   * The archived entries of one controller, oldest first. Opening is recorded before the first one is given.
   * @throws JOURNAL_ARCHIVE_NO_INSTRUCTION, JOURNAL_ARCHIVE_BROKEN
   */
  readArchive(reading: ArchiveReading): AsyncGenerator<JournalEntry>;
  standing(log: LogName): Promise<LogStanding>;
}

declare module "@preau/kernel" {
  interface Ports {
    /** Ends what the journal keeps, when its time is over. */
    readonly logKeeping: LogKeeping;
  }
}

/** Entries moved, or removed, in one transaction. */
const STEP = 500;
/** Ranges of the archive, and their entries, removed in one transaction at most; one range at least. */
const RANGES = 500;
const RANGE_ENTRIES = 5_000;
const LOG = "activity";

/** SQLite answers at once: without a turn of the loop between two steps, nobody else in this process would have one. */
const others = () => setImmediate();

export function makeLogKeeping(options: LogKeepingOptions): LogKeeping {
  const { database, journal, keyStore, clock, ids, signer } = options;
  const units = makeUnitOfWork(database);
  const proofs = makeProofReader(database);

  async function treeRow(): Promise<TreeRow> {
    return (await readTree(database.knex, LOG)) ?? { size: 0, archived: 0, minimum: 0 };
  }

  /** The number before which every entry is old enough. */
  async function oldUpTo(from: number, size: number, { before, heldFrom }: Ages): Promise<number> {
    const ends = heldFrom !== undefined && heldFrom < before ? heldFrom : before;
    const first = await firstRecordedSince(database.knex, LOG, { from, before: ends, now: clock.now() });
    return first ?? size;
  }

  async function archiveStep(from: number, to: number): Promise<boolean> {
    return units.transaction(async (unit) => {
      const queries = inUnit(unit);
      if (!(await setArchived(queries, LOG, { from, to }))) return false; // another process has gone further
      const rows = await readRange(queries, LOG, { from, to });
      if (rows.length !== to - from) throw fault("JOURNAL_BROKEN", { place: `jrn_entry ${LOG}` });
      const archivedAt = clock.now();
      const groups = rangesOf(rows as readonly NumberedRow[], archivedAt).flatMap((range) =>
        segmentsOf(range.rows).map((group) => ({ group, range })),
      );
      const scopes = [...new Set(groups.map(({ group }) => controllerOf(group)))].map(archiveScope);
      const segments = await keyStore.withKeys(scopes, (keyOf) =>
        groups.map(({ group, range }) =>
          sealSegment(
            keyOf,
            {
              ...{
                id: ids.next("arc"),
                controller: controllerOf(group),
                log: LOG,
                from: range.from,
                to: range.to,
                archivedAt,
              },
              newest: newestOf(group, archivedAt),
            },
            group,
          ),
        ),
      );
      await insertSegments(queries, segments);
      await deleteRange(queries, LOG, { from, to });
      return true;
    });
  }

  async function noteOf(minimum: number): Promise<string> {
    const [root] = await proofs.hashes(LOG, [{ start: 0, end: minimum }]);
    const origin = minimumOrigin(originOf(options.origin, LOG));
    return signer.signNote(origin, writeTreeHead({ origin, size: minimum, root: root as Buffer }));
  }

  /** One step of removal, recorded with what it removed. */
  async function pruneStep(
    change: { readonly from: number; readonly to: number; readonly archived: number },
    order: KeepingOrder,
    remove: (unit: Unit) => Promise<number>,
  ): Promise<number | undefined> {
    const note = await noteOf(change.to);
    return units.transaction(async (unit) => {
      if (!(await raiseMinimum(inUnit(unit), LOG, { ...change, note }))) return undefined;
      const removed = await remove(unit);
      if (removed !== change.to - change.from) throw fault("JOURNAL_BROKEN", { place: `jrn_archive ${LOG}` });
      await journal.record(unit, {
        ...{ log: "evidence", type: "journal.prunedTo", clause: "DD.8", controller: order.controller },
        actor: order.actor ?? { role: "system" },
        payload: { log: LOG, from: change.from, to: change.to, before: order.before, note },
      });
      return removed;
    });
  }

  async function archiveActivity(order: KeepingOrder): Promise<Kept> {
    const start = await treeRow();
    const end = await oldUpTo(start.archived, start.size, order);
    let entries = 0;
    for (let from = start.archived; from < end; ) {
      await others();
      order.signal?.throwIfAborted();
      const to = Math.min(end, from + STEP);
      if (await archiveStep(from, to)) {
        entries += to - from;
        from = to;
      } else from = Math.max((await treeRow()).archived, from);
    }
    if (entries > 0) {
      await units.transaction((unit) =>
        journal.record(unit, {
          ...{ log: "evidence", type: "journal.archivedTo", clause: "DD.8", controller: order.controller },
          actor: order.actor ?? { role: "system" },
          payload: { log: LOG, from: start.archived, to: end, entries, before: order.before },
        }),
      );
      await emptyWriteAheadLog(database);
    }
    return { entries, upTo: Math.max(start.archived, end) };
  }

  async function pruneActivity(order: KeepingOrder): Promise<Kept> {
    let entries = 0;
    for (;;) {
      await others();
      order.signal?.throwIfAborted();
      const removed = await pruneNext(order);
      if (removed === "done") break;
      entries += removed;
    }
    if (entries > 0) await emptyWriteAheadLog(database);
    return { entries, upTo: (await treeRow()).minimum };
  }

  async function pruneNext(order: KeepingOrder): Promise<number | "done"> {
    const { minimum, archived, size } = await treeRow();
    const ends = endOf(order);
    if (minimum < archived) {
      const boundary = (await firstRangeSince(database.knex, LOG, ends)) ?? archived;
      const found = await rangeEnds(database.knex, LOG, { from: minimum, upTo: boundary, most: RANGES });
      const to = found.findLast((end) => end - minimum <= RANGE_ENTRIES) ?? found[0];
      if (to === undefined) return "done";
      const change = { from: minimum, to, archived };
      return (await pruneStep(change, order, (unit) => deleteSegments(inUnit(unit), LOG, to))) ?? 0;
    }
    const end = await oldUpTo(archived, size, order);
    if (end <= minimum) return "done";
    const to = Math.min(end, minimum + STEP);
    const change = { from: minimum, to, archived: to };
    const remove = (unit: Unit) => deleteRange(inUnit(unit), LOG, { from: minimum, to });
    return (await pruneStep(change, order, remove)) ?? 0;
  }

  return {
    archiveActivity,
    pruneActivity,
    olderThan: async (ages) => {
      const { archived, minimum, size } = await treeRow();
      const end = await oldUpTo(archived, size, ages);
      const boundary = (await firstRangeSince(database.knex, LOG, endOf(ages))) ?? archived;
      const prune = boundary < archived ? Math.max(0, boundary - minimum) : Math.max(0, end - minimum);
      return { archive: Math.max(0, end - archived), prune };
    },
    evidenceTypes: (controller) => evidenceTypes(database.knex, controller),
    destroyEvidence: async (spent) => {
      const destroyed: Record<string, number> = {};
      for (;;) {
        const rows = await units.transaction(async (unit) => {
          const queries = inUnit(unit);
          const found = await readSpent(queries, spent, STEP);
          if (found.length > 0)
            await emptySlots(
              queries,
              spent.controller,
              found.map(({ id }) => id),
            );
          return found;
        });
        await others();
        for (const { type } of rows) destroyed[type] = (destroyed[type] ?? 0) + 1;
        if (rows.length === 0) break;
      }
      if (Object.keys(destroyed).length > 0) {
        await units.transaction((unit) =>
          journal.record(unit, {
            ...{ log: "evidence", type: "journal.evidenceDestroyed", controller: spent.controller },
            actor: { role: "system" },
            payload: { before: spent.before, destroyed },
          }),
        );
        await emptyWriteAheadLog(database);
      }
      return destroyed;
    },
    readArchive: async function* ({ controller, actor, instruction, reason, from, until }) {
      await units.transaction(async (unit) => {
        const asked = await findEntry(inUnit(unit), controller, instruction);
        if (asked?.header.log !== "evidence")
          throw fault("JOURNAL_ARCHIVE_NO_INSTRUCTION", { clause: "DD.8", place: instruction });
        await journal.record(unit, {
          ...{ log: "evidence", type: "journal.archiveOpened", clause: "DD.8", controller },
          actor: { ...actor, payload: { reason } },
          payload: { log: LOG, instruction, from: from ?? null, until: until ?? null },
        });
      });
      let last: SegmentRow | undefined;
      for (;;) {
        last = await readNextSegment(database.knex, controller, LOG, last);
        if (last === undefined) return;
        const rows = await openRows(last);
        const asked = rows.filter(
          ({ header: { recordedAt } }) =>
            (from === undefined || recordedAt >= from) && (until === undefined || recordedAt < until),
        );
        yield* await openEntries(keyStore, controller, asked);
      }
    },
    standing: async (log) => {
      const row = await readTree(database.knex, log);
      const { size, archived, minimum } = row ?? { size: 0, archived: 0, minimum: 0 };
      return { size, archived, minimum, inArchive: await countArchived(database.knex, log) };
    },
  };

  function openRows(segment: SegmentRow): Promise<readonly NumberedRow[]> {
    const scope = archiveScope(segment.controller);
    return keyStore.withKeys([scope], (keyOf) => openSegment(keyOf, segment), { create: false });
  }
}

type Ages = Pick<KeepingOrder, "before" | "heldFrom">;

/** A hold ends the order where it begins. */
function endOf({ before, heldFrom }: Ages): Instant {
  return heldFrom !== undefined && heldFrom < before ? heldFrom : before;
}
