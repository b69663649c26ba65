/** How entries that are old enough are cut into what is moved together: by hour of recording, by controller, by size. */
import type { ControllerId, Instant } from "@preau/kernel";
import type { NumberedRow } from "./archive-segment.ts";

/** Bytes of entries in one segment. */
const SEGMENT_BYTES = 4 << 20;

export function controllerOf([first]: readonly NumberedRow[]): ControllerId {
  return (first as NumberedRow).header.controller;
}

export interface Range {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly NumberedRow[];
}

/** Characters of an instant that name its hour. */
const HOUR = 13;

/** One range an hour of recording: what is moved together is removed together, and must not wait for what is younger. */
export function rangesOf(rows: readonly NumberedRow[], now: Instant): readonly Range[] {
  const ranges: { readonly from: number; to: number; readonly rows: NumberedRow[] }[] = [];
  let hour = "";
  for (const row of rows) {
    const { recordedAt } = row.header;
    let range = ranges.at(-1);
    const isLater = recordedAt <= now && recordedAt.slice(0, HOUR) > hour;
    if (range === undefined || isLater) {
      range = { from: row.index, to: row.index, rows: [] };
      ranges.push(range);
    }
    if (isLater) hour = recordedAt.slice(0, HOUR);
    range.rows.push(row);
    range.to = row.index + 1;
  }
  return ranges;
}

/** Rows by controller, in pieces that fit a segment. */
export function segmentsOf(rows: readonly NumberedRow[]): readonly (readonly NumberedRow[])[] {
  const segments: NumberedRow[][] = [];
  const open = new Map<ControllerId, { readonly rows: NumberedRow[]; bytes: number }>();
  for (const row of rows) {
    const bytes = Object.values(row.slots).reduce((sum, slot) => sum + (slot.sealed?.length ?? 0), 0);
    let group = open.get(row.header.controller);
    if (group === undefined || group.bytes + bytes > SEGMENT_BYTES) {
      group = { rows: [], bytes: 0 };
      open.set(row.header.controller, group);
      segments.push(group.rows);
    }
    group.rows.push(row);
    group.bytes += bytes;
  }
  return segments;
}

/** A clock that was ahead does not keep a segment for years. */
export function newestOf(rows: readonly NumberedRow[], now: Instant): Instant {
  return rows.reduce<Instant>(
    (newest, { header: { recordedAt } }) => (recordedAt > newest && recordedAt <= now ? recordedAt : newest),
    rows.reduce<Instant>(
      (oldest, { header }) => (header.recordedAt < oldest ? header.recordedAt : oldest),
      now,
    ),
  );
}
