/** The populated Moodle school of the fixtures, loaded into a private MariaDB. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type MariaDb, mariaDbSkipReason, startMariaDb } from "@preau/testing";

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL("../../../../shared/fixtures/moodle-4.5-school/", import.meta.url));

/** Why the school cannot be loaded here; undefined when it can. Under CI a missing part is an error. */
export function moodleSchoolSkipReason(): string | undefined {
  const missing = existsSync(FOLDER) ? undefined : "../shared/fixtures/moodle-4.5-school is not there";
  const reason = mariaDbSkipReason() ?? missing;
  if (reason !== undefined && process.env["CI"]) throw new Error(reason);
  if (reason !== undefined) process.stderr.write(`skipped: the Moodle school: ${reason}\n`);
  return reason;
}

/** Starts a server and loads the school, in about 10 s on an idle machine. The caller stops the server. */
export async function startMoodleSchool(): Promise<MariaDb> {
  const server = await startMariaDb({
    extraArgs: [
      "--innodb-doublewrite=0",
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-log-file-size=256M",
      "--innodb-buffer-pool-size=256M",
    ],
  });
  if (server === undefined) throw new Error("MariaDB is not installed");
  await server.sql("CREATE DATABASE moodle");
  const load = `zcat "$0/database.sql.gz" | mariadb --no-defaults --socket="$1" --user=root moodle`;
  await run("/bin/sh", ["-c", load, FOLDER, server.socket]);
  return server;
}
