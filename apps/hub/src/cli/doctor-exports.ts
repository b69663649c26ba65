/** What `preau doctor` finds about handing data out. @clause DD.2, S8, D10.1a */
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import type { Config } from "../config.ts";
import type { Finding } from "./doctor-command.ts";

/** Nothing where no LMS is named: then there is nothing to hand out. */
export function exportFindings(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): readonly Finding[] {
  const { lms } = config;
  if (lms.length === 0) return [];
  const servers = lms.filter(({ database }) => !database.startsWith("sqlite:")).length;
  return [
    ...(servers === 0 ? [] : [dumpTool(environment)]),
    ...(lms.some(({ kind }) => kind === "moodle") ? [contentFiles(config)] : []),
    ...packagesClosed(config),
  ];
}

/** @clause S8 */
function dumpTool(environment: Readonly<Record<string, string | undefined>>): Finding {
  const found = ["mariadb-dump", "mysqldump"].find((name) => isOnPath(name, environment["PATH"] ?? ""));
  return {
    check: "database dumps",
    result: found === undefined ? "WARN" : "PASS",
    evidence: found === undefined ? "neither mariadb-dump nor mysqldump is found" : found,
    remedy:
      "Install the MariaDB client (Debian: mariadb-client-core): a whole database cannot be given back without it (S8).",
  };
}

/** @clause D10.1a, DD.2 */
function contentFiles({ lms, folder }: Config): Finding {
  const moodles = lms.filter(({ kind }) => kind === "moodle");
  const without = moodles.filter(
    ({ moodledata }) =>
      moodledata === undefined || !isFolder(path.join(path.resolve(folder, moodledata), "filedir")),
  );
  return {
    check: "content files",
    result: without.length === 0 ? "PASS" : "WARN",
    evidence:
      without.length === 0
        ? `${moodles.length} Moodle, each with its files`
        : `not reached: ${without.map(({ id }) => id).join(", ")}`,
    remedy:
      "Set lms[].moodledata to the folder that holds filedir: copies and archives lack their files until then (D10.1a, DD.2).",
  };
}

/** Packages that wait to be fetched are sealed; the folder is closed to others all the same. */
function packagesClosed({ data, plugins }: Config): readonly Finding[] {
  const { folder } = (plugins["data-export"] ?? {}) as { readonly folder?: unknown };
  const place = typeof folder === "string" && folder !== "" ? folder : path.join(data, "exports");
  const there = statSync(place, { throwIfNoEntry: false });
  if (there === undefined) return [];
  const open = (there.mode & 0o077) !== 0;
  return [
    {
      check: "exports",
      result: open ? "FAIL" : "PASS",
      evidence: open ? "open to other users" : "closed to other users",
      remedy: "Run chmod 700 on the folder of exports.",
    },
  ];
}

function isOnPath(name: string, folders: string): boolean {
  return folders.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return folder !== "";
    } catch {
      return false;
    }
  });
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
