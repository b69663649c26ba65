/**
 * The last look at a package's paths, by whoever builds it: nothing that a builder gives leads out of the folder into
 * which it is unpacked, and no two are one file on a system that knows no case or no NFD. @clause DD.2
 */
import { fault } from "./errors.ts";
import { foldPath } from "./safe-path.ts";

const MOST_BYTES = 1_024;
const CONTROLS = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/**
 * A check that remembers: ask it for every path in turn.
 * @throws EXPORT_BAD_PATH with the number of the file, never its name
 */
export function pathCheck(): (path: string) => void {
  const files = new Set<string>();
  const folders = new Set<string>();
  return (path) => {
    const folded = foldPath(path);
    const parents = foldersOf(folded);
    const bad =
      !isWithin(path) ||
      files.has(folded) ||
      folders.has(folded) ||
      parents.some((folder) => files.has(folder));
    if (bad) throw fault("EXPORT_BAD_PATH", { clause: "DD.2", place: `file ${files.size + 1}` });
    files.add(folded);
    for (const folder of parents) folders.add(folder);
  };
}

function isWithin(path: string): boolean {
  if (path.includes("\\") || CONTROLS.test(path) || /^[A-Za-z]:/.test(path)) return false;
  if (Buffer.byteLength(path) > MOST_BYTES || path !== path.normalize("NFC")) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
