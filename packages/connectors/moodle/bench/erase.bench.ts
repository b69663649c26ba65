/**
 * Plan and erasure of 50 pupils of the populated Moodle school, durably (`innodb_flush_log_at_trx_commit=1`), and the
 * second look after it. Six groups of 50 pupils in turn, the first to warm up; on a second copy of the school, between two
 * of our runs, the peer: a plain `DELETE … WHERE id IN (…)` of the rows that refer to the same pupils, keys known before,
 * 1,000 a statement. The peer of the second look is one streamed read of all text columns.
 */
import type { Readable } from "node:stream";
import { openDatabase } from "@preau/database";
import { controllerId, type SubjectTarget, systemClock } from "@preau/kernel";
import { figureOf, startMoodleSchool } from "@preau/testing";
import { makeMoodleSource } from "../src/index.ts";
import { referenceColumns } from "../test/fixtures/moodle-school.ts";

type Database = Awaited<ReturnType<typeof openDatabase>>;

const FIRST_PUPIL = 110;
const PUPILS = 50;
const GROUPS = 6;
const DURABLE = [
  "--innodb-buffer-pool-size=512M",
  "--innodb-flush-log-at-trx-commit=1",
  "--innodb-log-file-size=256M",
];
const controller = controllerId("bench");

export async function bench() {
  const servers = [
    await startMoodleSchool({ extraArgs: DURABLE }),
    await startMoodleSchool({ extraArgs: DURABLE }),
  ];
  try {
    const [ours, peer] = await Promise.all(
      servers.map((server) => openDatabase({ url: server.url("moodle") })),
    );
    if (ours === undefined || peer === undefined) throw new Error("two servers are needed");
    let statements = 0;
    ours.knex.on("query", () => {
      statements += 1;
    });
    const times: Record<string, number[]> = {
      plan: [],
      whole: [],
      statements: [],
      left: [],
      look: [],
      read: [],
      plain: [],
    };
    const { source, second } = makeMoodleSource({ database: ours, controller, clock: systemClock });
    let rows = 0;
    for (let group = 0; group < GROUPS; group += 1) {
      const ids = Array.from({ length: PUPILS }, (_, index) => FIRST_PUPIL + group * PUPILS + index);
      statements = 0;
      const start = performance.now();
      const plan = await source.plan({ controller, subjects: ids.map(target), ground: "account-deleted" });
      const planned = performance.now();
      rows = 0;
      for await (const step of source.erase(plan)) rows += step.erased + step.anonymised;
      const done = performance.now();
      const used = statements;
      const report = await second.lookAgain(controller, plan.traces);
      const looked = performance.now();
      const { sum: plain } = await plainDelete(peer, ids);
      const read = await timeOf(() => readAllTexts(ours));
      if (group === 0) continue;
      times["plan"]?.push(planned - start);
      times["whole"]?.push(done - start);
      times["statements"]?.push(used / PUPILS);
      times["left"]?.push(report.hits);
      times["look"]?.push(looked - done);
      times["read"]?.push(read);
      times["plain"]?.push(plain);
    }
    await Promise.all([ours.close(), peer.close()]);
    return { cases: casesOf(times, rows) };
  } finally {
    for (const server of servers) await server.stop();
  }
}

function casesOf(times: Readonly<Record<string, readonly number[]>>, rows: number) {
  const [whole, plan, statements, left, look, read, plain] = [
    figureOf(times["whole"] ?? [], "ms"),
    figureOf(times["plan"] ?? [], "ms"),
    figureOf(times["statements"] ?? [], "statements a pupil"),
    figureOf(times["left"] ?? [], "hits"),
    figureOf(times["look"] ?? [], "ms"),
    figureOf(times["read"] ?? [], "ms"),
    figureOf(times["plain"] ?? [], "ms"),
  ];
  const rssMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
  return [
    {
      case: `plan and erase ${PUPILS} pupils, ${rows} rows in the last run`,
      ours: whole,
      peer: { name: "plain delete by key of the rows that refer to them", median: plain.median, unit: "ms" },
      goal: "<= 2000 ms",
      met: whole.median <= 2000,
      rssMiB,
    },
    { case: "of which the plan", ours: plan },
    {
      case: "statements, plan and run",
      ours: statements,
      goal: "<= 10 a pupil",
      met: statements.median <= 10,
    },
    {
      case: "identifiers and references left, by the second look",
      ours: left,
      goal: "0",
      met: left.max === 0,
    },
    {
      case: "second look over the whole database",
      ours: look,
      peer: { name: "one streamed read of all text columns", median: read.median, unit: "ms" },
      goal: "<= 3",
    },
  ];
}

function target(id: number): SubjectTarget {
  return {
    subject: `sub_${String(id).padStart(26, "0")}`,
    identifiers: [{ kind: "moodle.user", value: String(id) }],
  };
}

/** Milliseconds of the deletions alone. */
async function plainDelete({ knex }: Database, ids: readonly number[]): Promise<{ readonly sum: number }> {
  let sum = 0;
  for (const [table, columns] of referenceColumns()) {
    const keys = new Set<number>();
    for (const column of columns) {
      const rows: { id: number }[] = await knex(table).whereIn(column, ids).select("id");
      for (const { id } of rows) keys.add(id);
    }
    const list = [...keys].sort((a, b) => a - b);
    for (let start = 0; start < list.length; start += 1000) {
      const some = list.slice(start, start + 1000);
      sum += await timeOf(async () => {
        await knex(table).whereIn("id", some).delete();
      });
    }
  }
  return { sum };
}

/** Every text of the database once, row by row, nothing done with it. */
async function readAllTexts({ knex }: Database): Promise<void> {
  const [columns] = (await knex.raw(
    "select c.table_name as t, c.column_name as c from information_schema.columns c where c.table_schema = database() and c.data_type in ('varchar', 'char', 'text', 'tinytext', 'mediumtext', 'longtext', 'blob', 'longblob', 'mediumblob', 'binary', 'varbinary') order by 1",
  )) as [{ t: string; c: string }[]];
  const tables = new Map<string, string[]>();
  for (const { t, c } of columns) tables.set(t, [...(tables.get(t) ?? []), c]);
  for (const [table, texts] of tables) {
    const stream = knex.select(texts).from(table).stream() as Readable;
    for await (const _row of stream);
  }
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
