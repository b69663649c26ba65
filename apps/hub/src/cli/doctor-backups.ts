/** What `preau doctor` finds about backups, and about the list of whom to erase again after a restore. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { durationOf } from "@preau/agreement";
import { backupsOptions, openReplayList } from "@preau/backups";
import { isFault } from "@preau/kernel";
import type { Config } from "../config.ts";
import type { Hub } from "../hub.ts";
import type { Finding } from "./doctor-command.ts";

/** @clause D12.3 */
export function backupFindings(config: Config): readonly Finding[] {
  // What is wrong in the file is said where the hub opens it.
  const stores = backupsOptions.safeParse(config.plugins["backups"] ?? {}).data?.stores ?? [];
  return [
    placeOfList(
      config,
      stores.flatMap(({ folder, restic }) => folder ?? restic ?? []),
    ),
    ...stateOfList(config.replayFolder),
    {
      check: "backup stores",
      result: stores.length === 0 ? "WARN" : "PASS",
      evidence: `${stores.length} configured`,
      remedy:
        "Name them under plugins.backups.stores in preau.yaml: receipts then say when the last copy is gone, not only when it must be.",
    },
  ];
}

/** A restore of the data would bring back an older list with it, or none. */
function placeOfList(config: Config, backups: readonly string[]): Finding {
  const list = real(config.replayFolder);
  const files = [config.databaseUrl, config.keysUrl, ...config.lms.map(({ database }) => database)].flatMap(
    (url) => {
      const file = /^sqlite:(?!:memory:)(.+)$/.exec(url)?.[1];
      return file === undefined ? [] : [path.dirname(path.resolve(config.data, file))];
    },
  );
  const places: readonly (readonly [string, string])[] = [
    ["the data folder", config.data],
    ...files.map((folder) => ["the folder of a database", folder] as const),
    ...backups.map((folder) => ["a backup store", path.resolve(config.folder, folder)] as const),
  ];
  const inside = places.find(([, folder]) => isInside(list, real(folder)));
  return {
    check: "replay list's place",
    result: inside === undefined ? "PASS" : "FAIL",
    evidence: inside === undefined ? "apart from what it protects" : `in ${inside[0]}`,
    remedy:
      "Set PREAU_REPLAY_LIST to a folder that no backup of the data holds, and move the whole folder there (D12.3).",
  };
}

function stateOfList(folder: string): readonly Finding[] {
  const check = "replay list";
  const remedy = "Put the last good copy of its whole folder in place (docs/backups.md).";
  if (statSync(folder, { throwIfNoEntry: false }) === undefined)
    return [{ check, result: "WARN", evidence: "not there yet", remedy: "It is made at the first erasure." }];
  const open = ["", ...readdirSync(folder)].some(
    (name) => process.platform !== "win32" && (statSync(path.join(folder, name)).mode & 0o077) !== 0,
  );
  const rights: Finding = {
    check: "replay list's rights",
    result: open ? "FAIL" : "PASS",
    evidence: open ? "open to other users" : "closed to other users",
    remedy: "Run chmod 700 on its folder and chmod 600 on its files.",
  };
  try {
    const { entries, unsettled } = openReplayList(folder).count();
    return [
      rights,
      { check, result: "PASS", evidence: `${entries} entries, ${unsettled} without a day yet` },
    ];
  } catch (error) {
    const code = isFault(error) ? error.code : "UNEXPECTED";
    return [rights, { check, result: "FAIL", evidence: code, remedy }];
  }
}

/**
 * A store that documents a longer delay than the agreement gives: every erasure there will be late. The journal's is that
 * of its key store's backups, whose time is another.
 * @figure D12.2
 */
export function delayFindings({ agreement, ports }: Hub): readonly Finding[] {
  const { amount, unit } = durationOf(agreement, "D12.2");
  return [...ports.sources.values()]
    .map(({ source }) => source.describe())
    .filter(({ id }) => id !== "journal")
    .map(({ id, documentedDelayHours: hours }) => ({
      check: "erasure in time",
      result: hours === "unknown" ? "WARN" : unit === "hours" && hours > amount ? "FAIL" : "PASS",
      evidence: `${id} documents ${hours === "unknown" ? "no delay" : `${hours} h`}; D12.2 gives ${amount} ${unit}`,
      remedy:
        "Ask the operator of that store for a shorter delay in writing, store less there, or amend the agreement's figure.",
    }));
}

function isInside(place: string, folder: string): boolean {
  const relative = path.relative(folder, place);
  return relative === "" || !(relative.startsWith("..") || path.isAbsolute(relative));
}

/** Where it really is: a link may lead into a backup. The nearest folder that is there decides. */
function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(real(parent), path.basename(folder));
  }
}
