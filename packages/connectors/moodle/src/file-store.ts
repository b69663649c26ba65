/**
 * Moodle's file store: one file a content, named by its SHA-1, in `filedir/ab/cd/abcd…`, and the same in `trashdir` for a
 * while after Moodle drops it. Rows of `files` point at contents; a content goes when its last row is gone.
 */
import type { Dirent } from "node:fs";
import { access, constants, readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "./errors.ts";

export const FILEDIR = "moodledata/filedir";

export interface FileStore {
  /** Those of the contents that are there, in filedir or trashdir. */
  present(hashes: readonly string[]): Promise<readonly string[]>;
  /** Removes one content wherever it is; false when it was nowhere. */
  remove(hash: string): Promise<boolean>;
  /** Paths of all contents. */
  contents(): AsyncGenerator<string>;
}

/**
 * Opens the file store.
 * @param moodledata `$CFG->dataroot`, or the folder that is its `filedir`
 * @throws MOODLE_NO_FILE_STORE
 */
export async function openFileStore(moodledata: string): Promise<FileStore> {
  const inside = join(moodledata, "filedir");
  const filedir = (await isFolder(inside)) ? inside : moodledata;
  try {
    await access(filedir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw fault("MOODLE_NO_FILE_STORE", { cause });
  }
  const folders = [filedir, join(moodledata, "trashdir")];
  const pathsOf = (hash: string) =>
    /^[0-9a-f]{40}$/.test(hash)
      ? folders.map((folder) => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash))
      : [];
  return {
    present: async (hashes) => {
      const found: string[] = [];
      for (const hash of hashes) {
        const there = await Promise.all(pathsOf(hash).map(isFile));
        if (there.includes(true)) found.push(hash);
      }
      return found;
    },
    remove: async (hash) => {
      const removed = await Promise.all(pathsOf(hash).map(removeFile));
      return removed.includes(true);
    },
    contents: async function* () {
      for (const folder of folders) if (await isFolder(folder)) yield* filesUnder(folder);
    },
  };
}

async function* filesUnder(folder: string): AsyncGenerator<string> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile() && /^[0-9a-f]{40}$/.test(entry.name)) yield path;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return false;
    throw error;
  }
}
