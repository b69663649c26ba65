/**
 * The second look over the journal: takes the raw rows that bear the destroyed key and tries to open each. What opens is
 * a hit. Shares no code with `journal-personal-data.ts`. @clause D12.2
 */

import { inflateRawSync } from "node:zlib";
import type { Database } from "@preau/database";
import type { ControllerId, LookAgain } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { rawSegments, rowsUnderKey } from "./store/look-again-rows.ts";

export function lookAgainInJournal(options: {
  readonly database: Database;
  readonly keyStore: KeyStore;
}): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const found = { actor: 0, subject: 0 };
      const openableKeys = new Set<string>();
      const keys = traces.subjects.flatMap(({ references }) => references.map(({ value }) => value));
      for (const id of keys) {
        signal?.throwIfAborted();
        const [openable] = await options.keyStore.withKeyIds([id], (keyOf) => [keyOf(id) !== undefined]);
        if (!openable) continue;
        openableKeys.add(id);
        const rows = await rowsUnderKey(options.database.knex, controller, id);
        found.actor += rows.actor;
        found.subject += rows.subject;
      }
      const archived = await archivedUnder(options, controller, openableKeys);
      const where = Object.entries(found)
        .filter(([, hits]) => hits > 0)
        .map(([slot, hits]) => ({ place: `jrn_entry.${slot}_sealed`, hits }));
      if (archived > 0) where.push({ place: "jrn_archive.sealed", hits: archived });
      return {
        ...{ referenceColumns: 3, textColumns: 0, files: 0 },
        hits: found.actor + found.subject + archived,
        ...{ where, notCovered: [] },
      };
    },
  };
}

/** Lines of the archive that name a key which still opens: looked for in the text of each segment, not in what it parses to. */
async function archivedUnder(
  { database, keyStore }: { readonly database: Database; readonly keyStore: KeyStore },
  controller: ControllerId,
  keys: ReadonlySet<string>,
): Promise<number> {
  if (keys.size === 0) return 0;
  const scope = { controller, kind: "controller", id: "journal.archive" } as const;
  let hits = 0;
  for await (const { id, log, from, to, sealed } of rawSegments(database.knex, controller)) {
    const place = `jrn_archive ${id} ${controller} ${log} ${from} ${to}`;
    const opened = await keyStore.open(scope, sealed, place);
    if (opened === undefined) continue;
    const lines = inflateRawSync(opened).toString("utf8").split("\n");
    hits += lines.filter((line) => [...keys].some((key) => line.includes(`"${key}"`))).length;
  }
  return hits;
}
