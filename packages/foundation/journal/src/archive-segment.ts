/**
 * One segment of the archive: the entries of one controller among the numbers that were moved together, as lines of JSON,
 * compressed, sealed under the controller's archive key. What was sealed for a person stays so within: destroying that
 * person's key reaches the archive too.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ControllerId } from "@preau/kernel";
import type { KeyOf, KeyScope } from "@preau/keys";
import type { EntryHeader } from "./entry.ts";
import { fault } from "./errors.ts";
import type { StoredSlot } from "./slot.ts";
import type { SegmentRow } from "./store/archive-table.ts";
import type { EntryRow } from "./store/entry-table.ts";

/** A numbered entry. */
export type NumberedRow = EntryRow & { readonly index: number };

export function archiveScope(controller: ControllerId): KeyScope {
  return { controller, kind: "controller", id: "journal.archive" };
}

/** @throws KEYS_DESTROYED when the archive of this controller was destroyed on purpose */
export function sealSegment(
  keyOf: KeyOf,
  segment: Omit<SegmentRow, "sealed" | "entries">,
  rows: readonly NumberedRow[],
): SegmentRow {
  const key = keyOf(archiveScope(segment.controller));
  if (key === undefined) throw fault("JOURNAL_ARCHIVE_BROKEN", { place: segment.id });
  const lines = rows.map((row) => JSON.stringify(lineOf(row))).join("\n");
  const sealed = key.seal(deflateRawSync(Buffer.from(lines)), placeOf(segment));
  return { ...segment, entries: rows.length, sealed };
}

/** @throws JOURNAL_ARCHIVE_BROKEN */
export function openSegment(keyOf: KeyOf, segment: SegmentRow): readonly NumberedRow[] {
  const key = keyOf(archiveScope(segment.controller));
  if (key === undefined) throw fault("JOURNAL_ARCHIVE_BROKEN", { place: segment.id });
  try {
    const text = inflateRawSync(key.open(segment.sealed, placeOf(segment))).toString("utf8");
    const rows = text.split("\n").map((line) => rowOf(JSON.parse(line) as Line));
    if (rows.length !== segment.entries) throw fault("JOURNAL_ARCHIVE_BROKEN", { place: segment.id });
    return rows;
  } catch (cause) {
    throw fault("JOURNAL_ARCHIVE_BROKEN", { place: segment.id, cause });
  }
}

/** Bound to the sealing: a segment that is moved to another place, or another controller, does not open. */
function placeOf({ id, controller, log, from, to }: Omit<SegmentRow, "sealed" | "entries">): string {
  return `jrn_archive ${id} ${controller} ${log} ${from} ${to}`;
}

type Sealed = readonly [commitment: string, sealed: string | null, key: string | null];

interface Line {
  readonly header: Omit<EntryHeader, "commitments">;
  readonly index: number;
  readonly ordinal: number;
  readonly slots: Readonly<Record<string, Sealed>>;
}

function lineOf({ header: { commitments, ...header }, index, ordinal, slots }: NumberedRow): Line {
  const sealed = Object.entries(slots).map(([name, slot]: [string, Partial<StoredSlot>]) => {
    const commitment = commitments[name as keyof typeof commitments];
    return [
      name,
      [commitment?.toString("base64") ?? "", slot.sealed?.toString("base64") ?? null, slot.key ?? null],
    ] as const;
  });
  return { header, index, ordinal, slots: Object.fromEntries(sealed) };
}

function rowOf({ header, index, ordinal, slots }: Line): NumberedRow {
  const entries = Object.entries(slots).map(([name, [commitment, sealed, key]]) => [
    name,
    {
      commitment: Buffer.from(commitment, "base64"),
      sealed: sealed === null ? null : Buffer.from(sealed, "base64"),
      ...(name === "controller" ? {} : { key }),
    },
  ]);
  const opened = Object.fromEntries(entries) as EntryRow["slots"];
  const commitments = Object.fromEntries(
    Object.entries(opened).map(([name, { commitment }]) => [name, commitment]),
  );
  return { header: { ...header, id: header.id, commitments }, index, ordinal, slots: opened };
}
