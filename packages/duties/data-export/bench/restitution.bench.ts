/**
 * The restitution of a Moodle school whose dump is more than 1 GB: dump, zstd, ZIP, age, to a file on the disk, by a process
 * of its own, against `mariadb-dump | zstd > file` of the same database, in turns. MB are those of the dump before it is
 * compressed, as `mariadb-dump` writes it; the server is nobody's. Memory is the sum over our process and its children,
 * sampled every 20 ms.
 *
 * `PREAU_BENCH_MB=4000` takes a larger school: growing it is done once.
 */
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { figureOf, loadMoodleSchool, type MariaDb, startMariaDb } from "@preau/testing";

const run = promisify(execFile);
const MB = Number(process.env["PREAU_BENCH_MB"] ?? 1_100);
/** Megabytes of dump that one round adds. */
const ROUND_MB = 42;
/** As the launcher starts `preau export database` (scripts/run.mjs). */
const FLAGS = ["--max-semi-space-size=2"];
const PROGRAM = path.join(import.meta.dirname, "restitution-run.ts");

export async function bench({ runs }: { readonly runs: number }) {
  const rounds = Math.ceil((MB - 64) / ROUND_MB);
  const server = await startMariaDb({
    extraArgs: ["--innodb-buffer-pool-size=1G"],
    template: { name: `moodle-large-${rounds}-1`, fill: (empty) => grow(empty, rounds) },
  });
  if (server === undefined) throw new Error("MariaDB is not installed");
  const folder = mkdtempSync(path.join(process.env["PREAU_BENCH_FOLDER"] ?? tmpdir(), "restitution-"));
  try {
    const plain = `mariadb-dump --no-defaults --socket=${server.socket} --user=root --single-transaction --quick --hex-blob --routines --events --default-character-set=utf8mb4 moodle`;
    const bytes = Number((await run("/bin/sh", ["-c", `${plain} | wc -c`])).stdout);
    const [ours, peer, packed, rss, peerRss]: number[][] = [[], [], [], [], []];
    for (let round = 0; round < runs; round += 1) {
      const out = path.join(folder, "peer.sql.zst");
      const theirs = await measured("/bin/sh", ["-c", `${plain} | zstd -q -3 > ${out}; sync ${out}`]);
      peer?.push(bytes / 1e6 / theirs.seconds);
      peerRss?.push(theirs.rssMiB);
      rmSync(out);
      const made = path.join(folder, "ours.zip.age");
      const mine = await measured(process.execPath, [
        ...FLAGS,
        ...process.execArgv,
        PROGRAM,
        server.url("moodle"),
        made,
      ]);
      ours?.push(bytes / 1e6 / mine.seconds);
      rss?.push(mine.rssMiB);
      packed?.push(statSync(made).size / 2 ** 20);
      rmSync(made);
    }
    const [rate, theirs] = [figureOf(ours ?? [], "MB/s"), figureOf(peer ?? [], "MB/s")];
    const memory = figureOf(rss ?? [], "MiB");
    return {
      cases: [
        {
          case: `restitution of ${Math.round(bytes / 1e6)} MB of dump: zstd, ZIP, age, fsync`,
          ours: rate,
          peer: { name: "mariadb-dump | zstd -3 > file", median: theirs.median, unit: "MB/s" },
          ratio: Number((theirs.median / rate.median).toPrecision(3)),
          goal: "<= 1.43",
          rssMiB: memory.max,
        },
        {
          case: "memory of our process and its children, at most",
          ours: memory,
          peer: {
            name: "of mariadb-dump and zstd",
            median: figureOf(peerRss ?? [], "MiB").median,
            unit: "MiB",
          },
          goal: "<= 150 MiB",
          met: memory.max <= 150,
        },
        { case: "size of the package", ours: figureOf(packed ?? [], "MiB") },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

/** Runs a program to its end. */
async function measured(program: string, args: readonly string[]) {
  const start = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  let most = 0;
  const sampler = setInterval(() => {
    most = Math.max(most, residentOf(child.pid ?? 0));
  }, 20);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearInterval(sampler);
  if (code !== 0) throw new Error(`it ended with ${code}`);
  return { seconds: (performance.now() - start) / 1000, rssMiB: Math.round(most / 2 ** 20) };
}

/** Bytes in memory of a process and of all that it has started. */
function residentOf(pid: number): number {
  try {
    const own = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4096;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean),
    );
    return children.reduce((sum, child) => sum + residentOf(Number(child)), own);
  } catch {
    return 0; // ended between two looks
  }
}

/** The school, and more of what fills a school's database: the log above all, then grades' history, and texts. */
async function grow(server: MariaDb, rounds: number): Promise<void> {
  await loadMoodleSchool(server);
  const columns = async (table: string) =>
    (
      await server.sql(
        `select column_name from information_schema.columns where table_schema = 'moodle' and table_name = '${table}' and column_name <> 'id' order by ordinal_position`,
      )
    )
      .trim()
      .split("\n");
  const more = async (table: string, changes: Readonly<Record<string, string>>) => {
    const names = await columns(table);
    const values = names.map((name) => changes[name] ?? `\`${name}\``);
    const list = names.map((name) => `\`${name}\``).join(", ");
    for (let n = 1; n <= rounds; n += 1) {
      const chosen = values.join(", ").replaceAll("{n}", String(n));
      await server.sql(
        `set session sql_mode = ''; insert into ${table} (${list}) select ${chosen} from ${table}_0`,
        "moodle",
      );
    }
  };
  for (const table of ["mdl_logstore_standard_log", "mdl_grade_grades_history", "mdl_forum_posts"])
    await server.sql(`create table ${table}_0 as select * from ${table}`, "moodle");
  await more("mdl_logstore_standard_log", {
    timecreated: "timecreated + {n} * 86400 + id % 977",
    userid: "userid + {n}",
    ip: "concat('10.', id % 251, '.', {n}, '.', id % 13)",
    objectid: "objectid + {n} * 7",
  });
  await more("mdl_grade_grades_history", {
    timemodified: "timemodified + {n} * 3600",
    finalgrade: "rand(id + {n}) * 20",
  });
  await more("mdl_forum_posts", {
    message: "concat(message, '<p>', sha2(id + {n}, 512), '</p>')",
    created: "created + {n}",
  });
  for (const table of ["mdl_logstore_standard_log", "mdl_grade_grades_history", "mdl_forum_posts"])
    await server.sql(`drop table ${table}_0`, "moodle");
}
