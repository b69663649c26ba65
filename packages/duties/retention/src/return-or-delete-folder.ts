/**
 * The folder of a hand-back: one NDJSON file a table, the files themselves, `manifest.json` with the SHA-256 of each, and
 * `SHA256SUMS` for `sha256sum -c`. What was written up to the last commit survives `kill -9`; what came after is cut off
 * when it goes on. For the owner of the service alone (0700, 0600).
 */
import { createHash, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import type { Json, JsonObject } from "@preau/kernel";
import { fault } from "./errors.ts";

interface FileLine {
  /** Within the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly rows?: number;
}

/** What a run that goes on finds. */
interface Progress {
  readonly end: string;
  readonly cursor: Json;
  readonly files: readonly FileLine[];
}

export interface HandBackFolder {
  /** The cursor of the last commit; undefined in a new folder. */
  readonly cursor: Json | undefined;
  /** One row of a table. */
  row(store: string, table: string, row: JsonObject): Promise<void>;
  /** One file: streamed, and its path within the folder. Two of a name get two paths. */
  file(
    store: string,
    name: string,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly path: string; readonly sha256: string }>;
  /**
   * One file of a store's whole, under its own name: `database/moodle.sql.zst`. Not written again where it is committed
   * already. Its path within the folder.
   */
  whole(store: string, name: string, bytes: () => AsyncIterable<Uint8Array>): Promise<string>;
  /** All of it is on the disk, up to this cursor. */
  commit(cursor: Json): Promise<void>;
  /** Manifest and sums; the manifest's own hash. */
  finish(facts: JsonObject): Promise<{
    readonly sha256: string;
    readonly files: readonly (FileLine & { readonly sha256: string })[];
  }>;
  close(): Promise<void>;
}

const PROGRESS = ".hand-back.json";
const MANIFEST = "manifest.json";
const SUMS = "SHA256SUMS";
const BUFFER = 1 << 16;

/** A link is never followed: not when it was laid there between two looks either. */
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } = constants;
const [READ, APPEND, REPLACE] = [
  O_RDONLY | O_NOFOLLOW,
  O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW,
  O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW,
];

/** @throws RETENTION_HAND_BACK_FOLDER when it holds what is not this hand-back's, or cannot be written */
export async function openHandBackFolder(given: string, end: string): Promise<HandBackFolder> {
  if (!path.isAbsolute(given)) throw fault("RETENTION_HAND_BACK_FOLDER", { place: "not absolute" });
  // Without a slash at its end: behind one, a link would be followed.
  const folder = path.resolve(given);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await requireOwn(folder);
    const progress = await readProgress(folder, end);
    await keepToOurselves(folder);
    // From the first moment on it says whose it is: a run killed before its first commit goes on too.
    if (progress === undefined) await writeSafely(folder, PROGRESS, progressText(end, null, []));
    else await cutBack(folder, progress);
    return writing(folder, end, progress);
  } catch (cause) {
    throw asFault(cause);
  }
}

function writing(folder: string, end: string, progress: Progress | undefined): HandBackFolder {
  const files = new Map((progress?.files ?? []).map((each) => [each.path, { ...each }]));
  const open_ = new Map<string, { handle: FileHandle; waiting: string[]; size: number }>();
  let numbered = [...files.keys()].filter((each) => each.includes("/files/")).length;

  const flush = async (name: string): Promise<void> => {
    const file = open_.get(name);
    const line = files.get(name);
    if (file === undefined || line === undefined || file.waiting.length === 0) return;
    const bytes = Buffer.from(file.waiting.join(""));
    await file.handle.appendFile(bytes);
    files.set(name, { ...line, bytes: line.bytes + bytes.length });
    open_.set(name, { ...file, waiting: [], size: 0 });
  };
  const opened = async (name: string) => {
    const known = open_.get(name);
    if (known !== undefined) return known;
    const at = path.join(folder, name);
    await mkdir(path.dirname(at), { recursive: true, mode: 0o700 });
    const file = { handle: await open(at, APPEND, 0o600), waiting: [], size: 0 };
    if (!files.has(name)) files.set(name, { path: name, bytes: 0, rows: 0 });
    open_.set(name, file);
    return file;
  };
  const closeAll = async () => {
    for (const { handle } of open_.values()) await handle.close();
    open_.clear();
  };

  return {
    cursor: progress?.cursor ?? undefined,
    row: async (store, table, row) => {
      const name = `${safeName(store)}/${safeName(table)}.ndjson`;
      const file = await opened(name);
      const line = files.get(name) ?? { path: name, bytes: 0, rows: 0 };
      const text = `${JSON.stringify(row)}\n`;
      file.waiting.push(text);
      file.size += text.length;
      files.set(name, { ...line, rows: (line.rows ?? 0) + 1 });
      if (file.size >= BUFFER) await flush(name);
    },
    file: async (store, given, bytes) => {
      numbered += 1;
      const name = `${safeName(store)}/files/${String(numbered).padStart(7, "0")}-${safeName(given)}`;
      const written = await pour(folder, name, bytes);
      files.set(name, { path: name, bytes: written.bytes });
      return { path: name, sha256: written.sha256 };
    },
    whole: async (store, given, bytes) => {
      const name = [store, ...given.split("/")].map(safeName).join("/");
      if (files.has(name)) return name;
      // Under a name of this run's own until it is whole: a run that was overtaken may still be writing.
      const part = `${name}.${randomBytes(6).toString("hex")}.part`;
      const written = await pour(folder, part, bytes());
      await rename(path.join(folder, part), path.join(folder, name));
      files.set(name, { path: name, bytes: written.bytes });
      return name;
    },
    commit: async (cursor) => {
      for (const name of open_.keys()) await flush(name);
      for (const { handle } of open_.values()) await handle.sync();
      await writeSafely(folder, PROGRESS, progressText(end, cursor, [...files.values()]));
    },
    finish: async (facts) => {
      for (const name of open_.keys()) await flush(name);
      await closeAll();
      const lines: (FileLine & { sha256: string })[] = [];
      for (const line of [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)))
        lines.push({ ...line, sha256: await sha256Of(path.join(folder, line.path)) });
      const manifest = `${JSON.stringify({ schema: "preau.hand-back/1", ...facts, files: lines }, null, 1)}\n`;
      const sha256 = createHash("sha256").update(manifest).digest("hex");
      const sums = [...lines, { path: MANIFEST, sha256 }].map((each) => `${each.sha256}  ${each.path}\n`);
      await writeSafely(folder, MANIFEST, manifest);
      await writeSafely(folder, SUMS, sums.join(""));
      return { sha256, files: lines };
    },
    close: closeAll,
  };
}

/** One file, streamed and safe on the disk. */
async function pour(folder: string, name: string, bytes: AsyncIterable<Uint8Array>) {
  const at = path.join(folder, name);
  await mkdir(path.dirname(at), { recursive: true, mode: 0o700 });
  const handle = await open(at, REPLACE, 0o600);
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
      await handle.appendFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes: size, sha256: hash.digest("hex") };
}

/** SHA-256 of a file, streamed. */
export async function sha256Of(file: string): Promise<string> {
  const handle = await open(file, READ);
  const hash = createHash("sha256");
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk as Uint8Array);
  } finally {
    await handle.close();
  }
  return hash.digest("hex");
}

/** A real folder of this service's own user. */
async function requireOwn(folder: string): Promise<void> {
  const found = await lstat(folder);
  if (!found.isDirectory()) throw fault("RETENTION_HAND_BACK_FOLDER", { place: "no folder" });
  if (found.uid !== process.getuid?.()) throw fault("RETENTION_HAND_BACK_FOLDER", { place: "another owner" });
}

async function keepToOurselves(folder: string): Promise<void> {
  const handle = await open(folder, READ | constants.O_DIRECTORY);
  await handle.chmod(0o700).finally(() => handle.close());
}

function progressText(end: string, cursor: Json, files: readonly FileLine[]): string {
  return JSON.stringify({ end, cursor, files });
}

/** Undefined: a new folder, or one in which a run was killed before it had written anything else. */
async function readProgress(folder: string, end: string): Promise<Progress | undefined> {
  const names = await readdir(folder);
  const isBare = names.every((name) => name === PROGRESS || name === nextOf(PROGRESS));
  if (!names.includes(PROGRESS)) {
    if (isBare) return undefined;
    throw fault("RETENTION_HAND_BACK_FOLDER", { place: "not empty" });
  }
  const text = await readFile(path.join(folder, PROGRESS), { encoding: "utf8", flag: READ });
  const progress = parsed(text);
  if (progress === undefined) {
    if (isBare) return undefined;
    throw fault("RETENTION_HAND_BACK_FOLDER", { place: "progress" });
  }
  if (progress.end !== end) throw fault("RETENTION_HAND_BACK_FOLDER", { place: "another hand-back" });
  if (!progress.files.every(({ path: name }) => isWithin(name)))
    throw fault("RETENTION_HAND_BACK_FOLDER", { place: "a path outside" });
  return progress;
}

function parsed(text: string): Progress | undefined {
  try {
    const found = JSON.parse(text) as Partial<Progress> | null;
    if (typeof found?.end !== "string" || !Array.isArray(found.files)) return undefined;
    return { end: found.end, cursor: found.cursor ?? null, files: found.files };
  } catch {
    return undefined;
  }
}

/** A store's folder and what is in it, and nothing that leads out again. */
function isWithin(name: unknown): boolean {
  if (typeof name !== "string" || name.includes("\0")) return false;
  const parts = name.split("/");
  return parts.length > 1 && parts.every((part) => part !== "" && part !== "." && part !== "..");
}

/** What was written after the last commit goes: it will be written again. */
async function cutBack(folder: string, progress: Progress): Promise<void> {
  const sizes = new Map(progress.files.map(({ path: name, bytes }) => [name, bytes]));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    if (!entry.isFile()) throw fault("RETENTION_HAND_BACK_FOLDER", { place: "a link" });
    const at = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, at).split(path.sep).join("/");
    if (!name.includes("/")) continue;
    const bytes = sizes.get(name);
    sizes.delete(name);
    if (bytes === undefined) await rm(at);
    else await cutTo(at, bytes);
  }
  if (sizes.size > 0) throw fault("RETENTION_HAND_BACK_FOLDER", { place: "a file is gone" });
}

async function cutTo(file: string, bytes: number): Promise<void> {
  const handle = await open(file, O_RDWR | O_NOFOLLOW);
  try {
    if ((await handle.stat()).size < bytes)
      throw fault("RETENTION_HAND_BACK_FOLDER", { place: "a file was cut" });
    await handle.truncate(bytes);
  } finally {
    await handle.close();
  }
}

function nextOf(name: string): string {
  return `.${name}.next`;
}

async function writeSafely(folder: string, name: string, text: string): Promise<void> {
  const [at, next] = [path.join(folder, name), path.join(folder, nextOf(name))];
  await writeFile(next, text, { mode: 0o600, flag: REPLACE, flush: true });
  await rename(next, at);
  const handle = await open(folder, READ);
  await handle.sync().finally(() => handle.close());
}

/** A table's or a file's name as a name in a folder; what had to change gets a part of its hash, so that two stay two. */
function safeName(given: string): string {
  const safe = given
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "_")
    .slice(0, 80)
    .replace(/^\.+/, "_");
  if (safe === given && safe !== "") return safe;
  return `${safe}~${createHash("sha256").update(given).digest("hex").slice(0, 8)}`;
}

function asFault(cause: unknown): unknown {
  const isSystem = cause instanceof Error && "syscall" in cause;
  return isSystem ? fault("RETENTION_HAND_BACK_FOLDER", { place: "folder", cause }) : cause;
}
