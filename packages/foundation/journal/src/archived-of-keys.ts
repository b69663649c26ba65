/** Archived entries of one controller that bear some persons' keys: counted, and given one by one. */
import type { Database } from "@preau/database";
import type { ControllerId } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { archiveScope, openSegment } from "./archive-segment.ts";
import { readNextSegment, type SegmentRow } from "./store/archive-table.ts";
import type { EntryRow } from "./store/entry-table.ts";

/** In the order of the archive, a segment at a time in memory. @throws JOURNAL_ARCHIVE_BROKEN */
export async function* archivedOfKeys(
  { database, keyStore }: { readonly database: Database; readonly keyStore: KeyStore },
  controller: ControllerId,
  keys: ReadonlySet<string>,
): AsyncGenerator<EntryRow> {
  if (keys.size === 0) return;
  const scope = archiveScope(controller);
  const bears = (key: string | null | undefined) => typeof key === "string" && keys.has(key);
  for (let last: SegmentRow | undefined; ; ) {
    const segment = await readNextSegment(database.knex, controller, "activity", last);
    if (segment === undefined) return;
    last = segment;
    const rows = await keyStore.withKeys([scope], (keyOf) => openSegment(keyOf, segment), { create: false });
    yield* rows.filter(({ slots }) => bears(slots.subject?.key) || bears(slots.actor?.key));
  }
}
