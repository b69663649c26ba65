/** Where packages go: one file, or a folder with a file each. Looked at before anything is read. */
import { accessSync, constants, lstatSync, statSync } from "node:fs";
import path from "node:path";
import { fault } from "../errors.ts";
import { exportFault } from "./export-faults.ts";

interface Wanted {
  readonly cwd: string;
  readonly out: string | undefined;
  /** Usual names, in order. */
  readonly names: readonly string[];
}

/** A file for each name, absolute; none of them is there yet. Looks, and makes nothing. @throws HUB_BAD_ARGUMENT, EXPORT_FILE_EXISTS, HUB_FILE_UNWRITABLE */
export function chooseDestination({ cwd, out, names }: Wanted): readonly string[] {
  if (out === undefined || out === "") throw fault("HUB_BAD_ARGUMENT", { place: "--out" });
  const place = path.resolve(cwd, out);
  const there = statSync(place, { throwIfNoEntry: false });
  const isFile = there !== undefined && !there.isDirectory();
  const named = /\.(?:zip|age|tar)$/iu.test(place) && there?.isDirectory() !== true;
  if (names.length > 1 && (isFile || named)) throw fault("HUB_BAD_ARGUMENT", { place: "--out DIR" });
  const asFolder = there?.isDirectory() === true || /[\\/]$/u.test(out) || names.length > 1;
  const files = asFolder ? names.map((name) => path.join(place, name)) : [place];
  for (const file of files)
    if (lstatSync(file, { throwIfNoEntry: false }) !== undefined)
      throw exportFault("EXPORT_FILE_EXISTS", { place: path.basename(file) });
  requireWritable(asFolder ? place : path.dirname(place));
  return files;
}

/** The folder, or the nearest one above it that is there. */
function requireWritable(folder: string): void {
  let there = folder;
  while (statSync(there, { throwIfNoEntry: false }) === undefined && path.dirname(there) !== there)
    there = path.dirname(there);
  try {
    if (!statSync(there).isDirectory()) throw fault("HUB_BAD_ARGUMENT", { place: "--out" });
    accessSync(there, constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (cause instanceof Error && "syscall" in cause)
      throw fault("HUB_FILE_UNWRITABLE", { place: "--out", cause });
    throw cause;
  }
}
