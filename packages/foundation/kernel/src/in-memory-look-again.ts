/**
 * The second look over an in-memory store. It takes nothing from the source but the store itself: it reads every row
 * of every table, whatever the source thinks of it. @clause D12.2
 */
import type { InMemoryStore } from "./in-memory-store.ts";
import type { LookAgain } from "./personal-data-source.ts";

/** Counts what is left of the traced persons: references by equality, texts anywhere in a text, normalised (NFKC, lower case). */
export function inMemoryLookAgain(store: InMemoryStore): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const persons = new Set<string>();
      const needles: string[] = [];
      for (const { references, texts } of traces.subjects) {
        for (const { value } of references) persons.add(value);
        for (const { value } of texts) needles.push(fold(value));
      }
      const hitsAt = new Map<string, number>();
      const columns = { reference: 0, text: new Set<string>() };
      for (const [table, rows] of store.rows) {
        columns.reference += 1;
        for (const row of rows) {
          signal?.throwIfAborted();
          if (row.controller !== controller) continue;
          if (persons.has(row.person)) count(hitsAt, `${table}.person`);
          for (const [field, text] of Object.entries(row.fields)) {
            columns.text.add(`${table}.${field}`);
            const folded = fold(text);
            if (needles.some((needle) => needle !== "" && folded.includes(needle)))
              count(hitsAt, `${table}.${field}`);
          }
        }
      }
      const where = [...hitsAt].map(([place, hits]) => ({ place, hits }));
      return {
        referenceColumns: columns.reference,
        textColumns: columns.text.size,
        files: 0,
        hits: where.reduce((sum, each) => sum + each.hits, 0),
        where,
        notCovered: [],
      };
    },
  };
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function count(hits: Map<string, number>, place: string): void {
  hits.set(place, (hits.get(place) ?? 0) + 1);
}
