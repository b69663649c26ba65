/**
 * The second look over purges and holds: every row is read raw and searched for the person's opaque id. Shares nothing
 * with `retention-personal-data.ts`. The persons of the running order go in the transaction that files its receipt.
 * @clause D12.2
 */
import type { LookAgain, UnitOfWork } from "@preau/kernel";
import { lookedTables, rawRows } from "./store/look-again-rows.ts";

const REFERENCE_COLUMNS = 2;
const TEXT_COLUMNS = 1;

export function lookAgainAtRetention({ unitOfWork }: { readonly unitOfWork: UnitOfWork }): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const wanted = new Set(
        traces.subjects.flatMap(({ subject, references }) => [
          subject,
          ...references.map(({ value }) => value).filter((value) => value.startsWith("sub_")),
        ]),
      );
      const hits = new Map<string, number>();
      await unitOfWork.transaction(async (unit) => {
        for (const table of lookedTables)
          for await (const row of rawRows(unit, table, controller)) {
            signal?.throwIfAborted();
            for (const [column, value] of Object.entries(row)) {
              if (typeof value !== "string" || ![...wordsIn(value)].some((word) => wanted.has(word)))
                continue;
              const place = `${table}.${column}`;
              hits.set(place, (hits.get(place) ?? 0) + 1);
            }
          }
      });
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

/** Opaque ids within a text: somebody may have written one into a legal basis. */
function wordsIn(text: string): Iterable<string> {
  return text.match(/sub_[0-9a-z]+/g) ?? [];
}
