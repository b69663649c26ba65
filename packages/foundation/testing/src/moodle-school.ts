/** The populated Moodle 4.5 school of the shared fixtures on a server of its own, as schema `moodle`. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type MariaDb, mariaDbSkipReason, startMariaDb } from "./mariadb-server.ts";

const run = promisify(execFile);
const shared = process.env["PREAU_SHARED"] ?? join(import.meta.dirname, "../../../../../shared");

/** Holds `database.sql.gz`, `filedir.tar.gz` and the list of columns that refer to a user. */
export const moodleSchoolFolder: string = join(shared, "fixtures/moodle-4.5-school");
const DUMP = join(moodleSchoolFolder, "database.sql.gz");

/** Why the school cannot be loaded here; undefined when it can. Under CI a missing part is a failure of its own. */
export function moodleSchoolSkipReason(): string | undefined {
  if (existsSync(DUMP)) return mariaDbSkipReason();
  return "the populated Moodle school is not there (PREAU_SHARED names the folder that holds fixtures/)";
}

/**
 * Starts a server that holds the school, in a second; the first call in a checkout loads the dump, in about 8. Whatever a
 * test changes is its own. The caller stops the server.
 * @param options `extraArgs` of the server; without, nothing of it survives a crash
 */
export async function startMoodleSchool(
  options: { readonly extraArgs?: readonly string[] } = {},
): Promise<MariaDb> {
  const hash = createHash("sha256").update(readFileSync(DUMP)).digest("hex").slice(0, 16);
  const server = await startMariaDb({
    extraArgs: options.extraArgs ?? [
      "--innodb-doublewrite=0",
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-buffer-pool-size=256M",
    ],
    template: { name: `moodle-4.5-school-plain-${hash}`, fill: (empty) => loadMoodleSchool(empty, true) },
  });
  if (server === undefined) throw new Error("MariaDB is not installed");
  return server;
}

/**
 * Loads the dump into a new schema `moodle` of a server.
 * @param plain its pages as they are: to compress them, as Moodle does, takes longer than all the rest, and changes no row
 */
export async function loadMoodleSchool(server: MariaDb, plain = false): Promise<void> {
  await server.sql("CREATE DATABASE moodle");
  const pages = plain ? " | LC_ALL=C sed 's/ ROW_FORMAT=COMPRESSED//'" : "";
  const command = `zcat "$0"${pages} | mariadb --no-defaults --socket="$1" --user=root moodle`;
  await run("/bin/sh", ["-c", command, DUMP, server.socket]);
}
