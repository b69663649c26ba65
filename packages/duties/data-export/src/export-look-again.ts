/**
 * The second look at exports: every row of every table read raw, and the folder itself. Shares nothing with
 * `export-personal-data.ts`. A file of a person's copy whose order is about nobody is a hit: it should be gone.
 * @clause D12.2
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { LookAgain, Traces, UnitOfWork } from "@preau/kernel";
import type { ExportOptions } from "./options.ts";
import { everyExportRow, lookedTables } from "./store/look-again-rows.ts";

export function lookAgainAtExports(
  { unitOfWork }: { readonly unitOfWork: UnitOfWork },
  { folder }: Pick<ExportOptions, "folder">,
): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const isHit = search(traces);
      const hits = new Map<string, number>();
      const add = (place: string) => hits.set(place, (hits.get(place) ?? 0) + 1);
      const files = folder === "" ? [] : await readdir(folder, { recursive: true }).catch(() => []);
      const nobodys = new Set<string>();
      let columns = 0;
      await unitOfWork.transaction(async (unit) => {
        for (const table of lookedTables) {
          let width = 0;
          for await (const row of everyExportRow(unit, table, controller)) {
            signal?.throwIfAborted();
            width = Object.keys(row).length;
            for (const [column, value] of Object.entries(row)) if (isHit(value)) add(`${table}.${column}`);
            const isCopy = row["kind"] === "access" || row["kind"] === "portability";
            if (isCopy && row["subject"] === null) nobodys.add(String(row["id"]));
          }
          columns += width;
        }
      });
      for (const file of files) {
        const [order = ""] = file.split(path.sep);
        if (nobodys.has(order) && file !== order) add("exports/files");
      }
      const where = [...hits].map(([place, count]) => ({ place, hits: count }));
      return {
        referenceColumns: lookedTables.length,
        textColumns: columns,
        files: files.length,
        hits: where.reduce((sum, each) => sum + each.hits, 0),
        where,
        notCovered: [],
      };
    },
  };
}

/** Opaque ids as whole values, clear texts anywhere. A short text ("210") stands in every instant: it is left out. */
function search(traces: Traces): (value: unknown) => boolean {
  const exact = new Set<string>();
  const parts: string[] = [];
  for (const { subject, references, texts } of traces.subjects) {
    exact.add(subject);
    for (const { value } of references) if (value.startsWith("sub_")) exact.add(value);
    for (const { value } of texts) if (value.length >= 5 && !/^\d+$/.test(value)) parts.push(fold(value));
  }
  return (value) => {
    const text = Buffer.isBuffer(value) ? value.toString() : typeof value === "string" ? value : "";
    if (text === "") return false;
    const folded = fold(text);
    return exact.has(text) || parts.some((part) => folded.includes(part));
  };
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
