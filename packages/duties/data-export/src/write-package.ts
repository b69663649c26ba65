/**
 * A package as one file. Nothing stands under the final name before it is whole: it is written beside it as NAME.part, for
 * its owner alone.
 * @clause DD.2, S8, D10.1a
 */

import type { PackageContent } from "./package-content.ts";
import { type PackageOptions, packageBytes } from "./write-package-bytes.ts";
import { writeFileWhole } from "./write-package-file.ts";

export interface WriteOptions extends PackageOptions {
  /** The final file, with its ending: see `packageEnding`. */
  readonly out: string;
  /** Replaces a file that is there; never follows a link. */
  readonly overwrite?: boolean;
}

export interface WrittenPackage {
  readonly file: string;
  /** Of the file, and the SHA-256 of it in hexadecimal. */
  readonly bytes: number;
  readonly sha256: string;
  /** Files within, manifest and sums among them. */
  readonly entries: number;
}

/**
 * Writes it whole or leaves nothing.
 * @throws EXPORT_BAD_PATH, EXPORT_DISK_FULL, EXPORT_FILE_EXISTS, EXPORT_FILE_UNWRITABLE, KEYS_AGE_RECIPIENT, the faults of
 *   the entries, and the signal's reason
 * @clause DD.2, S8
 */
export async function writePackage(content: PackageContent, options: WriteOptions): Promise<WrittenPackage> {
  const { out, overwrite, signal, onProgress } = options;
  let entries = 0;
  const stop = new AbortController();
  const bytes = () =>
    packageBytes(content, {
      ...options,
      signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
      onProgress: (progress) => {
        entries = progress.entries;
        onProgress?.(progress);
      },
    });
  const written = await writeFileWhole({ out, overwrite, signal }, bytes).catch((error: unknown) => {
    stop.abort(); // what is still read for it, a program that dumps, ends with it
    throw error;
  });
  onProgress?.({ stage: "done", entries, bytes: written.bytes });
  return { ...written, entries };
}
