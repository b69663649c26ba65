/**
 * The second look over our own tables: every row of the controller is read raw and searched for the traces, whatever
 * column they stand in. Shares nothing with `personal-data.ts` but the names of the tables. @clause D12.2
 */
import type { Database } from "@preau/database";
import type { LookAgain, Traces } from "@preau/kernel";
import { rawRows, webTables } from "./store/look-again-rows.ts";

/** Shorter texts (a class, an initial) would match by chance. */
const SHORTEST = 4;
const SEALED_COLUMN = "sealed";
const TEXT_COLUMNS = 1;
const REFERENCE_COLUMNS = 3;

export function lookAgainAtSessions(database: Database): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const wanted = needles(traces);
      const hits = new Map<string, number>();
      for (const table of webTables) {
        for await (const row of rawRows(database, table, controller)) {
          signal?.throwIfAborted();
          for (const [column, value] of Object.entries(row)) {
            if (column === SEALED_COLUMN || typeof value !== "string") continue;
            if (wanted.some((needle) => folded(value).includes(needle))) {
              const place = `${table}.${column}`;
              hits.set(place, (hits.get(place) ?? 0) + 1);
            }
          }
        }
      }
      const where = [...hits].map(([place, count]) => ({ place, hits: count }));
      return {
        referenceColumns: REFERENCE_COLUMNS,
        textColumns: TEXT_COLUMNS,
        files: 0,
        hits: where.reduce((sum, each) => sum + each.hits, 0),
        where,
        notCovered: [],
      };
    },
  };
}

function needles({ subjects }: Traces): readonly string[] {
  const values = subjects.flatMap(({ references, texts }) => [
    // A reference of another store (`210`) is no trace here; ours are long and opaque.
    ...references.filter(({ value }) => /^(?:sub|ses)_/.test(value)),
    ...texts.filter(({ value }) => value.length >= SHORTEST),
  ]);
  // As they stand in a JSON column: quotes and control characters escaped.
  return [...new Set(values.map(({ value }) => folded(JSON.stringify(value).slice(1, -1))))];
}

function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
