/**
 * Where a copy stands, and that it is the one that was registered. Whatever is registered will one day be removed whole: so
 * nothing else may lie there, and what lies there on that day must be what was measured. @clause S9, S15
 */
import { createHash } from "node:crypto";
import { lstat, readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fault } from "./errors.ts";
import type { Holding, HoldingKind } from "./loading-data.ts";
import { sha256Of } from "./return-or-delete-folder.ts";

export interface Measure {
  readonly bytes: number;
  readonly sha256: string;
}

/** Size and SHA-256: of a file its own, of a folder that of the sorted list of its files' sums. Streamed. */
export async function measureCopy(place: string, kind: Exclude<HoldingKind, "database">): Promise<Measure> {
  if (kind !== "folder")
    return { bytes: (await lstat(place)).size, sha256: `sha256:${await sha256Of(place)}` };
  const list = createHash("sha256");
  let bytes = 0;
  const found = await readdir(place, { recursive: true, withFileTypes: true });
  const files = found
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  for (const file of files.sort()) {
    bytes += (await lstat(file)).size;
    list.update(`${await sha256Of(file)}  ${path.relative(place, file)}\n`);
  }
  return { bytes, sha256: `sha256:${list.digest("hex")}` };
}

/** Device, number and birth: a disk gives a number again, never with the same birth. Undefined when nothing stands there. */
export async function identityOf(place: string): Promise<string | undefined> {
  const known = await lstat(place, { bigint: true }).catch((error: unknown) => absent(error));
  return known && `${known.dev}:${known.ino}:${known.birthtimeNs}`;
}

/** A SQLite database is up to four files. */
export function placesOf({ kind, place }: Pick<Holding, "kind" | "place">): readonly string[] {
  return kind === "sqlite" ? ["", "-wal", "-shm", "-journal"].map((end) => `${place}${end}`) : [place];
}

/** The place without links; of what does not exist, as far as it does. */
async function realPlace(place: string): Promise<string> {
  const known = await realpath(place).catch((error: unknown) => absent(error));
  if (known !== undefined) return known;
  const above = path.dirname(place);
  return above === place ? place : path.join(await realPlace(above), path.basename(place));
}

/**
 * The place to register, real and absolute.
 * @throws RETENTION_HOLDING_BAD for a link, for what holds or lies in another copy or one of the service's own folders, for the
 *   disk's root, a home folder and what this process works in
 */
export async function placeToHold(
  { kind, place }: Pick<Holding, "kind" | "place">,
  { others, forbidden }: { readonly others: readonly Holding[]; readonly forbidden: readonly string[] },
): Promise<string> {
  const bad = (cause?: unknown) => fault("RETENTION_HOLDING_BAD", { place: "place", clause: "S9", cause });
  if (!path.isAbsolute(place)) throw bad();
  const known = await lstat(place).catch((error: unknown) => absent(error));
  if (known?.isSymbolicLink() === true) throw bad();
  const real = await realPlace(path.resolve(place));
  const own = placesOf({ kind, place: real });
  const taken = others.filter((each) => each.kind !== "database").flatMap(placesOf);
  if (taken.some((other) => own.some((each) => touches(each, other)))) throw bad();
  if (await standsInTheWay(real, kind, forbidden)) throw bad();
  return real;
}

/** The disk's root, a home folder, what this process works in, and the service's own folders. */
export async function standsInTheWay(
  real: string,
  kind: HoldingKind,
  forbidden: readonly string[],
): Promise<boolean> {
  const here = await realPlace(process.cwd());
  const home = await realPlace(homedir());
  if (real === path.parse(real).root || contains(real, here) || contains(real, home)) return true;
  if (/^\/(?:home|Users)(?:\/[^/]+)?$/.test(real)) return true;
  const own = placesOf({ kind, place: real });
  for (const each of forbidden) {
    const other = await realPlace(path.resolve(each));
    if (own.some((one) => touches(one, other))) return true;
  }
  return false;
}

/**
 * Is what stands there what was registered? A link on the way leads elsewhere. A hash says it of a file or a folder, what the
 * disk calls it of a database, which changes its bytes by itself, and of what a run that was killed had begun to unlink.
 */
export async function isTheRegistered(holding: Holding): Promise<boolean> {
  const { kind, place, sha256, identity, unlinkingAt } = holding;
  if (kind === "database" || (await realPlace(place)) !== place) return false;
  if (sha256 === undefined || kind === "sqlite" || unlinkingAt !== undefined)
    return identity !== undefined && (await identityOf(place)) === identity;
  const known = await lstat(place);
  if (known.isSymbolicLink() || known.isDirectory() !== (kind === "folder")) return false;
  return (await measureCopy(place, kind)).sha256 === sha256;
}

/** Equal, or one within the other. */
function touches(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}

function contains(outer: string, inner: string): boolean {
  const way = path.relative(outer, inner);
  return way === "" || (way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}

/** @throws whatever says more than that nothing is there */
export function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
    return undefined;
  throw error;
}
