/**
 * Moodle's data folder, read only: what of it is the client's, file by file. A link is never followed, since a plugin could
 * lay one to anything that this service may read; `filedir` alone may be one, as it often is another disk: of it only
 * files of the shape of a content are given.
 */
import { constants, type Dirent } from "node:fs";
import { access, lstat, open, readdir, realpath } from "node:fs/promises";
import path from "node:path";
import type { RecordFile } from "@preau/kernel";
import { fault } from "./errors.ts";

/** Folders in which Moodle works, by docs.moodle.org “Moodledata directory”; none is part of what a client put in. */
const WORKING = new Set([
  ...["antivirus_quarantine", "cache", "localcache", "localrequest", "lock", "muc", "phpunit", "behat"],
  ...["secret", "sessions", "temp", "trashdir"],
]);
const HASH = /^[0-9a-f]{40}$/;
const CHUNK = 1 << 18;
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

export interface DataFolder {
  /** Folders that are there and are not given. */
  readonly leftOut: readonly string[];
  /** Where a content stands, within. */
  pathOf(hash: string): string;
  holds(hash: string): Promise<boolean>;
  /** Every file, folder by folder, by name. What is neither file nor folder comes as `missing`. */
  files(signal?: AbortSignal): AsyncGenerator<RecordFile>;
}

/**
 * Opens it.
 * @param moodledata `$CFG->dataroot`, or the folder that is its `filedir`
 * @throws MOODLE_NO_FILE_STORE
 */
export async function openDataFolder(moodledata: string): Promise<DataFolder> {
  const { root, filedir, names } = await look(moodledata);
  const folders = names.filter((name) => name !== "filedir" && !WORKING.has(name));
  const pathOf = (hash: string) => `filedir/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
  const at = (hash: string) => path.join(filedir, hash.slice(0, 2), hash.slice(2, 4), hash);
  return {
    leftOut: names.filter((name) => WORKING.has(name)),
    pathOf,
    holds: async (hash) => HASH.test(hash) && (await isFile(at(hash))),
    files: async function* (signal) {
      for await (const file of filesUnder({ real: filedir, named: "filedir" }, signal)) {
        const hash = path.basename(file.name);
        if (HASH.test(hash) && file.name === pathOf(hash)) yield file;
      }
      for (const name of folders) yield* filesUnder({ real: path.join(root, name), named: name }, signal);
    },
  };
}

async function look(moodledata: string) {
  try {
    const root = await realpath(moodledata);
    const entries = await readdir(root, { withFileTypes: true });
    const inside = entries.find(({ name }) => name === "filedir");
    const filedir = inside === undefined ? root : await realpath(path.join(root, "filedir"));
    await access(filedir, constants.R_OK | constants.X_OK);
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    return { root, filedir, names: inside === undefined ? [] : names.sort() };
  } catch (cause) {
    throw fault("MOODLE_NO_FILE_STORE", { cause });
  }
}

interface Place {
  /** On the disk, every link resolved. */
  readonly real: string;
  /** Within the archive, with `/`. */
  readonly named: string;
}

async function* filesUnder({ real, named }: Place, signal?: AbortSignal): AsyncGenerator<RecordFile> {
  signal?.throwIfAborted();
  for (const entry of await entriesOf(real)) {
    const place = { real: path.join(real, entry.name), named: `${named}/${entry.name}` };
    if (entry.isDirectory()) yield* filesUnder(place, signal);
    else if (entry.isFile()) {
      const found = await lstat(place.real).catch(() => undefined);
      // Gone since the folder was read: Moodle's own work on a site that is open.
      if (found?.isFile() === true)
        yield { name: place.named, size: found.size, bytes: () => read(place, signal) };
    } else yield { name: place.named, notGiven: "missing", bytes: nothing };
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (cause) {
    if ((cause as { code?: unknown }).code === "ENOENT") return [];
    throw fault("MOODLE_FILE_UNREADABLE", { place: "folder", cause });
  }
}

async function* read({ real }: Place, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((cause: unknown) => {
    throw fault("MOODLE_FILE_UNREADABLE", { place: "file", cause });
  });
  try {
    // A folder above it may have become a link since it was read.
    if ((await realpath(real)) !== real || !(await handle.stat()).isFile())
      throw fault("MOODLE_FILE_UNREADABLE", { place: "file" });
    for (;;) {
      signal?.throwIfAborted();
      const buffer = Buffer.allocUnsafe(CHUNK);
      const { bytesRead } = await handle.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function isFile(file: string): Promise<boolean> {
  return lstat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

// biome-ignore lint/suspicious/useAwait: a stream of nothing
async function* nothing(): AsyncGenerator<Uint8Array> {}
