/**
 * The second look at the ledger: every row of every table read raw. Shares nothing with `instructions-personal-data.ts`.
 * @clause D12.2
 */
import type { LookAgain, Traces, UnitOfWork } from "@preau/kernel";
import { everyRow, lookedTables } from "./store/subject-rows.ts";

export function lookAgainAtInstructions({ unitOfWork }: { readonly unitOfWork: UnitOfWork }): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const isHit = search(traces);
      const hits = new Map<string, number>();
      let columns = 0;
      await unitOfWork.transaction(async (unit) => {
        for (const table of lookedTables) {
          let width = 0;
          for (const row of await everyRow(unit, table, controller)) {
            signal?.throwIfAborted();
            width = Object.keys(row).length;
            for (const [column, value] of Object.entries(row)) {
              const place = `${table}.${column}`;
              if (isHit(value)) hits.set(place, (hits.get(place) ?? 0) + 1);
            }
          }
          columns += width;
        }
      });
      const where = [...hits].map(([place, count]) => ({ place, hits: count }));
      return {
        ...{ referenceColumns: 2, textColumns: columns, files: 0, where, notCovered: [] },
        hits: where.reduce((sum, each) => sum + each.hits, 0),
      };
    },
  };
}

/** Opaque ids anywhere in a text, clear texts that are long enough to be somebody's. */
function search({ subjects }: Traces): (value: unknown) => boolean {
  const ids = subjects.map(({ subject }) => subject);
  const words = subjects.flatMap(({ texts }) =>
    texts.flatMap(({ value }) => (value.length >= 4 && !/^\d+$/.test(value) ? [fold(value)] : [])),
  );
  return (value) => {
    const text = Buffer.isBuffer(value) ? value.toString("utf8") : typeof value === "string" ? value : "";
    if (text === "") return false;
    const folded = fold(text);
    return ids.some((id) => text.includes(id)) || words.some((word) => folded.includes(word));
  };
}

function fold(text: string): string {
  return text.normalize("NFKC").toLocaleLowerCase("fr");
}
