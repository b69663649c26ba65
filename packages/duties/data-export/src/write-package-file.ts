/** One file, whole or not at all: written as NAME.part, made safe on the disk, then named. Links are not followed. */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, link, lstat, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { isFault } from "@preau/kernel";
import { fault } from "./errors.ts";

export interface WholeFile {
  readonly out: string;
  readonly overwrite?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const BUFFER_BYTES = 1024 * 1024;
const FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** @throws EXPORT_DISK_FULL, EXPORT_FILE_EXISTS, EXPORT_FILE_UNWRITABLE, what the bytes throw, the signal's reason */
export async function writeFileWhole(
  { out, overwrite = false, signal }: WholeFile,
  bytes: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<{ readonly file: string; readonly bytes: number; readonly sha256: string }> {
  const part = `${out}.part`;
  if (!overwrite && (await isThere(out))) throw fault("EXPORT_FILE_EXISTS", { place: path.basename(out) });
  const handle = await opened(part);
  try {
    const told = await pour(handle, await bytes(), signal);
    await onDisk(() => handle.sync());
    await handle.close();
    await onDisk(() => publish(part, out, overwrite));
    return { file: out, ...told };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

/** Somebody else's part, or a link that lies in wait under its name, is not written through. */
async function opened(part: string): Promise<FileHandle> {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  return onDisk(() => open(part, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600));
}

async function pour(
  handle: FileHandle,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async () => {
    const whole = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    for (let at = 0; at < whole.length; ) {
      const from = at;
      at += (await onDisk(() => handle.write(whole, from))).bytesWritten;
    }
  };
  for await (const chunk of bytes) {
    signal?.throwIfAborted();
    hash.update(chunk);
    size += chunk.length;
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes >= BUFFER_BYTES) await flush();
  }
  signal?.throwIfAborted();
  await flush();
  return { bytes: size, sha256: hash.digest("hex") };
}

/** A link refuses a name that is taken, a renaming would not; where a file system has no links, it is looked for. */
async function publish(part: string, out: string, overwrite: boolean): Promise<void> {
  if (overwrite) await rename(part, out);
  else
    try {
      await link(part, out);
      await rm(part);
    } catch (error) {
      if (!NO_LINKS.has(codeOf(error))) throw error;
      if (await isThere(out)) throw fault("EXPORT_FILE_EXISTS", { place: path.basename(out) });
      await rename(part, out);
    }
  const folder = await open(path.dirname(out), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined)) !== undefined;
}

/** Translates what the disk says. The name of the file stays out of the error's text but for its own. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isFault(cause)) throw cause;
    const code = codeOf(cause);
    if (FULL.has(code)) throw fault("EXPORT_DISK_FULL", { log: { code }, cause });
    if (code === "EEXIST" || code === "ELOOP") throw fault("EXPORT_FILE_EXISTS", { log: { code }, cause });
    throw fault("EXPORT_FILE_UNWRITABLE", { log: { code }, cause });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "UNKNOWN";
}
