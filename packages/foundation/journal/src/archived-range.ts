import type { Database } from "@preau/database";
import { isFault, type LogName } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { archiveScope, openSegment } from "./archive-segment.ts";
import type { EntryHeader } from "./entry.ts";
import { readRangeSegments } from "./store/archive-table.ts";

export interface ArchivedRange {
  readonly to: number;
  /** In order; a number that no segment holds is missing. */
  readonly headers: readonly { readonly index: number; readonly header: EntryHeader }[];
}

/** The headers of the range that holds a number, out of its segments; undefined when it is not there, or does not open. */
export async function readArchivedRange(
  { database, keyStore }: { readonly database: Database; readonly keyStore: KeyStore },
  log: LogName,
  number: number,
): Promise<ArchivedRange | undefined> {
  const segments = await readRangeSegments(database.knex, log, number);
  const [first] = segments;
  if (first === undefined || segments.some(({ to }) => to !== first.to)) return undefined;
  const scopes = segments.map(({ controller }) => archiveScope(controller));
  try {
    const rows = await keyStore.withKeys(
      scopes,
      (keyOf) => segments.flatMap((segment) => openSegment(keyOf, segment)),
      { create: false },
    );
    return { to: first.to, headers: rows.toSorted((a, b) => a.index - b.index) };
  } catch (error) {
    if (isFault(error, "JOURNAL_ARCHIVE_BROKEN")) return undefined;
    throw error;
  }
}
