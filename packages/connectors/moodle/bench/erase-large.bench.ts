/**
 * 2,000 pupils of a school of 22,000 pupils and 2.1 million rows, durably (`innodb_flush_log_at_trx_commit=1`), rows a
 * second against a plain `DELETE … WHERE id IN (…)` of the rows of 2,000 other pupils, keys known before, 1,000 a
 * statement. In turns; each run other pupils. While either runs, pupils who stay write; their writes while ours runs are
 * compared with the same writes on the idle server. Then a plan of as many pupils as are left, up to 100,000.
 *
 * `PREAU_BENCH_PUPILS=220000` makes 21 million rows of it: growing the school then takes half an hour, once.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openDatabase } from "@preau/database";
import { controllerId, type SubjectTarget, systemClock } from "@preau/kernel";
import { figureOf, loadMoodleSchool, startMariaDb } from "@preau/testing";
import { makeMoodleSource } from "../src/index.ts";
import { grownPupils, grownRows, growSchool } from "./grow-school.ts";

type Database = Awaited<ReturnType<typeof openDatabase>>;

const growth = {
  pupils: Number(process.env["PREAU_BENCH_PUPILS"] ?? 22_000),
  logs: 60,
  history: 16,
  grades: 4,
  attempts: 1,
};
const ERASED = Number(process.env["PREAU_BENCH_ERASED"] ?? 2_000);
const MOST_PLANNED = 100_000;
const SAMPLES = 10_000;
const controller = controllerId("bench");

export async function bench({ runs }: { readonly runs: number }) {
  const server = await startMariaDb({
    extraArgs: [
      "--innodb-buffer-pool-size=3G",
      "--innodb-flush-log-at-trx-commit=1",
      "--innodb-log-file-size=1G",
    ],
    template: {
      name: `moodle-grown-${Object.values(growth).join("-")}`,
      fill: async (empty) => {
        await loadMoodleSchool(empty);
        await growSchool(empty, growth);
      },
    },
  });
  if (server === undefined) throw new Error("MariaDB is not installed");
  try {
    const database = await openDatabase({ url: server.url("moodle") });
    const longest = watchTransactions(database);
    const { source } = makeMoodleSource({ database, controller, clock: systemClock });
    const all = grownPupils(growth);
    const rounds = Math.min(runs, Math.floor((all.length - ERASED) / (2 * ERASED)));
    const staying = all.slice(2 * ERASED * rounds);
    const writer = startWriter(server.url("moodle"), staying[0] ?? 0, Math.min(2_000, staying.length));
    await writer.ask("500");
    const idle = await writer.ask(String(SAMPLES));
    const busy: number[] = [];
    const [ours, plain, plans, statements]: [number[], number[], number[], number[]] = [[], [], [], []];
    let rss = 0;
    for (let round = 0; round < rounds; round += 1) {
      const [mine, theirs] = [0, 1].map((half) =>
        all.slice((2 * round + half) * ERASED, (2 * round + half + 1) * ERASED),
      );
      let [used, rows] = [0, 0];
      const count = () => {
        used += 1;
      };
      database.knex.on("query", count);
      const start = performance.now();
      const plan = await source.plan({
        controller,
        subjects: (mine ?? []).map(target),
        ground: "account-deleted",
      });
      plans.push(performance.now() - start);
      writer.tell("until");
      longest.reset();
      const from = performance.now();
      for await (const step of source.erase(plan)) {
        rows += step.erased + step.anonymised;
        rss = Math.max(rss, process.memoryUsage().rss);
      }
      ours.push((rows / (performance.now() - from)) * 1000);
      busy.push(...(await writer.ask("stop")));
      database.knex.off("query", count);
      statements.push(used);
      writer.tell("until");
      plain.push(await plainDelete(database, theirs ?? []));
      await writer.ask("stop");
    }
    const lockWait = Number(
      (await server.sql("show global status like 'Innodb_row_lock_time_max'")).split("\t")[1],
    );
    const many = staying.slice(0, MOST_PLANNED);
    const start = performance.now();
    await source.plan({ controller, subjects: many.map(target), ground: "retention" });
    const planOfMany = performance.now() - start;
    writer.end();
    await database.close();
    const rate = figureOf(ours, "rows/s");
    const peer = {
      name: "plain delete by key, 1,000 a statement",
      median: figureOf(plain, "").median,
      unit: "rows/s",
    };
    const quiet = { name: "the same writes on the idle server", median: p99(idle), unit: "ms" };
    const size = `${ERASED} pupils of ${grownRows(growth).toLocaleString("en-GB")} rows`;
    const oneOf = (value: number, unit: string) => ({
      ...{ median: round(value), min: round(value), max: round(value), unit },
    });
    return {
      cases: [
        {
          case: `erase ${size}`,
          ours: rate,
          peer,
          ratio: round(peer.median / rate.median),
          goal: "<= 1.67",
          rssMiB: Math.round(rss / 2 ** 20),
        },
        { case: `plan ${size}`, ours: figureOf(plans, "ms") },
        { case: "statements, plan and run", ours: figureOf(statements, "statements") },
        {
          case: `p99 of other pupils' writes, ${busy.length} samples`,
          ours: oneOf(p99(busy), "ms"),
          peer: quiet,
          goal: "<= 2",
        },
        {
          case: "longest transaction of ours",
          ours: oneOf(longest.most(), "ms"),
          goal: "<= 200 ms",
          met: longest.most() <= 200,
        },
        {
          case: "longest wait for a row",
          ours: oneOf(lockWait, "ms"),
          goal: "<= 100 ms",
          met: lockWait <= 100,
        },
        {
          case: `plan ${many.length} pupils of the same school`,
          ours: oneOf(planOfMany, "ms"),
          goal: "<= 10000 ms",
          met: planOfMany <= 10_000,
        },
      ],
    };
  } finally {
    await server.stop();
  }
}

function target(id: number): SubjectTarget {
  return {
    subject: `sub_${String(id).padStart(26, "0")}`,
    identifiers: [{ kind: "moodle.user", value: String(id) }],
  };
}

/** Rows a second of the deletions alone. */
async function plainDelete({ knex }: Database, pupils: readonly number[]): Promise<number> {
  const [first, last] = [pupils[0] ?? 0, pupils.at(-1) ?? 0];
  const own = (table: string, column: string) => knex(table).whereBetween(column, [first, last]);
  const attempts = own("mdl_quiz_attempts", "userid").select("uniqueid");
  const found = [
    [
      "mdl_question_attempt_step_data",
      knex("mdl_question_attempt_step_data").whereIn(
        "attemptstepid",
        own("mdl_question_attempt_steps", "userid").select("id"),
      ),
    ],
    ["mdl_question_attempt_steps", own("mdl_question_attempt_steps", "userid")],
    ["mdl_question_attempts", knex("mdl_question_attempts").whereIn("questionusageid", attempts.clone())],
    ["mdl_question_usages", knex("mdl_question_usages").whereIn("id", attempts.clone())],
    ["mdl_quiz_attempts", own("mdl_quiz_attempts", "userid")],
    ["mdl_grade_grades", own("mdl_grade_grades", "userid")],
    ["mdl_grade_grades_history", own("mdl_grade_grades_history", "userid")],
    ["mdl_logstore_standard_log", own("mdl_logstore_standard_log", "userid")],
    ["mdl_user", own("mdl_user", "id")],
  ] as const;
  const keys: (readonly [string, readonly number[]])[] = [];
  for (const [table, query] of found) {
    const rows: { id: number }[] = await query.select("id");
    keys.push([table, rows.map(({ id }) => id).sort((a, b) => a - b)]);
  }
  const start = performance.now();
  let rows = 0;
  for (const [table, list] of keys) {
    for (let from = 0; from < list.length; from += 1000) {
      rows += await knex(table)
        .whereIn("id", list.slice(from, from + 1000))
        .delete();
    }
  }
  return (rows / (performance.now() - start)) * 1000;
}

/** The longest time from a transaction's first statement to the end of its last, or of a writing statement alone. */
function watchTransactions({ knex }: Database) {
  const begun = new Map<string, number>();
  let most = 0;
  const end = (key: string) => {
    const from = begun.get(key);
    if (from !== undefined) most = Math.max(most, performance.now() - from);
    begun.delete(key);
  };
  knex.on("query", (query: { sql: string; __knexUid: string; __knexQueryUid: string }) => {
    if (query.sql.startsWith("BEGIN")) begun.set(query.__knexUid, performance.now());
    else if (query.sql.startsWith("delete")) begun.set(query.__knexQueryUid, performance.now());
  });
  knex.on(
    "query-response",
    (_answer: unknown, query: { sql: string; __knexUid: string; __knexQueryUid: string }) => {
      if (query.sql.startsWith("COMMIT")) end(query.__knexUid);
      else if (query.sql.startsWith("delete")) end(query.__knexQueryUid);
    },
  );
  return {
    reset: () => {
      begun.clear();
    },
    most: () => most,
  };
}

function startWriter(url: string, first: number, pupils: number) {
  const args = [
    join(import.meta.dirname, "../test/programs/other-pupils.ts"),
    url,
    String(first),
    String(pupils),
  ];
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting: ((line: string) => void)[] = [];
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  }
  const tell = (line: string) => void child.stdin?.write(`${line}\n`);
  return {
    tell,
    ask: async (line: string): Promise<readonly number[]> => {
      const answer = new Promise<string>((resolve) => waiting.push(resolve));
      tell(line);
      return JSON.parse(await answer) as readonly number[];
    },
    end: () => tell("end"),
  };
}

function p99(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return round(sorted[Math.floor(sorted.length * 0.99)] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
