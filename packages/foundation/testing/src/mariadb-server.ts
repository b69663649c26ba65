/**
 * A private, throw-away MariaDB: own data folder, own loopback port, no password, nothing shared with the machine's
 * server. Runs as root or not. It dies with the process that started it, however that process ends: a small shell
 * waits at the other end of a pipe, and ends the server and its folder when the pipe breaks.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyFolder, keptFolder } from "./data-folder-template.ts";
import { freePort } from "./free-port.ts";
import { keepClient } from "./mariadb-client.ts";
import { shortTemporaryRoot } from "./temporary-folder.ts";

const run = promisify(execFile);

export interface MariaDbOptions {
  /** More arguments of `mariadbd`, after ours: `["--transaction-isolation=READ-COMMITTED"]`. */
  readonly extraArgs?: readonly string[];
  /** What stands in it from the start: loaded once a checkout, then copied. */
  readonly template?: MariaDbTemplate;
}

export interface MariaDbTemplate {
  /** Changes with whatever `fill` reads. */
  readonly name: string;
  readonly fill: (server: MariaDb) => Promise<void>;
}

export interface MariaDb {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly socket: string;
  readonly user: "root";
  readonly pid: number;
  /** `mysql://root@127.0.0.1:<port>/<schema>`. */
  readonly url: (schema: string) => string;
  /** Runs statements with the command-line client; its output, columns by tabs, without a header. */
  readonly sql: (statements: string, schema?: string) => Promise<string>;
  /** A new empty database of its own, utf8mb4. */
  readonly freshSchema: () => Promise<Schema>;
  /** As `sql`, through a client that stays: no process is started for it. */
  readonly ask: (statements: string) => Promise<string>;
  /** Where its data stands, for a copy after `shutDown`. */
  readonly dataFolder: string;
  /** Ends it and keeps the folder until `stop`. */
  readonly shutDown: () => Promise<void>;
  /** SIGTERM, SIGKILL after 10 s, and the folder is gone. */
  readonly stop: () => Promise<void>;
}

export interface Schema {
  readonly name: string;
  readonly url: string;
  readonly drop: () => Promise<void>;
}

const PROGRAMS = { server: ["mariadbd", "mysqld"], install: ["mariadb-install-db"], client: ["mariadb"] };

/** Why no MariaDB can be started here; undefined when one can. */
export function mariaDbSkipReason(): string | undefined {
  const missing = Object.values(PROGRAMS).find((names) => locate(names) === undefined);
  if (missing === undefined) return undefined;
  return `${missing[0] ?? ""} is not installed (Debian: mariadb-server-core, mariadb-client-core)`;
}

/** Starts a server of its own, in 0.2 s; undefined where MariaDB is not installed. The caller stops it. */
export async function startMariaDb(options: MariaDbOptions = {}): Promise<MariaDb | undefined> {
  const server = locate(PROGRAMS.server);
  const install = locate(PROGRAMS.install);
  const client = locate(PROGRAMS.client);
  if (server === undefined || install === undefined || client === undefined) return undefined;

  const folder = mkdtempSync(join(shortTemporaryRoot(), "mdb-"));
  const data = join(folder, "d");
  const socket = join(folder, "s");
  const errorLog = join(folder, "error.log");
  const runAs = await accountOption(folder);
  const port = await freePort();
  const guard = guardFolder(folder);
  await prepareData();
  const child = spawnServer();
  guard.watch(child);
  await untilItAnswers(socket, child, errorLog);

  const sql = async (statements: string, schema?: string) => {
    const args = ["--no-defaults", `--socket=${socket}`, "--user=root", "--batch", "--skip-column-names"];
    const call = run(client, [...args, ...(schema === undefined ? [] : [schema])], { maxBuffer: 64 << 20 });
    call.child.stdin?.end(statements);
    return (await call).stdout;
  };
  const schemas = keepClient(client, socket);
  const url = (schema: string) => `mysql://root@127.0.0.1:${port}/${schema}`;

  return {
    host: "127.0.0.1",
    port,
    socket,
    user: "root",
    pid: child.pid ?? 0,
    url,
    sql,
    ask: (statements) => schemas.run(statements),
    freshSchema: async () => {
      const name = `t_${randomBytes(8).toString("hex")}`;
      await schemas.run(`CREATE DATABASE ${name}`);
      return {
        name,
        url: url(name),
        drop: async () => {
          await schemas.run(`DROP DATABASE IF EXISTS ${name}`);
        },
      };
    },
    dataFolder: data,
    shutDown: () => terminate(child),
    stop: async () => {
      schemas.end();
      await terminate(child);
      rmSync(folder, { recursive: true, force: true });
      guard.release();
    },
  };

  /** A copy of the template's folder, which is itself one of an empty server's. */
  async function prepareData(): Promise<void> {
    try {
      await copyFolder(await templateFolder(options.template, server ?? "", install ?? ""), data);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error("the data folder of MariaDB could not be made", { cause: error });
    }
  }

  function spawnServer(): ChildProcess {
    const places = [
      `--datadir=${data}`,
      `--tmpdir=${folder}`,
      `--socket=${socket}`,
      `--pid-file=${folder}/pid`,
      `--log-error=${errorLog}`,
    ];
    const args = [
      "--no-defaults",
      ...places,
      `--port=${port}`,
      ...runAs,
      ...SETTINGS,
      ...(options.extraArgs ?? []),
    ];
    const spawned = spawn(server ?? "", args, { stdio: "ignore", detached: true });
    spawned.unref();
    return spawned;
  }
}

/** The kept data folder to start from. */
async function templateFolder(
  template: MariaDbTemplate | undefined,
  server: string,
  install: string,
): Promise<string> {
  const version = /\d[\w.]+/.exec((await run(server, ["--no-defaults", "--version"])).stdout)?.[0] ?? "";
  const empty = await keptFolder(`empty-${version}`, (path) => installInto(path, install));
  if (template === undefined) return empty;
  return keptFolder(`${template.name}-${version}`, async (path) => {
    const loading = await startMariaDb({ extraArgs: LOADING });
    if (loading === undefined) throw new Error("MariaDB is not installed");
    try {
      await template.fill(loading);
      await loading.shutDown();
      await copyFolder(loading.dataFolder, path);
    } finally {
      await loading.stop();
    }
  });
}

/** Nothing of a template needs to survive a crash while it is made: it would be made again. */
const LOADING = [
  "--innodb-doublewrite=0",
  "--innodb-flush-log-at-trx-commit=0",
  "--innodb-flush-method=nosync",
  "--innodb-buffer-pool-size=256M",
];

async function installInto(data: string, install: string): Promise<void> {
  const folder = mkdtempSync(join(shortTemporaryRoot(), "mdb-"));
  try {
    const runAs = await accountOption(folder);
    const made = join(folder, "d");
    const args = [
      "--no-defaults",
      `--datadir=${made}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      "--innodb-log-file-size=8M",
    ];
    // A server that starts clears what it takes for its own temporary tables: never a folder shared with another.
    await run(install, [...args, ...runAs], { env: { ...process.env, TMPDIR: folder } });
    await copyFolder(made, data);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SETTINGS = [
  "--bind-address=127.0.0.1",
  "--character-set-server=utf8mb4",
  "--collation-server=utf8mb4_unicode_ci",
  "--default-time-zone=+00:00",
  "--sql-mode=STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY",
  "--innodb-buffer-pool-size=64M",
  "--innodb-flush-log-at-trx-commit=2",
  "--innodb-log-file-size=48M",
  "--max-allowed-packet=64M",
  "--skip-name-resolve",
  "--performance-schema=0",
];

function locate(names: readonly string[]): string | undefined {
  const folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];
  return names.flatMap((name) => folders.map((each) => join(each, name))).find((file) => existsSync(file));
}

/** mariadbd refuses to be root by accident: as root it runs as `mysql`, or, without that account, as root by order. */
async function accountOption(folder: string): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) return [];
  try {
    const [user, group] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, "mysql"])));
    chownSync(folder, Number(user?.stdout), Number(group?.stdout));
    return ["--user=mysql"];
  } catch {
    return ["--user=root"];
  }
}

/** The watching shell: when our end of the pipe is gone and nobody said `stopped`, it ends the server and its folder. */
function guardFolder(folder: string): { watch(server: ChildProcess): void; release(): void } {
  const script = `
    while read -r word pid; do [ "$word" = server ] && server=$pid; [ "$word" = stopped ] && exit; done
    [ -n "$server" ] && kill -9 "$server"
    sleep 0.1; rm -rf -- "$1"`;
  const args = ["-c", script, "sh", folder];
  const shell = spawn("/bin/sh", args, { stdio: ["pipe", "ignore", "ignore"], detached: true });
  shell.unref();
  const { stdin } = shell;
  (stdin as unknown as { unref?: () => void }).unref?.();
  stdin.on("error", () => undefined);
  return {
    watch: (server) => void stdin.write(`server ${server.pid ?? 0}\n`),
    release: () => void stdin.end("stopped\n"),
  };
}

async function untilItAnswers(socket: string, child: ChildProcess, errorLog: string): Promise<void> {
  const answers = () =>
    new Promise<boolean>((resolve) => {
      const connection = connect(socket, () => {
        connection.destroy();
        resolve(true);
      });
      connection.once("error", () => resolve(false));
    });
  const end = Date.now() + 30_000;
  while (!(await answers())) {
    if (child.exitCode !== null || Date.now() > end) {
      throw new Error(
        `mariadbd did not start: ${existsSync(errorLog) ? readFileSync(errorLog, "utf8") : ""}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function terminate(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.ref();
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(patience);
}
