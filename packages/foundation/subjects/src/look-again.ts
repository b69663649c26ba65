/**
 * The second look at the directory. It asks the database itself which `sbj_` tables and columns there are and reads
 * them all as bytes; it does not know what the directory thinks it stores. What the directory cannot be searched for in
 * clear, the keyed hash, is made again here. @clause D12.2
 */
import type { Database } from "@preau/database";
import {
  type ControllerId,
  canonicalJson,
  type LookAgain,
  type LookAgainReport,
  type Traces,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { everyColumn, everyRow, everyTable } from "./store/every-row.ts";

interface Needles {
  /** Whole values of a column. */
  readonly exact: ReadonlySet<string>;
  /** Parts of a column, normalised. */
  readonly parts: readonly string[];
}

/** Looks for traces in every column of every table of the directory, one controller's rows at a time. */
export function lookAgainForSubjects({
  database,
  keyStore,
}: {
  readonly database: Database;
  readonly keyStore: KeyStore;
}): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const needles = await needlesOf(keyStore, controller, traces);
      const hits = new Map<string, number>();
      let columns = 0;
      const tables = await everyTable(database);
      for (const table of tables) {
        const names = await everyColumn(database, table);
        columns += names.length;
        for await (const row of everyRow(database, table, names, controller)) {
          signal?.throwIfAborted();
          for (const [column, value] of Object.entries(row)) {
            if (isHit(value, needles))
              hits.set(`${table}.${column}`, (hits.get(`${table}.${column}`) ?? 0) + 1);
          }
        }
      }
      return reportOf(hits, columns, tables.length);
    },
  };
}

async function needlesOf(keyStore: KeyStore, controller: ControllerId, traces: Traces): Promise<Needles> {
  const exact = new Set<string>();
  const parts: string[] = [];
  for (const { subject, references, texts } of traces.subjects) {
    exact.add(subject);
    for (const { kind, value } of [...references, ...texts]) {
      const scope = { controller, kind: "controller", id: controller } as const;
      const hash = await keyStore.mac(scope, "subjects.identifier", canonicalJson([kind, value]));
      exact.add(hash.toString("hex"));
    }
    for (const { value } of references) exact.add(value);
    // A short text ("210") stands in every timestamp: it is found by its hash alone.
    for (const { value } of texts) if (value.length >= 4) parts.push(fold(value));
  }
  return { exact, parts };
}

function isHit(value: unknown, { exact, parts }: Needles): boolean {
  const text = Buffer.isBuffer(value) ? value.toString() : typeof value === "string" ? value : "";
  if (text === "") return false;
  const folded = fold(text);
  return exact.has(text) || parts.some((part) => folded.includes(part));
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function reportOf(hits: ReadonlyMap<string, number>, columns: number, tables: number): LookAgainReport {
  const where = [...hits].map(([place, count]) => ({ place, hits: count }));
  return {
    referenceColumns: columns,
    textColumns: columns,
    files: 0,
    hits: where.reduce((sum, each) => sum + each.hits, 0),
    where,
    notCovered: tables > 0 ? [] : [{ what: "sbj_*", why: "the tables of the directory were not found" }],
  };
}
