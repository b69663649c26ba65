/**
 * A folder of dumps: what each file's name and time tell. A name with a day tells that the dump began on that day; without
 * one, the file's own time tells when it ended, and it may have begun up to a day before.
 */
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { type Place, startOfDay } from "@preau/calendar";
import { addHours, addMillis, type Instant, instant } from "@preau/kernel";
import type { BackupState, SeenBackup } from "./backup.ts";
import { fault } from "./errors.ts";
import { type NamedBackup, readFileName } from "./file-names.ts";
import { verifyDump } from "./verify-dump.ts";

export interface SeenStore {
  readonly backups: readonly SeenBackup[];
  /** What stands there and is understood by nobody. */
  readonly notRecognised: readonly string[];
}

export interface DumpFolder {
  readonly folder: string;
  readonly pattern?: RegExp;
  readonly place: Place;
  /** Reads every dump to its end; otherwise only whether it is empty. */
  readonly verify: boolean;
}

const DUMPS = /\.(?:sql|dump|dmp|sqlite3?|db|tar|tgz|tzst|gz|zst|xz|bz2|zip|7z|age|gpg|bak|mbs|xb)$/i;
/** Checksums and signatures that stand beside a dump. */
const COMPANIONS = /\.(?:sha256|sha512|sha1|md5|asc|sig|minisig)$/i;
const DEEPEST = 6;
const HOURS_OF_A_DUMP = 24;

/** @throws BACKUPS_STORE_UNREADABLE when the folder itself cannot be read */
export async function readDumpFolder(options: DumpFolder): Promise<SeenStore> {
  const files: string[] = [];
  const notRecognised: string[] = [];
  await walk(options.folder, "", { files, notRecognised }, 0);
  const groups = new Map<string, { readonly named: NamedBackup; readonly files: string[] }>();
  for (const file of files) {
    if (COMPANIONS.test(file)) continue;
    const named = readFileName(file, options.pattern);
    const isDump =
      options.pattern !== undefined || DUMPS.test(file) || (named !== undefined && named.id !== file);
    if (named === undefined || !isDump) notRecognised.push(file);
    else groups.set(named.id, { named, files: [...(groups.get(named.id)?.files ?? []), file] });
  }
  const backups: SeenBackup[] = [];
  for (const { named, files: parts } of groups.values())
    backups.push(await seenBackup(options, named, parts));
  return { backups, notRecognised };
}

async function walk(
  folder: string,
  below: string,
  into: { readonly files: string[]; readonly notRecognised: string[] },
  depth: number,
): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(path.join(folder, below), { withFileTypes: true });
  } catch (cause) {
    if (below === "") throw fault("BACKUPS_STORE_UNREADABLE", { place: folder, clause: "DD.1", cause });
    into.notRecognised.push(`${below}/`);
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isFile()) into.files.push(name);
    else if (entry.isDirectory() && depth < DEEPEST) await walk(folder, name, into, depth + 1);
    else if (!entry.isSymbolicLink()) into.notRecognised.push(name); // a link ("latest") stands for what is there anyway
  }
}

async function seenBackup(
  { folder, place, verify }: DumpFolder,
  named: NamedBackup,
  parts: readonly string[],
): Promise<SeenBackup> {
  let [bytes, latest] = [0, 0];
  const states: BackupState[] = [];
  for (const part of parts) {
    const file = path.join(folder, part);
    const found = await stat(file).catch(() => undefined);
    bytes += found?.size ?? 0;
    latest = Math.max(latest, found?.mtimeMs ?? 0);
    if (found === undefined) states.push("unreadable");
    else if (verify) states.push(await verifyDump(file));
    else states.push(found.size === 0 ? "empty" : "whole");
  }
  const { startedAt, endedAt } = timesOf(named, instant(Math.floor(latest)), place);
  return {
    id: named.id,
    startedAt,
    endedAt,
    bytes,
    state: worst(states, bytes),
    ...(named.generation === undefined ? {} : { generation: named.generation }),
    ...(named.kind === undefined ? {} : { kind: named.kind }),
  };
}

/** A copied folder has the times of its copying: the file's time counts where it fits the name. */
function timesOf(
  { date, time, isUtc }: NamedBackup,
  modifiedAt: Instant,
  place: Place,
): Pick<SeenBackup, "startedAt" | "endedAt"> {
  if (date === undefined) return { startedAt: addHours(modifiedAt, -HOURS_OF_A_DUMP), endedAt: modifiedAt };
  const midnight = startOfDay(place.zone, date);
  const startedAt =
    time === undefined ? midnight : isUtc ? instant(`${date}T${time}.000Z`) : addTime(midnight, time);
  const fits = modifiedAt >= startedAt && modifiedAt <= addHours(startedAt, 2 * HOURS_OF_A_DUMP);
  if (fits) return { startedAt, endedAt: modifiedAt };
  return { startedAt, endedAt: time === undefined ? addMillis(addHours(midnight, 24), -1) : startedAt };
}

function addTime(midnight: Instant, time: string): Instant {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return addMillis(midnight, ((hours * 60 + minutes) * 60 + seconds) * 1_000);
}

/** Of a backup of several files: one empty marker among them is no empty backup. */
function worst(states: readonly BackupState[], bytes: number): BackupState {
  if (bytes === 0) return states.includes("unreadable") ? "unreadable" : "empty";
  const order: readonly BackupState[] = ["truncated", "unreadable", "notVerified"];
  const found = order.find((state) => states.includes(state));
  return found ?? (states.length === 1 ? (states[0] ?? "whole") : "whole");
}
