/**
 * The files of a replay list, all of mode 0600 in a folder of mode 0700:
 *
 *   replay.key   32 bytes in hexadecimal: the key of the marks and of the chain
 *   list-N       lines that are only added to:   `+ <mark> <receipt> <controller> <source> <ground>`   `= <receipt> <day>`
 *   head         `list-N <bytes> <chain>`: which file counts, up to which byte, and the chain over its lines
 *
 * chain(0) = HMAC(key, "preau.replay/1"); chain(i) = HMAC(key, chain(i-1) ‖ line i with its newline). A mark is
 * HMAC(key, JSON [controller, creation mark]). The head is replaced, whole, after its lines are on disk: what stands
 * beyond it was never acknowledged, and what it counts must be there, unchanged. A list is written again (entries
 * dropped) as list-N+1, and the head turns to it in one step.
 */
import { createHmac, randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { fault } from "./errors.ts";

export const KEY_FILE = "replay.key";
const HEAD_FILE = "head";
const FIRST_LIST = "list-1";
const FORMAT = "preau.replay/1";

export interface Head {
  readonly list: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly chain: string;
}

/** Which list counts. Undefined where none was ever written. @throws BACKUPS_LIST_BROKEN */
export function readHead(folder: string): Head | undefined {
  const text = readText(path.join(folder, HEAD_FILE));
  if (text === undefined) {
    // A first list is named by its head before it has a line: one with lines and no head has lost it.
    const isLost = (name: string) => name.startsWith("list-") && statSync(path.join(folder, name)).size > 0;
    if (readdirSync(folder).some(isLost)) throw fault("BACKUPS_LIST_BROKEN", { place: HEAD_FILE });
    return undefined;
  }
  const [, list, bytes, chain] = /^(list-\d+) (\d+) ([0-9a-f]{64})\n$/.exec(text) ?? [];
  if (list === undefined || chain === undefined) throw fault("BACKUPS_LIST_BROKEN", { place: HEAD_FILE });
  return { list, bytes: Number(bytes), chain };
}

/**
 * The lines that count, each checked against the chain: all of them, or those after a head that was checked before.
 * Undefined when the head has turned to another file meanwhile.
 * @throws BACKUPS_LIST_BROKEN
 */
export function readLines(
  folder: string,
  key: Uint8Array,
  head: Head,
  after: Pick<Head, "bytes" | "chain"> = { bytes: 0, chain: startOfChain(key) },
): readonly string[] | undefined {
  const bytes = readBytes(path.join(folder, head.list));
  if (bytes === undefined) {
    if (readHead(folder)?.list !== head.list) return undefined;
    throw fault("BACKUPS_LIST_BROKEN", { place: head.list });
  }
  const counted = bytes.subarray(after.bytes, head.bytes).toString("latin1");
  const lines = counted === "" ? [] : counted.split("\n");
  const isWhole = bytes.length >= head.bytes && (counted === "" || lines.pop() === "");
  if (!isWhole || chainOver(key, after.chain, lines) !== head.chain)
    throw fault("BACKUPS_LIST_BROKEN", { place: head.list });
  return lines;
}

/** Adds lines; they are on disk, and counted, when it returns. @throws BACKUPS_LIST_BROKEN, and what the disk says */
export function appendLines(folder: string, key: Uint8Array, lines: readonly string[]): Head {
  const head = readHead(folder) ?? beginList(folder, key);
  const handle = openSync(path.join(folder, head.list), constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    if (fstatSync(handle).size < head.bytes) throw fault("BACKUPS_LIST_BROKEN", { place: head.list });
    ftruncateSync(handle, head.bytes);
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
    writeAll(handle, bytes, head.bytes);
    fsyncSync(handle);
    const next = {
      list: head.list,
      bytes: head.bytes + bytes.length,
      chain: chainOver(key, head.chain, lines),
    };
    writeHead(folder, next);
    return next;
  } finally {
    closeSync(handle);
  }
}

/** Writes the list again with these lines alone, and removes the older files. */
export function replaceLines(folder: string, key: Uint8Array, lines: readonly string[]): Head {
  const before = readHead(folder)?.list ?? "list-0";
  const list = `list-${Number(before.slice("list-".length)) + 1}`;
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
  const handle = openSync(path.join(folder, list), "w", 0o600);
  try {
    writeAll(handle, bytes, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  const head = { list, bytes: bytes.length, chain: chainOver(key, startOfChain(key), lines) };
  writeHead(folder, head);
  for (const name of readdirSync(folder))
    if (name.startsWith("list-") && name !== list) rmSync(path.join(folder, name), { force: true });
  syncFolder(folder);
  return head;
}

function beginList(folder: string, key: Uint8Array): Head {
  const head = { list: FIRST_LIST, bytes: 0, chain: startOfChain(key) };
  closeSync(openSync(path.join(folder, FIRST_LIST), "a", 0o600));
  writeHead(folder, head);
  return head;
}

function writeHead(folder: string, { list, bytes, chain }: Head): void {
  const beside = path.join(folder, `${HEAD_FILE}.${randomBytes(6).toString("hex")}`);
  const handle = openSync(beside, "wx", 0o600);
  try {
    writeSync(handle, `${list} ${bytes} ${chain}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, path.join(folder, HEAD_FILE));
  syncFolder(folder);
}

function startOfChain(key: Uint8Array): string {
  return createHmac("sha256", key).update(FORMAT).digest("hex");
}

function chainOver(key: Uint8Array, from: string, lines: readonly string[]): string {
  return lines.reduce(
    (chain, line) => createHmac("sha256", key).update(chain).update(`${line}\n`, "latin1").digest("hex"),
    from,
  );
}

function writeAll(handle: number, bytes: Uint8Array, at: number): void {
  let written = 0;
  while (written < bytes.length)
    written += writeSync(handle, bytes, written, bytes.length - written, at + written);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function readText(file: string): string | undefined {
  return readBytes(file)?.toString("latin1");
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
}
