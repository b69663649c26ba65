import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

/** A folder and those above it, for this user alone. Not `recursive`: where no folder can be made, as under /proc, Node would try for ever. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error; // another process made it at the same moment
  }
}
