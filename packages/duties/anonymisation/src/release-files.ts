/**
 * The files of a release: CSV for a spreadsheet (semicolons, BOM, no formula), JSON for machines, the report for both.
 * They are made in a folder whose name says that it is not done, and moved as a whole; for the service's account alone.
 */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { harmless } from "@preau/documents";
import { type Instant, isFault, type Json, type JsonObject, millisOf } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { Release, ReleaseFile, ReleaseId } from "./ledger.ts";

export interface ReleaseContent {
  readonly columns: readonly string[];
  readonly rows: Iterable<JsonObject>;
  readonly report: JsonObject;
  readonly html: string;
}

const BUFFER = 1 << 18;
const BOM = "\uFEFF";
/** What a run that was killed leaves: the release that it would have become, the machine and process that made it. */
const PART = /^\.(rel_[0-9a-z]+)\.([0-9a-f]{8})\.(\d+)\.part$/;
const MACHINE = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
/** After that long, nobody on another machine is still writing one. A technical bound, no clause. */
const ABANDONED_MS = 86_400_000;

export function placeOf(out: string, id: ReleaseId): string {
  return path.join(path.resolve(out), id);
}

/** Asked before anything is read. Makes the folder itself, not those above it. @throws ANONYMISATION_FOLDER */
export async function requireFolder(out: string): Promise<void> {
  if (!path.isAbsolute(out)) throw fault("ANONYMISATION_FOLDER", { place: "not absolute" });
  try {
    await mkdir(out, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    if (!(await stat(out)).isDirectory()) throw fault("ANONYMISATION_FOLDER", { place: "not a folder" });
    await access(out, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw isFault(cause) ? cause : fault("ANONYMISATION_FOLDER", { cause, log: { code: codeOf(cause) } });
  }
}

/** Writes them beside their place. @throws ANONYMISATION_FOLDER */
export async function writePart(
  place: string,
  { columns, rows, report, html }: ReleaseContent,
): Promise<readonly ReleaseFile[]> {
  const part = partOf(place);
  try {
    await mkdir(part, { mode: 0o700 });
    const files = [
      await writeFile(part, "rows.csv", csvOf(columns, rows)),
      await writeFile(part, "rows.json", jsonOf(columns, rows)),
      await writeFile(part, "report.json", [`${JSON.stringify(report, null, 2)}\n`]),
      await writeFile(part, "report.html", [html]),
    ];
    const sums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`);
    files.push(await writeFile(part, "SHA256SUMS", sums));
    await syncFolder(part);
    return files;
  } catch (cause) {
    await rm(part, { recursive: true, force: true });
    throw fault("ANONYMISATION_FOLDER", { cause, log: { code: codeOf(cause) } });
  }
}

export async function dropPart(place: string): Promise<void> {
  await rm(partOf(place), { recursive: true, force: true });
}

/** Moves the files to their place; true when they stand there, whoever moved them, byte for byte as entered. */
export async function putInPlace({ id, place, files }: Release): Promise<boolean> {
  if (place === undefined) return false;
  const folder = path.dirname(place);
  const parts = (await namesIn(folder)).filter((name) => PART.exec(name)?.[1] === id);
  for (const name of parts) {
    if (await exists(place)) break;
    if (!(await areThere(path.join(folder, name), files))) continue;
    await rename(path.join(folder, name), place).catch((error: unknown) => {
      // Somebody else, settling what a crash left, was quicker.
      if (codeOf(error) !== "ENOENT" && codeOf(error) !== "ENOTEMPTY") throw error;
    });
  }
  if (!(await areThere(place, files))) return false;
  await syncFolder(folder);
  return true;
}

/** Folders of runs that ended before their release was entered. */
export async function staleParts(
  out: string,
  now: Instant,
): Promise<readonly { readonly id: ReleaseId; readonly part: string }[]> {
  const found: { id: ReleaseId; part: string }[] = [];
  for (const name of await namesIn(path.resolve(out))) {
    const [, id, machine, pid] = PART.exec(name) ?? [];
    if (id === undefined) continue;
    const part = path.join(path.resolve(out), name);
    if (await isBeingWritten(part, now, machine === MACHINE ? Number(pid) : undefined)) continue;
    found.push({ id: id as ReleaseId, part });
  }
  return found;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

function partOf(place: string): string {
  return path.join(path.dirname(place), `.${path.basename(place)}.${MACHINE}.${process.pid}.part`);
}

async function isBeingWritten(part: string, now: Instant, pid: number | undefined): Promise<boolean> {
  const written = await writtenAt(part);
  // It got its name meanwhile, or its maker threw it away.
  if (written === undefined) return true;
  const age = millisOf(now) - written;
  if (pid === undefined) return age < ABANDONED_MS;
  // In a container every process after a restart has the number of the one before it.
  if (pid === process.pid) return age < process.uptime() * 1_000;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

async function writtenAt(part: string): Promise<number | undefined> {
  try {
    return (await stat(part)).mtimeMs;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

async function exists(at: string): Promise<boolean> {
  try {
    await stat(at);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

async function areThere(folder: string, files: readonly ReleaseFile[]): Promise<boolean> {
  for (const { name, bytes, sha256 } of files) {
    const at = path.join(folder, name);
    try {
      const found = await lstat(at);
      if (!found.isFile() || found.size !== bytes || (await hashOf(at)) !== sha256) return false;
    } catch (error) {
      // It was moved while it was read.
      if (codeOf(error) === "ENOENT") return false;
      throw error;
    }
  }
  return files.length > 0;
}

async function hashOf(at: string): Promise<string> {
  const handle = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const hash = createHash("sha256");
    for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk as Buffer);
    return hash.digest("hex");
  } finally {
    await handle.close();
  }
}

async function writeFile(folder: string, name: string, pieces: Iterable<string>): Promise<ReleaseFile> {
  const handle = await open(path.join(folder, name), "wx", 0o600);
  const hash = createHash("sha256");
  let [bytes, waiting] = [0, ""];
  const flush = async () => {
    const buffer = Buffer.from(waiting);
    waiting = "";
    hash.update(buffer);
    bytes += buffer.length;
    await handle.writeFile(buffer);
  };
  try {
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length >= BUFFER) await flush();
    }
    await flush();
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { name, bytes, sha256: hash.digest("hex") };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function* csvOf(columns: readonly string[], rows: Iterable<JsonObject>): Iterable<string> {
  const line = (cells: readonly (Json | undefined)[]) => `${cells.map(cellOf).join(";")}\r\n`;
  yield BOM + line(columns);
  for (const row of rows) yield line(columns.map((column) => row[column]));
}

/** Neutralised as spreadsheets expect it, quoted where it must be: statistics programs read it as it is. */
function cellOf(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const safe = harmless(typeof value === "string" ? value : JSON.stringify(value));
  return /[";\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function* jsonOf(columns: readonly string[], rows: Iterable<JsonObject>): Iterable<string> {
  yield "[";
  let first = true;
  for (const row of rows) {
    const given = Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
    yield `${first ? "" : ","}\n${JSON.stringify(given)}`;
    first = false;
  }
  yield "\n]\n";
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? "unknown";
}
