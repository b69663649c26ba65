/**
 * Everything that the stores of a hub hold about one person for one controller, read once. A store that fails fails the
 * whole: a copy never lacks a store without saying so.
 * @clause D10.1a
 */
import type {
  Bilingual,
  ControllerId,
  NotCovered,
  PersonalRecord,
  RecordFile,
  RecordWords,
  RegisteredSource,
  SubjectTarget,
  TableWords,
} from "@preau/kernel";
import { NewestRows } from "./copy-newest.ts";
import { type CopiedRow, CopySpool, type SpoolBudget } from "./copy-spool.ts";
import { orStoreFailed } from "./copy-store-failed.ts";
import { fault } from "./errors.ts";
import { safePath, type TakenPaths } from "./safe-path.ts";

export interface CopiedFile {
  readonly store: string;
  readonly where: string;
  readonly file: RecordFile;
  /** Within the package; absent when it is not given. */
  readonly path?: string;
  /** The row's own key, by which the controller finds a file that is not given. */
  readonly key?: string;
}

export interface CopiedTable {
  readonly store: CopiedStore;
  readonly where: string;
  readonly words?: TableWords | undefined;
  /** Of its first row. */
  readonly category: string;
  readonly purposes: Set<string>;
  /** Rows by category. */
  readonly categories: Map<string, number>;
  rows: number;
  readonly columns: Set<string>;
  /** Columns whose references have a name. */
  readonly named: Set<string>;
  /** How often another person was taken out of a column. */
  readonly withheld: Map<string, number>;
  /** Paths of its files in the order of their rows, `null` where one is not given. */
  readonly files: (string | null)[];
  readonly spool: CopySpool;
  readonly newest: NewestRows;
  /** Of its data, without the ending. */
  readonly path: string;
}

interface CopiedStore {
  readonly id: string;
  readonly title: Bilingual;
  readonly words?: RecordWords | undefined;
  readonly notCovered: readonly NotCovered[];
  /** As readers want them. */
  readonly tables: readonly CopiedTable[];
}

export interface Gathered {
  readonly stores: readonly CopiedStore[];
  readonly files: readonly CopiedFile[];
  /** Rows that are no part of this kind of copy, by purpose. */
  readonly leftOut: ReadonlyMap<string, number>;
}

export interface GatherRequest {
  readonly controller: ControllerId;
  readonly subject: SubjectTarget;
  /** Whether a row of that purpose is part of the copy. */
  readonly takes: (purpose: string) => boolean;
  readonly budget: SpoolBudget;
  readonly signal?: AbortSignal | undefined;
}

/** @throws EXPORT_STORE_FAILED, and the faults of the stores themselves */
export async function gatherCopy(
  sources: ReadonlyMap<string, RegisteredSource>,
  request: GatherRequest,
): Promise<Gathered> {
  const taken: TakenPaths = new Map();
  safePath(["data", "schema.json"], taken);
  const gathered = {
    stores: [] as CopiedStore[],
    files: [] as CopiedFile[],
    leftOut: new Map<string, number>(),
  };
  for (const [id, registered] of sources) {
    const { controller } = registered.source.describe();
    if (controller !== undefined && controller !== request.controller) continue;
    gathered.stores.push(await gatherStore(id, registered, { request, taken, ...gathered }));
  }
  return gathered;
}

interface Gathering {
  readonly request: GatherRequest;
  readonly taken: TakenPaths;
  readonly files: CopiedFile[];
  readonly leftOut: Map<string, number>;
}

async function gatherStore(
  id: string,
  registered: RegisteredSource,
  { request, taken, files, leftOut }: Gathering,
): Promise<CopiedStore> {
  const { title, notCovered } = registered.source.describe();
  const words = registered.exports?.words;
  const tables = new Map<string, CopiedTable>();
  const store = { id, title, words, notCovered, tables: [] as CopiedTable[] };
  for await (const record of recordsOf(id, registered, request)) {
    const { where, file, ...rest } = record;
    if (!request.takes(rest.purpose)) {
      leftOut.set(rest.purpose, (leftOut.get(rest.purpose) ?? 0) + 1);
      continue;
    }
    let table = tables.get(where);
    if (table === undefined) {
      table = newTable(store, record, request.budget, safePath(["data", id, where], taken));
      tables.set(where, table);
    }
    addRow(table, {
      ...rest,
      ...(file === undefined ? {} : { file: placeFile(record, file, id, { taken, files }) }),
    });
  }
  for (const table of tables.values()) table.spool.close();
  const order = Object.keys(words?.tables ?? {});
  const rank = ({ where }: CopiedTable) => (order.includes(where) ? order.indexOf(where) : order.length);
  store.tables.push(...[...tables.values()].sort((a, b) => rank(a) - rank(b)));
  return store;
}

/**
 * The rows of one table again, for one whose pages were too many to keep: as many as were counted. What came in since is
 * left for the next copy; where some went, the files would lack what the page counts.
 * @throws EXPORT_STORE_FAILED when there are fewer
 */
export async function* rowsAgain(
  sources: ReadonlyMap<string, RegisteredSource>,
  request: GatherRequest,
  table: CopiedTable,
): AsyncGenerator<readonly CopiedRow[]> {
  const { id } = table.store;
  const registered = sources.get(id);
  let page: CopiedRow[] = [];
  let [read, filed] = [0, 0];
  if (registered === undefined) throw fault("EXPORT_STORE_FAILED", { place: id });
  for await (const { where, file, ...rest } of recordsOf(id, registered, request)) {
    if (where !== table.where || !request.takes(rest.purpose)) continue;
    page.push(file === undefined ? rest : { ...rest, file: table.files[filed++] ?? null });
    read += 1;
    if (page.length < PAGE_ROWS && read < table.rows) continue;
    yield page;
    page = [];
    if (read === table.rows) return;
  }
  throw fault("EXPORT_STORE_FAILED", { place: id, clause: "D10.1a", log: { read, counted: table.rows } });
}

const PAGE_ROWS = 500;

function recordsOf(
  id: string,
  { source }: RegisteredSource,
  { controller, subject, signal }: GatherRequest,
): AsyncGenerator<PersonalRecord> {
  const request = { controller, subject, others: "withhold" } as const;
  return orStoreFailed(id, source.collect(signal === undefined ? request : { ...request, signal }), signal);
}

function newTable(
  store: CopiedStore,
  { where, category }: PersonalRecord,
  budget: SpoolBudget,
  path: string,
): CopiedTable {
  const words = store.words?.tables[where];
  return {
    store,
    where,
    words,
    category,
    path,
    purposes: new Set(),
    categories: new Map(),
    rows: 0,
    columns: new Set(),
    named: new Set(),
    withheld: new Map(),
    files: [],
    spool: new CopySpool(budget),
    newest: new NewestRows(words),
  };
}

function addRow(table: CopiedTable, row: CopiedRow): void {
  table.rows += 1;
  table.purposes.add(row.purpose);
  table.categories.set(row.category, (table.categories.get(row.category) ?? 0) + 1);
  for (const column of Object.keys(row.row)) table.columns.add(column);
  for (const column of Object.keys(row.names ?? {})) table.named.add(column);
  for (const column of row.withheld ?? []) table.withheld.set(column, (table.withheld.get(column) ?? 0) + 1);
  if (row.file !== undefined) table.files.push(row.file);
  table.spool.add(row);
  table.newest.add(row);
}

function placeFile(
  { where, row }: PersonalRecord,
  file: RecordFile,
  store: string,
  { taken, files }: { readonly taken: TakenPaths; readonly files: CopiedFile[] },
): string | null {
  const key = row["id"];
  const known = typeof key === "string" || typeof key === "number" ? { key: String(key) } : {};
  if (file.notGiven !== undefined) {
    files.push({ store, where, file, ...known });
    return null;
  }
  const path = safePath(["files", store, file.name], taken);
  files.push({ store, where, file, path, ...known });
  return path;
}
