/**
 * The second look at the mailer's tables: it asks the database which `mlr_` tables there are and reads every column of them.
 * What is sealed cannot be read by it; its key went with the person. @clause D12.2
 */
import { rawRows, tablesNow } from "@preau/database";
import type { LookAgain, Traces, UnitOfWork } from "@preau/kernel";

/** A shorter text ("210") stands in every instant. */
const SHORTEST = 4;

export function lookAgainAtMessages({ unitOfWork }: { readonly unitOfWork: UnitOfWork }): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const tables = await unitOfWork.transaction((unit) => tablesNow(unit, "mlr_"));
      const isHit = search(traces);
      const hits = new Map<string, number>();
      let columns = 0;
      for (const table of tables) {
        columns += table.columns.length;
        for await (const row of rawRows(unitOfWork, table, controller)) {
          signal?.throwIfAborted();
          for (const [column, value] of Object.entries(row)) {
            if (!isHit(value)) continue;
            const place = `${table.name}.${column}`;
            hits.set(place, (hits.get(place) ?? 0) + 1);
          }
        }
      }
      const where = [...hits].map(([place, count]) => ({ place, hits: count }));
      return {
        referenceColumns: columns,
        textColumns: columns,
        files: 0,
        hits: where.reduce((sum, each) => sum + each.hits, 0),
        where,
        notCovered: tables.length > 0 ? [] : [{ what: "mlr_*", why: "the mailer's tables were not found" }],
      };
    },
  };
}

function search({ subjects }: Traces): (value: unknown) => boolean {
  const exact = new Set<string>();
  const parts: string[] = [];
  for (const { subject, references, texts } of subjects) {
    exact.add(subject);
    for (const { value } of references) exact.add(value);
    for (const { value } of texts) if (value.length >= SHORTEST) parts.push(folded(value));
  }
  return (value) => {
    const text = Buffer.isBuffer(value) ? value.toString("latin1") : typeof value === "string" ? value : "";
    if (text === "") return false;
    const whole = folded(text);
    return exact.has(text) || parts.some((part) => whole.includes(part));
  };
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
