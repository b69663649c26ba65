/** Whether a dump is whole, as far as it can be told without restoring it. Reads it to its end once, writes nothing. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { BackupState } from "./backup.ts";

const TAIL_BYTES = 4096;
/** First words of a dump in SQL → the words with which the same tool ends it. */
const ENDINGS: readonly (readonly [begins: RegExp, ends: RegExp])[] = [
  [/^(?:\/\*M!999999\\- enable the sandbox mode \*\/\s*)?-- (?:MariaDB|MySQL) dump/, /-- Dump completed/],
  [/^--\s*-- PostgreSQL database (?:cluster )?dump/, /-- PostgreSQL database (?:cluster )?dump complete/],
];

export async function verifyDump(file: string): Promise<BackupState> {
  try {
    const { size } = await stat(file);
    if (size === 0) return "empty";
    if (/\.(?:gz|tgz)$/i.test(file)) return await verifyText(file, createGunzip());
    if (/\.(?:zst|tzst)$/i.test(file)) return await verifyText(file, createZstdDecompress());
    if (/\.sql$/i.test(file)) return await verifyText(file);
    if (/\.(?:sqlite3?|db)$/i.test(file)) return await verifySqlite(file, size);
    return "notVerified";
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code;
    if (typeof code === "string" && /^(?:Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(code)) return "truncated";
    return "unreadable";
  }
}

/** Decompresses to the end, where it is compressed, and compares the end with the beginning. */
async function verifyText(file: string, decompress?: NodeJS.ReadWriteStream): Promise<BackupState> {
  let [head, tail, bytes] = ["", "", 0];
  const look = async (chunks: AsyncIterable<Buffer | string>) => {
    for await (const part of chunks) {
      const chunk = part as Buffer; // a stream without an encoding gives bytes alone
      bytes += chunk.length;
      if (head.length < TAIL_BYTES) head += chunk.subarray(0, TAIL_BYTES).toString("latin1");
      tail = (tail + chunk.subarray(-TAIL_BYTES).toString("latin1")).slice(-TAIL_BYTES);
    }
  };
  if (decompress === undefined) await pipeline(createReadStream(file), look);
  else await pipeline(createReadStream(file), decompress, look);
  if (bytes === 0) return "empty";
  const known = ENDINGS.find(([begins]) => begins.test(head));
  return known === undefined || known[1].test(tail) ? "whole" : "truncated";
}

/** The header says how many pages a database has (SQLite file format, 1.3). */
async function verifySqlite(file: string, size: number): Promise<BackupState> {
  const handle = await open(file, "r");
  try {
    const header = Buffer.alloc(100);
    const { bytesRead } = await handle.read(header, 0, 100, 0);
    if (bytesRead < 100 || header.toString("latin1", 0, 16) !== "SQLite format 3\0") return "truncated";
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
    return size < pageSize * header.readUInt32BE(28) ? "truncated" : "whole";
  } finally {
    await handle.close();
  }
}
