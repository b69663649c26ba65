/**
 * Data folders that are made once and copied for each server that starts from them: loading a school takes 15 s, copying
 * its folder less than one. They stand in the project's cache, by the hash of what they were made from.
 */
import { execFile } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const CACHE = join(import.meta.dirname, "../../../../node_modules/.cache/preau/mariadb");

/** The folder kept under that name, made by `make` when there is none; of several processes one makes it. */
export async function keptFolder(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, `${name}-${process.getuid?.() ?? 0}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const release = await lock(`${folder}.lock`);
  try {
    if (existsSync(folder)) return folder;
    const half = `${folder}.half`;
    rmSync(half, { recursive: true, force: true });
    await make(half);
    renameSync(half, folder);
    return folder;
  } finally {
    release();
  }
}

/** Copies a folder with its owners, sharing blocks where the file system can. */
export async function copyFolder(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  const linux = process.platform === "linux" ? ["--reflink=auto", "--sparse=always"] : [];
  await run("cp", ["-Rp", ...linux, from, to]);
}

/** Waits for whoever holds it; one who died holding it holds it no longer. */
async function lock(file: string): Promise<() => void> {
  for (;;) {
    try {
      const descriptor = openSync(file, "wx");
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    await wait(100);
    if (!holderLives(file)) rmSync(file, { force: true });
  }
}

function holderLives(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return pid === 0 || process.kill(pid, 0); // 0: it has only just made the file
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}
