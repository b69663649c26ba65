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

interface Needles {
  /** Whole values of a column. */
  readonly exact: ReadonlySet<string>;
  /** Parts of a column, normalised. */
  readonly parts: readonly string[];
}

const PAGE = 1_000;

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
      const tables = await tablesOf(database);
      for (const table of tables) {
        const names = Object.keys(await database.knex(table).columnInfo());
        columns += names.length;
        for await (const row of rowsOf(database, table, names, controller)) {
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

async function tablesOf({ knex, dialect }: Database): Promise<readonly string[]> {
  const names =
    dialect === "sqlite"
      ? await knex("sqlite_master").where({ type: "table" }).pluck<string[]>("name")
      : await knex("information_schema.tables")
          .where({ table_schema: knex.raw("database()") })
          .pluck<string[]>("table_name");
  return names.filter((name) => name.startsWith("sbj_"));
}

/** By key where there is an `id`, in pages; what has none is small. */
async function* rowsOf(
  { knex }: Database,
  table: string,
  columns: readonly string[],
  controller: ControllerId,
): AsyncGenerator<Record<string, unknown>> {
  if (!columns.includes("id")) {
    yield* (await knex(table).where({ controller }).select()) as Record<string, unknown>[];
    return;
  }
  for (let after = ""; ; ) {
    const page = knex(table).where({ controller }).where("id", ">", after).orderBy("id").limit(PAGE);
    const rows = (await page) as (Record<string, unknown> & { id: string })[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
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
