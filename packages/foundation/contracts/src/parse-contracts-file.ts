/**
 * A contracts file as text cells: CSV (RFC 4180) in UTF-8, with or without a byte-order mark, separated by semicolons,
 * commas or tabs, as the first line shows. Bytes come from outside: their number is bounded before anything is read.
 */
import { CsvError, parse } from "csv-parse/sync";
import { fault } from "./errors.ts";
import { type FileField, fieldOfHeading } from "./file-columns.ts";
import type { Issue } from "./issue.ts";

const MOST_BYTES = 8 << 20;
const MOST_ROWS = 20_000;
const MOST_CELL = 65_536;
// Not ours to guess: a spreadsheet writes one of them.
const SEPARATORS = [";", ",", "\t"] as const;

export interface FileRow {
  /** Of the file, the first being 1. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<FileField, string>>>;
  readonly issues: readonly Issue[];
}

export interface ParsedFile {
  readonly rows: readonly FileRow[];
  /** Number of each column, the first being 1, and the heading as it stands there. */
  readonly columns: ReadonlyMap<FileField, { readonly number: number; readonly heading: string }>;
}

/** @throws CONTRACTS_FILE_UNREADABLE, CONTRACTS_FILE_TOO_LARGE, CONTRACTS_FILE_HEADER, each with its place */
export function parseContractsFile(bytes: Uint8Array): ParsedFile {
  const records = readRecords(textOf(bytes));
  const [header, ...rest] = records;
  if (header === undefined) throw fault("CONTRACTS_FILE_HEADER", { place: "line 1" });
  const columns = readHeader(header.cells);
  const filled = rest.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (filled.length > MOST_ROWS)
    throw fault("CONTRACTS_FILE_TOO_LARGE", { place: `line ${filled[MOST_ROWS]?.line}` });
  const rows = filled.map(({ line, cells }): FileRow => {
    const wide = cells.length === header.cells.length;
    return {
      line,
      cells: Object.fromEntries(
        [...columns].map(([field, { number }]) => [field, plain(cells[number - 1] ?? "")]),
      ),
      issues: wide ? [] : [{ code: "CONTRACTS_ROW_WIDTH", field: "reference" }],
    };
  });
  return { rows, columns };
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw fault("CONTRACTS_FILE_TOO_LARGE");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes); // takes the byte-order mark away
    if (!text.includes("\0")) return text;
  } catch {
    // Not UTF-8: which other encoding it is would be a guess at people's names.
  }
  throw fault("CONTRACTS_FILE_UNREADABLE", { place: "encoding" });
}

interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function readRecords(text: string): readonly FileRecord[] {
  try {
    const parsed = parse(text, {
      delimiter: separatorOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MOST_CELL,
    }) as unknown as readonly { readonly record: string[]; readonly info: { readonly lines: number } }[];
    return parsed.map(({ record, info }) => ({ line: info.lines - linesWithin(record), cells: record }));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const lines: unknown = (cause as unknown as { readonly lines?: unknown }).lines;
    throw fault("CONTRACTS_FILE_UNREADABLE", {
      place: typeof lines === "number" ? `line ${lines}` : "line 1",
      log: { csv: cause.code },
    });
  }
}

/** Line breaks inside quotes: the parser counts the line on which a record ends. */
function linesWithin(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

/** The separator that stands most often in the first line, outside quotes. */
function separatorOf(text: string): string {
  const first = (/^[^\r\n]*/.exec(text)?.[0] ?? "").slice(0, MOST_CELL).replaceAll(/"[^"]*"/g, "");
  const count = (separator: string) => first.split(separator).length;
  return SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best));
}

function readHeader(cells: readonly string[]): ParsedFile["columns"] {
  const columns = new Map<FileField, { readonly number: number; readonly heading: string }>();
  for (const [at, heading] of cells.entries()) {
    const field = fieldOfHeading(heading);
    // A heading that is unknown could be anything, a name too: its number says where it is.
    if (field === undefined || columns.has(field))
      throw fault("CONTRACTS_FILE_HEADER", { place: `column ${at + 1}` });
    columns.set(field, { number: at + 1, heading: heading.trim() });
  }
  if (!columns.has("reference")) throw fault("CONTRACTS_FILE_HEADER", { place: "reference" });
  if (!columns.has("controller") && !columns.has("uai"))
    throw fault("CONTRACTS_FILE_HEADER", { place: "controller" });
  return columns;
}

/** An apostrophe that our export put before a formula is no part of the value. */
function plain(cell: string): string {
  return /^'[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u.test(cell) ? cell.slice(1) : cell;
}
