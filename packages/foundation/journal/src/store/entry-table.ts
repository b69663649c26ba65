/** The SQL of entries. */
import { type Database, insertRows } from "@preau/database";
import type { ControllerId, EntryId, Instant, JournalQuery, LogName } from "@preau/kernel";
import type { EntryHeader } from "../entry.ts";
import type { StoredSlot } from "../slot.ts";

export type Queries = Database["knex"];

export interface EntryRow {
  readonly header: EntryHeader;
  /** Grows with the time of recording; entries of one instant keep the order in which one process recorded them. */
  readonly ordinal: number;
  readonly index?: number;
  readonly slots: {
    readonly actor?: StoredSlot;
    readonly subject?: StoredSlot;
    readonly controller?: Omit<StoredSlot, "key">;
  };
}

interface HeaderColumns {
  id: string;
  log: string;
  controller: string;
  type: string;
  clause: string | null;
  actor_role: string;
  recorded_at: string;
  actor_commitment: Buffer | null;
  subject_commitment: Buffer | null;
  controller_commitment: Buffer | null;
}

interface Columns extends HeaderColumns {
  ordinal: number | string;
  log_index: number | string | null;
  actor_sealed: Buffer | null;
  actor_key: string | null;
  subject_sealed: Buffer | null;
  subject_key: string | null;
  controller_sealed: Buffer | null;
}

const HEADER_COLUMNS = [
  "id",
  "log",
  "controller",
  "type",
  "clause",
  "actor_role",
  "recorded_at",
  "actor_commitment",
  "subject_commitment",
  "controller_commitment",
] as const;

export async function insertEntries(queries: Queries, rows: readonly EntryRow[]): Promise<void> {
  await insertRows(queries, "jrn_entry", rows.map(insertedColumns));
}

export async function findEntry(
  queries: Queries,
  controller: ControllerId,
  id: EntryId,
): Promise<EntryRow | undefined> {
  const row = await queries<Columns>("jrn_entry").where({ id, controller }).first();
  return row && entryRow(row);
}

/** Newest first. `subjectKey` narrows to the entries about one person. */
export async function readEntries(
  queries: Queries,
  query: JournalQuery,
  options: { readonly subjectKey?: string | undefined; readonly before?: EntryRow | undefined },
): Promise<readonly EntryRow[]> {
  const { controller, log, type } = query;
  const { before, subjectKey } = options;
  const select = queries<Columns>("jrn_entry").where({ controller });
  if (log !== undefined) select.where({ log });
  if (type !== undefined) select.where({ type });
  if (subjectKey !== undefined) select.where({ subject_key: subjectKey });
  if (before !== undefined) {
    select.where((either) => {
      void either.where("ordinal", "<", before.ordinal).orWhere((same) => {
        void same.where({ ordinal: before.ordinal }).where("id", "<", before.header.id);
      });
    });
  }
  const limit = Math.min(1000, Math.max(0, query.limit ?? 50));
  const rows = await select
    .orderBy([
      { column: "ordinal", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(limit);
  return rows.map(entryRow);
}

/** Headers that have no number yet, oldest committed first as the database finds them. */
export async function readUnnumbered(
  queries: Queries,
  log: LogName,
  most: number,
): Promise<readonly EntryHeader[]> {
  const rows = await queries<HeaderColumns>("jrn_entry")
    .select([...HEADER_COLUMNS])
    .where({ log })
    .whereNull("log_index")
    .limit(most);
  return (rows as HeaderColumns[]).map(headerOf);
}

/** Numbers these entries from `first` on, in that order; returns how many had no number before. */
export async function numberEntries(
  queries: Queries,
  ids: readonly EntryId[],
  first: number,
): Promise<number> {
  const cases = ids.map(() => "when ? then ?").join(" ");
  const bindings = ids.flatMap((id, at) => [id, first + at]);
  return queries<Columns>("jrn_entry")
    .whereIn("id", [...ids])
    .whereNull("log_index")
    .update({ log_index: queries.raw(`case id ${cases} end`, bindings) } as never);
}

/** The highest number given in that log; undefined when no entry has one. One step in the index. */
export async function readLastNumber(queries: Queries, log: LogName): Promise<number | undefined> {
  const row = await queries<Columns>("jrn_entry")
    .select("log_index")
    .where({ log })
    .whereNotNull("log_index")
    .orderBy("log_index", "desc")
    .first();
  return row === undefined ? undefined : Number((row as Columns).log_index);
}

/** Headers of the numbered entries from `from` on, by number. */
export async function readNumbered(
  queries: Queries,
  log: LogName,
  range: { readonly from: number; readonly to: number },
): Promise<readonly { readonly index: number; readonly header: EntryHeader }[]> {
  const rows = await queries<Columns>("jrn_entry")
    .select([...HEADER_COLUMNS, "log_index"])
    .where({ log })
    .where("log_index", ">=", range.from)
    .where("log_index", "<", range.to)
    .orderBy("log_index");
  return (rows as Columns[]).map((row) => ({ index: Number(row.log_index), header: headerOf(row) }));
}

/** Numbered entries from `from` to before `to`, whole. */
export async function readRange(
  queries: Queries,
  log: LogName,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly EntryRow[]> {
  const rows = await queries<Columns>("jrn_entry")
    .where({ log })
    .where("log_index", ">=", from)
    .where("log_index", "<", to)
    .orderBy("log_index");
  return rows.map(entryRow);
}

/** How many entries those were. */
export async function deleteRange(
  queries: Queries,
  log: LogName,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number> {
  return queries<Columns>("jrn_entry")
    .where({ log })
    .where("log_index", ">=", from)
    .where("log_index", "<", to)
    .delete();
}

/**
 * The lowest number from `from` on whose entry was recorded at `before` or later; undefined when there is none. An entry
 * that claims to be of a later day than today was recorded by a clock that is wrong, and stops nothing.
 */
export async function firstRecordedSince(
  queries: Queries,
  log: LogName,
  { from, before, now }: { readonly from: number; readonly before: Instant; readonly now: Instant },
): Promise<number | undefined> {
  const row = await queries<Columns>("jrn_entry")
    .select("log_index")
    .where({ log })
    .where("log_index", ">=", from)
    .where("recorded_at", ">=", before)
    .where("recorded_at", "<=", now)
    .orderBy("log_index")
    .first();
  return row === undefined ? undefined : Number((row as Columns).log_index);
}

export interface SpentEvidence {
  readonly controller: ControllerId;
  readonly types: readonly string[];
  readonly before: Instant;
  /** These alone, where the end of each is known apart. */
  readonly only?: readonly EntryId[] | undefined;
}

/** Entries of evidence that still hold a payload although their time is over; never one that an open receipt goes on from. */
export async function readSpent(
  queries: Queries,
  { controller, types, before, only }: SpentEvidence,
  most: number,
): Promise<readonly { readonly id: EntryId; readonly type: string }[]> {
  const select = queries<Columns>("jrn_entry")
    .select("id", "type")
    .where({ controller, log: "evidence" })
    .whereIn("type", [...types])
    .where("recorded_at", "<", before)
    .whereNotNull("log_index")
    .where((either) => {
      void either
        .whereNotNull("actor_sealed")
        .orWhereNotNull("subject_sealed")
        .orWhereNotNull("controller_sealed");
    })
    .whereNotIn("id", queries("jrn_receipt").select("opened_entry").where({ controller, state: "opened" }));
  if (only !== undefined) select.whereIn("id", [...only]);
  const rows = await select.orderBy("ordinal").limit(most);
  return (rows as Columns[]).map(({ id, type }) => ({ id: id as EntryId, type }));
}

/** Types of one controller's evidence. */
export async function evidenceTypes(queries: Queries, controller: ControllerId): Promise<readonly string[]> {
  return queries<Columns>("jrn_entry").where({ controller, log: "evidence" }).distinct().pluck("type");
}

/** Destroys payloads; header, commitments and number stay, and every proof with them. */
export async function emptySlots(
  queries: Queries,
  controller: ControllerId,
  ids: readonly EntryId[],
): Promise<number> {
  return queries<Columns>("jrn_entry")
    .where({ controller })
    .whereIn("id", [...ids])
    .update({
      actor_sealed: null,
      actor_key: null,
      subject_sealed: null,
      subject_key: null,
      controller_sealed: null,
    });
}

function insertedColumns({ header, ordinal, slots }: EntryRow): Omit<Columns, "log_index"> {
  return {
    id: header.id,
    log: header.log,
    controller: header.controller,
    type: header.type,
    clause: header.clause ?? null,
    actor_role: header.actorRole,
    recorded_at: header.recordedAt,
    actor_commitment: header.commitments.actor ?? null,
    subject_commitment: header.commitments.subject ?? null,
    controller_commitment: header.commitments.controller ?? null,
    ordinal,
    actor_sealed: slots.actor?.sealed ?? null,
    actor_key: slots.actor?.key ?? null,
    subject_sealed: slots.subject?.sealed ?? null,
    subject_key: slots.subject?.key ?? null,
    controller_sealed: slots.controller?.sealed ?? null,
  };
}

function headerOf(row: HeaderColumns): EntryHeader {
  const { actor_commitment: actor, subject_commitment: subject, controller_commitment: controller } = row;
  return {
    log: row.log as LogName,
    id: row.id as EntryId,
    type: row.type,
    ...(row.clause === null ? {} : { clause: row.clause }),
    controller: row.controller as ControllerId,
    actorRole: row.actor_role as EntryHeader["actorRole"],
    recordedAt: row.recorded_at as EntryHeader["recordedAt"],
    commitments: {
      ...(actor === null ? {} : { actor }),
      ...(subject === null ? {} : { subject }),
      ...(controller === null ? {} : { controller }),
    },
  };
}

function entryRow(row: Columns): EntryRow {
  const header = headerOf(row);
  const { actor, subject, controller } = header.commitments;
  return {
    header,
    ordinal: Number(row.ordinal),
    ...(row.log_index === null ? {} : { index: Number(row.log_index) }),
    slots: {
      ...(actor && { actor: { commitment: actor, sealed: row.actor_sealed, key: row.actor_key } }),
      ...(subject && { subject: { commitment: subject, sealed: row.subject_sealed, key: row.subject_key } }),
      ...(controller && { controller: { commitment: controller, sealed: row.controller_sealed } }),
    },
  };
}
