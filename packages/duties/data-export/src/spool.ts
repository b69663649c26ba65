/**
 * Finished entries of a package between two runs: after a crash, or a connection lost at 90 %, they are not made again.
 * Each is a sealed file named by an HMAC of its path, since names of files are data too.
 * @clause DD.2, S8
 */
import { createHmac } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import type { PackageEntry } from "./package-content.ts";
import { openSealed, readSealed, sealing } from "./spool-sealed-file.ts";

export interface Spool {
  /** The bytes of an entry: kept by an earlier run, or made now and kept where it stands on its own. @throws EXPORT_PART_BROKEN, EXPORT_DISK_FULL */
  through(entry: PackageEntry, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Entries that an earlier run had finished, so far. */
  readonly kept: number;
}

/** @param folder exists, for this user alone; @param key 32 bytes */
export function openSpool(folder: string, key: Uint8Array): Spool {
  let kept = 0;
  return {
    get kept() {
      return kept;
    },
    async *through(entry, signal) {
      if (entry.skip === undefined) {
        yield* entry.bytes(signal);
        return;
      }
      const name = createHmac("sha256", key).update(entry.path).digest("hex").slice(0, 40);
      const sealed = { file: path.join(folder, `${name}.sealed`), key, context: entry.path };
      const part = await openSealed(sealed);
      if (part === undefined) {
        yield* sealing(sealed, entry.bytes(signal));
        return;
      }
      kept += 1;
      let size = 0;
      try {
        for await (const chunk of readSealed(part)) {
          size += chunk.length;
          yield chunk;
        }
        entry.skip(size);
      } catch (error) {
        // Unreadable: the next run makes it anew.
        await rm(sealed.file, { force: true });
        throw error;
      } finally {
        await part.handle.close();
      }
    },
  };
}
