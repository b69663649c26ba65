/** Secrets of 32 bytes, each in a file of its own: one line, 64 hexadecimal digits, mode 0600. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { fault } from "./errors.ts";

/**
 * The root key of a key store, 32 bytes: its file stands outside both databases and outside their backups.
 * @throws KEYS_SECRET_FILE
 */
export function readOrCreateRootKey(file: string): Uint8Array {
  return readOrCreateSecret(file);
}

/**
 * The secret of that file, 32 bytes; made at the first start, on disk before it is used. Two processes that start at
 * once get the same one.
 * @throws KEYS_SECRET_FILE when the file is of another shape, open to other users, or cannot be read or made
 */
export function readOrCreateSecret(file: string): Uint8Array {
  return readSecret(file) ?? createSecret(file) ?? unusable(file);
}

function readSecret(file: string): Uint8Array | undefined {
  let text: string;
  let mode: number;
  try {
    const handle = openSync(file, "r");
    mode = fstatSync(handle).mode;
    text = readFileSync(handle, "latin1");
    closeSync(handle);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    return unusable(file, error);
  }
  const closedToOthers = process.platform === "win32" || (mode & 0o077) === 0;
  if (!closedToOthers || !/^[0-9a-f]{64}\n$/.test(text)) unusable(file);
  return Buffer.from(text.trimEnd(), "hex");
}

/** Writes beside the place, then links: the file appears whole or not at all, and never replaces another. */
function createSecret(file: string): Uint8Array | undefined {
  const beside = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    const handle = openSync(beside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      writeSync(handle, `${randomBytes(32).toString("hex")}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    linkSync(beside, file);
    syncFolder(dirname(file));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") unusable(file, error);
  } finally {
    rmSync(beside, { force: true });
  }
  return readSecret(file);
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return; // a folder cannot be opened there
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

function unusable(file: string, cause?: unknown): never {
  throw fault("KEYS_SECRET_FILE", { place: file, cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
