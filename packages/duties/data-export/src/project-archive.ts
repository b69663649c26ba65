/**
 * One class, one course or the whole school as an archive that a teacher opens and a program reads:
 *
 *     data/<table>.json   a JSON array, one row a line; `package.file` is the row's file below
 *     data/<table>.csv    the same for a spreadsheet: UTF-8 with a byte-order mark, `;`, no formulas
 *     files/…             in the application's own folders (course, activity, whose work), under their own names
 *     missing.json        files without a content to give; only where there are any
 *     README.html         or LISEZMOI.html: what it is, tables with titles and numbers of rows, how to read it
 *
 * It is all the controller's own data: other persons and teaching material stay in, secrets and what only runs the application
 * stay out. Nothing is held but one batch of rows, and the paths that are taken: the store is read once for JSON, once for CSV,
 * and its files once more.
 * @clause DD.2
 */
import { csvHead, csvRows } from "@preau/documents";
import {
  type ControllerId,
  type ExportSource,
  faultsOf,
  type Instant,
  type Json,
  type JsonObject,
  errors as kernelErrors,
  type Language,
  type Project,
  type ProjectKind,
  type ProjectRecord,
  type SourceDescription,
} from "@preau/kernel";
import type { ExportPorts } from "./export-ports.ts";
import type { PackageContent, PackageEntry } from "./package-content.ts";
import { isPacked } from "./person-copy.ts";
import { archiveReadme } from "./project-archive-readme.ts";
import { byTable, type RecordsOfTable } from "./project-records.ts";
import { safePath, type TakenPaths } from "./safe-path.ts";

type ArchivePorts = Pick<ExportPorts, "clock" | "sources">;

const kernelFault = faultsOf(kernelErrors);
const encoder = new TextEncoder();

export interface ProjectArchiveRequest {
  readonly controller: ControllerId;
  /** Id of the store, as the hub registers it. */
  readonly store: string;
  readonly kind: ProjectKind;
  /** Of the project, within the store. */
  readonly id: string;
  readonly language: Language;
}

/** What was given of one table. */
interface ArchivedTable {
  readonly table: string;
  readonly path: string;
  rows: number;
  /** Files that its rows stand for, and those of them that have no content to give. */
  files: number;
  notGiven: number;
}

export interface Archive {
  readonly request: ProjectArchiveRequest;
  readonly description: SourceDescription;
  readonly face: ExportSource;
  readonly project: Project;
  readonly tables: readonly ArchivedTable[];
  readonly madeAt: Instant;
}

/**
 * The archive of one project. Its entries throw SOURCE_NO_PROJECT where the controller has no such store or project: another
 * controller's is none of its own.
 * @clause DD.2
 */
export function projectArchive(ports: ArchivePorts, request: ProjectArchiveRequest): PackageContent {
  let facts: JsonObject = {};
  return {
    kind: "project",
    facts: () => facts,
    entries: async function* (signal) {
      const archive = await open(ports, request);
      const { face } = archive;
      const tables: ArchivedTable[] = [];
      const given = (only?: readonly string[]) =>
        face.collectProject({
          ...{ controller: request.controller, kind: request.kind, id: request.id },
          ...(only === undefined ? {} : { tables: only }),
          ...(signal === undefined ? {} : { signal }),
        });
      yield* jsonFiles(given(), tables);
      yield* csvFiles(given(), tables);
      const filed = tables.filter(({ files }) => files > 0).map(({ table }) => table);
      if (filed.length > 0) yield* contents(given(filed), filed);
      const notGiven = tables.reduce((sum, each) => sum + each.notGiven, 0);
      if (notGiven > 0) yield { path: "missing.json", bytes: () => missingFiles(given(filed)) };
      const whole: Archive = { ...archive, tables };
      const name = request.language === "fr" ? "LISEZMOI.html" : "README.html";
      yield { path: name, bytes: () => once(archiveReadme(whole)) };
      facts = factsOf(whole);
    },
  };
}

async function open(ports: ArchivePorts, request: ProjectArchiveRequest): Promise<Omit<Archive, "tables">> {
  const { controller, kind, id, store } = request;
  const registered = ports.sources.get(store);
  const description = registered?.source.describe();
  const only = description?.controller;
  const face = registered?.exports;
  const projects =
    face === undefined || (only !== undefined && only !== controller)
      ? []
      : await face.projects(controller, kind);
  const project = projects.find((each) => each.id === id);
  if (face === undefined || description === undefined || project === undefined)
    throw kernelFault("SOURCE_NO_PROJECT", { clause: "DD.2", place: store });
  return { request, description, face, project, madeAt: ports.clock.now() };
}

async function* jsonFiles(
  records: AsyncIterable<ProjectRecord>,
  tables: ArchivedTable[],
): AsyncGenerator<PackageEntry> {
  const taken: TakenPaths = new Map();
  const pathOf = filePaths();
  const counts = new Map<string, ArchivedTable>();
  const count = ({ where, file }: ProjectRecord) => {
    let table = counts.get(where);
    if (table === undefined) {
      table = { table: where, path: safePath(["data", where], taken), rows: 0, files: 0, notGiven: 0 };
      counts.set(where, table);
      tables.push(table);
    }
    table.rows += 1;
    if (file === undefined) return;
    table.files += 1;
    if (file.notGiven !== undefined) table.notGiven += 1;
  };
  for await (const each of byTable(records, count))
    yield { path: `${counts.get(each.table)?.path ?? ""}.json`, bytes: () => jsonRows(each, pathOf) };
}

async function* jsonRows(
  { batches }: RecordsOfTable,
  pathOf: (record: ProjectRecord) => string | null | undefined,
): AsyncGenerator<Uint8Array> {
  let between = "[\n";
  for await (const batch of batches()) {
    const lines = batch.map((record) => {
      const path = pathOf(record);
      return JSON.stringify(path === undefined ? record.row : { ...record.row, "package.file": path });
    });
    yield encoder.encode(between + lines.join(",\n"));
    between = ",\n";
  }
  yield encoder.encode("\n]\n");
}

async function* csvFiles(
  records: AsyncIterable<ProjectRecord>,
  tables: readonly ArchivedTable[],
): AsyncGenerator<PackageEntry> {
  const pathOf = filePaths();
  for await (const each of byTable(records, () => undefined)) {
    const table = tables.find((known) => known.table === each.table);
    // A table that was empty a moment ago is in no JSON either: the next archive has it.
    if (table === undefined) continue;
    yield { path: `${table.path}.csv`, bytes: () => csvOf(each, table, pathOf) };
  }
}

async function* csvOf(
  { batches }: RecordsOfTable,
  { files }: ArchivedTable,
  pathOf: (record: ProjectRecord) => string | null | undefined,
): AsyncGenerator<Uint8Array> {
  let columns: readonly string[] | undefined;
  for await (const batch of batches()) {
    if (columns === undefined) {
      columns = Object.keys(batch[0]?.row ?? {});
      yield encoder.encode(csvHead([...columns, ...(files > 0 ? ["package.file"] : [])]));
    }
    const named = columns;
    const rows = batch.map((record): readonly (Json | undefined)[] => [
      ...named.map((column) => record.row[column]),
      ...(files > 0 ? [pathOf(record)] : []),
    ]);
    yield encoder.encode(csvRows(rows));
  }
}

/** The files themselves. */
async function* contents(
  records: AsyncIterable<ProjectRecord>,
  tables: readonly string[],
): AsyncGenerator<PackageEntry> {
  const pathOf = filePaths();
  for await (const record of records) {
    const path = tables.includes(record.where) ? pathOf(record) : undefined;
    if (path === undefined || path === null || record.file === undefined) continue;
    const { bytes, type } = record.file;
    yield { path, bytes, packed: isPacked(type) };
  }
}

/** Where each file stands: the same names in the same order give the same paths. `null` for one that is not given. */
function filePaths(): (record: ProjectRecord) => string | null | undefined {
  const taken: TakenPaths = new Map();
  return ({ file }) => {
    if (file === undefined) return undefined;
    return file.notGiven === undefined ? safePath(["files", ...file.name.split("/")], taken) : null;
  };
}

async function* missingFiles(records: AsyncIterable<ProjectRecord>): AsyncGenerator<Uint8Array> {
  let between = "[\n";
  for await (const { where, file } of records) {
    if (file?.notGiven === undefined) continue;
    const { name, size, notGiven } = file;
    yield encoder.encode(
      between + JSON.stringify({ table: where, name, bytes: size ?? null, why: notGiven }),
    );
    between = ",\n";
  }
  yield encoder.encode(between === "[\n" ? "[]\n" : "\n]\n");
}

/** Counts and opaque ids alone: a title may name a person. */
function factsOf({ request, project, tables, madeAt, description }: Archive): JsonObject {
  const sum = (of: (table: ArchivedTable) => number) => tables.reduce((all, table) => all + of(table), 0);
  return {
    schema: "preau.package/1",
    kind: "project",
    controller: request.controller,
    language: request.language,
    madeAt,
    store: request.store,
    project: { kind: project.kind, id: project.id },
    rows: sum(({ rows }) => rows),
    files: sum(({ files, notGiven }) => files - notGiven),
    filesNotGiven: sum(({ notGiven }) => notGiven),
    tables: Object.fromEntries(tables.map(({ table, rows }) => [table, rows])),
    notCovered: description.notCovered.map(({ what, why }) => ({ what, why })),
  };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield encoder.encode(text);
}
