/**
 * Rows out of a file, for the same engine as rows out of a store: CSV whose first line names the columns, or one JSON object
 * a line (NDJSON). Streamed: no more than a piece of the file is held. An empty cell of CSV is no value.
 */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Json, JsonObject } from "@preau/kernel";
import { type CsvError, parse } from "csv-parse";
import { fault } from "./errors.ts";
import { textOf } from "./release-text-of.ts";

export interface FileRowsOptions {
  /** The columns that are wanted; all of them when absent. */
  readonly columns?: readonly string[];
  readonly signal?: AbortSignal;
}

const PIECE = 1 << 18;
/** Bytes of one record at most: beyond it a quote was never closed. */
const MOST_RECORD = 1 << 20;
/** A spreadsheet writes one of them; of two that are as frequent in the first line, the first. */
const SEPARATORS = [";", ",", "\t", "|"] as const;

/**
 * Each call reads it anew.
 * @throws ANONYMISATION_FILE_BAD with the line or the column; it quotes nothing of the file but names of columns asked for
 */
export async function* rowsOfFile(file: string, options: FileRowsOptions = {}): AsyncIterable<JsonObject> {
  const pieces = withFirstLine(textOf(bytesOf(file, options.signal)));
  const { value } = await pieces.next();
  const first = value ?? "";
  if (first.trim() === "") throw bad("line 1");
  yield* first.trimStart().startsWith("{") ? objectRows(pieces, options) : csvRows(first, pieces, options);
}

async function* bytesOf(file: string, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  const handle = await open(file, constants.O_RDONLY).catch((cause: unknown) => {
    throw fault("ANONYMISATION_FILE_BAD", {
      place: "not readable",
      log: { code: (cause as NodeJS.ErrnoException).code ?? "unknown" },
    });
  });
  try {
    if (!(await handle.stat()).isFile()) throw bad("not a file");
    for (let at = 0; ; ) {
      signal?.throwIfAborted();
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Gives the first line by itself, then everything, the first line too. */
async function* withFirstLine(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  let head: string | undefined = "";
  for await (const piece of pieces) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head += piece;
    const line = firstLineOf(head);
    if (line === undefined) {
      if (head.length > MOST_RECORD) throw bad("line 1");
      continue;
    }
    yield line;
    yield head;
    head = undefined;
  }
  if (head !== undefined) {
    yield head;
    yield head;
  }
}

/** Up to the first line feed outside quotes. */
function firstLineOf(text: string): string | undefined {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "\n" || character === "\r")) return text.slice(0, at);
  }
  return undefined;
}

function separatorIn(line: string): string {
  const bare = line.replaceAll(/"(?:[^"]|"")*"/g, "");
  const count = (separator: string) => bare.split(separator).length - 1;
  return SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best));
}

async function* csvRows(
  firstLine: string,
  pieces: AsyncIterable<string>,
  { columns: wanted }: FileRowsOptions,
): AsyncIterable<JsonObject> {
  const parser = Readable.from(pieces, { highWaterMark: 4 }).compose(
    parse({
      ...{ delimiter: separatorIn(firstLine), skip_empty_lines: true, max_record_size: MOST_RECORD },
      ...{ record_delimiter: ["\r\n", "\n", "\r"] },
    }),
  ) as AsyncIterable<readonly string[]>;
  let picks: readonly (readonly [name: string, at: number])[] | undefined;
  try {
    for await (const cells of parser) {
      if (picks === undefined) picks = picksOf(cells, wanted);
      else yield Object.fromEntries(picks.map(([name, at]) => [name, valueOf(cells[at])]));
    }
  } catch (error) {
    throw translated(error);
  }
}

/** @throws ANONYMISATION_FILE_BAD */
function picksOf(header: readonly string[], wanted: readonly string[] | undefined) {
  const names = header.map((name) => name.trim());
  if (names.some((name) => name === "") || new Set(names).size < names.length) throw bad("line 1");
  return (wanted ?? names).map((name) => {
    const at = names.indexOf(name);
    if (at < 0) throw bad(`column ${name}`);
    return [name, at] as const;
  });
}

function valueOf(cell: string | undefined): Json {
  return cell === undefined || cell === "" ? null : cell;
}

/** The parser's own error quotes the record: what is told of it is the line. */
function translated(error: unknown): unknown {
  const { code, lines } = error as Partial<CsvError> & { readonly lines?: number };
  return typeof code === "string" && code.startsWith("CSV_") ? bad(`line ${lines ?? "?"}`) : error;
}

async function* objectRows(
  pieces: AsyncIterable<string>,
  { columns: wanted }: FileRowsOptions,
): AsyncIterable<JsonObject> {
  let [line, rest] = [0, ""];
  let names: ReadonlySet<string> | undefined;
  const read = (text: string): JsonObject | undefined => {
    line += 1;
    if (text.trim() === "") return undefined;
    const row = objectIn(text, line);
    names ??= new Set(Object.keys(row));
    // A column that comes later was never looked at.
    for (const name of Object.keys(row)) if (!names.has(name)) throw bad(`line ${line}`);
    for (const name of wanted ?? []) if (!names.has(name)) throw bad(`column ${name}`);
    return Object.fromEntries([...(wanted ?? names)].map((name) => [name, row[name] ?? null]));
  };
  for await (const piece of pieces) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MOST_RECORD) throw bad(`line ${line + lines.length + 1}`);
    for (const text of lines) {
      const row = read(text);
      if (row !== undefined) yield row;
    }
  }
  const last = read(rest);
  if (last !== undefined) yield last;
}

/** @throws ANONYMISATION_FILE_BAD for what is no flat object */
function objectIn(text: string, line: number): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad(`line ${line}`); // its own error quotes the text
  }
  const isFlat =
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => each === null || typeof each !== "object");
  if (!isFlat) throw bad(`line ${line}`);
  return value as JsonObject;
}

function bad(place: string) {
  return fault("ANONYMISATION_FILE_BAD", { place });
}
