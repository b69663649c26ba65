/** Where an order's files lie: a folder of its own, for this user alone, named by its opaque id. */
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fault } from "./errors.ts";
import type { ExportId } from "./export-order.ts";
import type { ExportOptions } from "./options.ts";
import { MAKING } from "./spool-sealed-file.ts";
import { onDisk } from "./write-package-file.ts";

/** @throws EXPORT_NO_FOLDER */
function folderOf({ folder }: Pick<ExportOptions, "folder">, id: ExportId): string {
  if (folder === "") throw fault("EXPORT_NO_FOLDER");
  return path.join(folder, id);
}

export function packageFile(options: Pick<ExportOptions, "folder">, id: ExportId): string {
  return path.join(folderOf(options, id), "package.sealed");
}

/** The folder of an order's parts, made now; what an earlier run left half done is taken away. @throws EXPORT_NO_FOLDER, EXPORT_DISK_FULL, EXPORT_FILE_UNWRITABLE */
export async function makeParts(options: Pick<ExportOptions, "folder">, id: ExportId): Promise<string> {
  const parts = path.join(folderOf(options, id), "parts");
  await onDisk(() => mkdir(parts, { recursive: true, mode: 0o700 }));
  for (const folder of [path.dirname(parts), parts])
    for (const name of await readdir(folder))
      if (name.endsWith(MAKING)) await rm(path.join(folder, name), { force: true });
  return parts;
}

export async function removeParts(options: Pick<ExportOptions, "folder">, id: ExportId): Promise<void> {
  await rm(path.join(folderOf(options, id), "parts"), { recursive: true, force: true });
}

/** All that lies there of an order. Doing it twice is doing it once. */
export async function removeFiles(options: Pick<ExportOptions, "folder">, id: ExportId): Promise<void> {
  if (options.folder !== "") await rm(folderOf(options, id), { recursive: true, force: true });
}

/** Orders that have files. */
export async function ordersOnDisk({ folder }: Pick<ExportOptions, "folder">): Promise<readonly ExportId[]> {
  if (folder === "") return [];
  const names: readonly string[] = await readdir(folder).catch(() => []);
  return names.filter(isId);
}

function isId(name: string): name is ExportId {
  return /^exp_[0-9a-z]{26}$/.test(name);
}
