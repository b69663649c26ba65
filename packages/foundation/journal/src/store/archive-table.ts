/** The SQL of the archive: sealed segments, each of one controller and one range of numbers. */
import { insertRows } from "@preau/database";
import type { ControllerId, Instant, LogName } from "@preau/kernel";
import type { Queries } from "./entry-table.ts";

export interface SegmentRow {
  readonly id: string;
  readonly controller: ControllerId;
  readonly log: LogName;
  /** Numbers that were moved together, of all controllers: from `from` to before `to`. */
  readonly from: number;
  readonly to: number;
  /** Of this controller among them. */
  readonly entries: number;
  /** When the last of them was recorded. */
  readonly newest: Instant;
  readonly archivedAt: Instant;
  readonly sealed: Buffer;
}

interface Columns {
  id: string;
  controller: string;
  log: string;
  range_from: number | string;
  range_to: number | string;
  entries: number;
  newest: string;
  archived_at: string;
  sealed: Buffer;
}

/** Bytes of a segment that is inserted by itself. */
const LARGE = 64 << 10;

export async function insertSegments(queries: Queries, rows: readonly SegmentRow[]): Promise<void> {
  const columns = rows.map(({ from, to, archivedAt, ...row }) => ({
    ...row,
    range_from: from,
    range_to: to,
    archived_at: archivedAt,
  }));
  // A hundred large ones would be more than MariaDB takes in one statement.
  for (const large of columns.filter(({ sealed }) => sealed.length > LARGE))
    await insertRows(queries, "jrn_archive", [large]);
  await insertRows(
    queries,
    "jrn_archive",
    columns.filter(({ sealed }) => sealed.length <= LARGE),
  );
}

/** Ends of the ranges from `from` on, the lowest first. */
export async function rangeEnds(
  queries: Queries,
  log: LogName,
  { from, upTo, most }: { readonly from: number; readonly upTo: number; readonly most: number },
): Promise<readonly number[]> {
  const rows = await queries<Columns>("jrn_archive")
    .distinct("range_to")
    .where({ log })
    .where("range_from", ">=", from)
    .where("range_to", "<=", upTo)
    .orderBy("range_to")
    .limit(most);
  return (rows as Columns[]).map((row) => Number(row.range_to));
}

/** Where the first range begins that holds an entry recorded at `before` or later. */
export async function firstRangeSince(
  queries: Queries,
  log: LogName,
  before: Instant,
): Promise<number | undefined> {
  const row = await queries<Columns>("jrn_archive")
    .select("range_from")
    .where({ log })
    .where("newest", ">=", before)
    .orderBy("range_from")
    .first();
  return row === undefined ? undefined : Number((row as Columns).range_from);
}

/** Entries that went with them. */
export async function deleteSegments(queries: Queries, log: LogName, upTo: number): Promise<number> {
  const gone = () => queries<Columns>("jrn_archive").where({ log }).where("range_to", "<=", upTo);
  const sum = await gone().sum({ entries: "entries" }).first<{ entries: number | string | null }>();
  await gone().delete();
  return Number(sum.entries ?? 0);
}

/** Segments of all controllers whose range holds that number. */
export async function readRangeSegments(
  queries: Queries,
  log: LogName,
  number: number,
): Promise<readonly SegmentRow[]> {
  const last = await queries<Columns>("jrn_archive")
    .select("range_from")
    .where({ log })
    .where("range_from", "<=", number)
    .where("range_to", ">", number)
    .orderBy("range_from", "desc")
    .first();
  if (last === undefined) return [];
  const range_from = (last as Columns).range_from;
  const rows = await queries<Columns>("jrn_archive").where({ log, range_from }).orderBy("id");
  return rows.map(segmentRow);
}

/** The next segment of one controller, by range and id. */
export async function readNextSegment(
  queries: Queries,
  controller: ControllerId,
  log: LogName,
  after: Pick<SegmentRow, "from" | "id"> | undefined,
): Promise<SegmentRow | undefined> {
  const select = queries<Columns>("jrn_archive").where({ controller, log });
  if (after !== undefined)
    select.where((either) => {
      void either.where("range_from", ">", after.from).orWhere((same) => {
        void same.where({ range_from: after.from }).where("id", ">", after.id);
      });
    });
  const row = await select.orderBy(["range_from", "id"]).first();
  return row && segmentRow(row);
}

/** Entries in the archive of one log. */
export async function countArchived(queries: Queries, log: LogName): Promise<number> {
  const row = await queries<Columns>("jrn_archive")
    .where({ log })
    .sum({ entries: "entries" })
    .first<{ entries: number | string | null }>();
  return Number(row.entries ?? 0);
}

function segmentRow(row: Columns): SegmentRow {
  const { range_from: from, range_to: to, archived_at: archivedAt, ...rest } = row;
  return {
    ...rest,
    controller: row.controller as ControllerId,
    log: row.log as LogName,
    from: Number(from),
    to: Number(to),
    newest: row.newest as Instant,
    archivedAt: archivedAt as Instant,
  };
}
