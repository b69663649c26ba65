/** The program that dumps a MariaDB or MySQL database, where one is installed. */
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { fault } from "./errors.ts";

const PROGRAMS = ["mariadb-dump", "mysqldump"] as const;

/** Of GNU's coreutils: lets a program write pieces of 64 KiB, where it would write 4 KiB, to a fifth of the cost. */
const BUFFERED = ["stdbuf", "-o", "64K"] as const;

/** Of the system's own packages: what somebody put first in `PATH` is not started with a password. */
export const STANDARD_FOLDERS: string = [
  ...["/usr/bin", "/usr/local/bin", "/usr/local/mysql/bin"],
  ...["/opt/homebrew/bin", "/opt/homebrew/opt/mysql-client/bin"],
].join(path.delimiter);

export interface DumpTool {
  readonly program: string;
  /** The program that starts it, and its arguments; empty where there is none. It becomes the other, under the same id. */
  readonly starter: readonly string[];
  /** MySQL's own has other options for TLS. */
  readonly kind: "mariadb" | "mysql";
}

/**
 * Looks in the folders of a search path, MariaDB's program first: it reads either server.
 * @throws DATABASE_NO_DUMP_TOOL
 */
export async function findDumpTool(searchPath: string, place: string): Promise<DumpTool> {
  const folders = searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const name of PROGRAMS) {
    for (const folder of folders) {
      const program = path.join(folder, name);
      if (!(await isProgram(program))) continue;
      const version = await versionOf(program);
      if (version === undefined) continue;
      const kind = /mariadb/i.test(version) ? "mariadb" : "mysql";
      return { program, kind, starter: await starterIn(folders) };
    }
  }
  throw fault("DATABASE_NO_DUMP_TOOL", { place });
}

async function starterIn(folders: readonly string[]): Promise<readonly string[]> {
  const [name, ...options] = BUFFERED;
  for (const folder of folders) {
    const program = path.join(folder, name);
    if (await isProgram(program)) return [program, ...options];
  }
  return [];
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Undefined for what does not run. */
async function versionOf(program: string): Promise<string | undefined> {
  return promisify(execFile)(program, ["--no-defaults", "--version"], {
    env: {},
    timeout: 10_000,
    killSignal: "SIGKILL",
  }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}
