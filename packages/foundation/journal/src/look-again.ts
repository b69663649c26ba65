/**
 * The second look over the journal: takes the raw rows that bear the destroyed key and tries to open each. What opens is
 * a hit. Shares no code with `journal-personal-data.ts`. @clause D12.2
 */
import type { Database } from "@preau/database";
import type { LookAgain } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { rowsUnderKey } from "./store/look-again-rows.ts";

export function lookAgainInJournal(options: {
  readonly database: Database;
  readonly keyStore: KeyStore;
}): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const found = { actor: 0, subject: 0 };
      const keys = traces.subjects.flatMap(({ references }) => references.map(({ value }) => value));
      for (const id of keys) {
        signal?.throwIfAborted();
        const [openable] = await options.keyStore.withKeyIds([id], (keyOf) => [keyOf(id) !== undefined]);
        if (!openable) continue;
        const rows = await rowsUnderKey(options.database.knex, controller, id);
        found.actor += rows.actor;
        found.subject += rows.subject;
      }
      const where = Object.entries(found)
        .filter(([, hits]) => hits > 0)
        .map(([slot, hits]) => ({ place: `jrn_entry.${slot}_sealed`, hits }));
      return {
        ...{ referenceColumns: 2, textColumns: 0, files: 0 },
        hits: found.actor + found.subject,
        ...{ where, notCovered: [] },
      };
    },
  };
}
