/**
 * One pupil's copy of the populated Moodle school, others withheld, with every row that the data map knows and what its
 * references are called; then 50 pupils one after the other. Between two of our pupils, the peer on the same database and
 * the same pupil: a plain `select * from T where C = ?` of each of the tables in which the copy has rows, nothing done with
 * the rows. (Moodle's own export of one pupil of this site: 2.7 s and 3,087 statements, with 7 % of the log entries.)
 */
import { openDatabase } from "@preau/database";
import { controllerId, type SubjectTarget, systemClock } from "@preau/kernel";
import { figureOf, startMoodleSchool } from "@preau/testing";
import { makeMoodleSource } from "../src/index.ts";
import { referenceColumns } from "../test/fixtures/moodle-school.ts";

type Database = Awaited<ReturnType<typeof openDatabase>>;

const FIRST_PUPIL = 110;
const WARM_UP = 5;
const BATCH = 50;
const controller = controllerId("bench");

export async function bench({ runs }: { readonly runs: number }) {
  const server = await startMoodleSchool({ extraArgs: ["--innodb-buffer-pool-size=512M"] });
  try {
    const database = await openDatabase({ url: server.url("moodle") });
    let statements = 0;
    database.knex.on("query", () => {
      statements += 1;
    });
    const { source } = makeMoodleSource({ database, controller, clock: systemClock });
    const times: Record<"one" | "statements" | "plain" | "rows" | "batch" | "plainBatch", number[]> = {
      ...{ one: [], statements: [], plain: [], rows: [], batch: [], plainBatch: [] },
    };
    const copy = async (id: number) => {
      const tables = new Set<string>();
      let rows = 0;
      for await (const { where } of source.collect({ controller, subject: target(id), others: "withhold" })) {
        tables.add(where);
        rows += 1;
      }
      return { tables, rows };
    };
    for (let id = FIRST_PUPIL; id < FIRST_PUPIL + WARM_UP; id += 1)
      await plainRead(database, id, (await copy(id)).tables);
    for (let id = FIRST_PUPIL + WARM_UP; id < FIRST_PUPIL + 6 * WARM_UP; id += 1) {
      statements = 0;
      const start = performance.now();
      const { tables, rows } = await copy(id);
      times.one.push(performance.now() - start);
      times.statements.push(statements);
      times.rows.push(rows);
      times.plain.push(await plainRead(database, id, tables));
    }
    for (let run = 0; run < Math.min(runs, 5); run += 1) {
      const first = FIRST_PUPIL + run * BATCH;
      const read: ReadonlySet<string>[] = [];
      const start = performance.now();
      for (let id = first; id < first + BATCH; id += 1) read.push((await copy(id)).tables);
      times.batch.push(performance.now() - start);
      let plain = 0;
      for (const [index, tables] of read.entries()) plain += await plainRead(database, first + index, tables);
      times.plainBatch.push(plain);
    }
    await database.close();
    return { cases: casesOf(times) };
  } finally {
    await server.stop();
  }
}

function casesOf(
  times: Readonly<Record<"one" | "statements" | "plain" | "rows" | "batch" | "plainBatch", number[]>>,
) {
  const [one, statements, plain] = [
    figureOf(times.one, "ms"),
    figureOf(times.statements, "statements"),
    figureOf(times.plain, "ms"),
  ];
  const [rows, batch, plainBatch] = [
    figureOf(times.rows, "rows"),
    figureOf(times.batch, "ms"),
    figureOf(times.plainBatch, "ms"),
  ];
  const name = "plain select of the rows that refer to them, table by table";
  return [
    {
      case: `one pupil, others withheld, ${Math.round(rows.median)} rows`,
      ours: one,
      peer: { name, median: plain.median, unit: "ms" },
      goal: "<= 300 ms",
      met: one.median <= 300,
      rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
    },
    { case: "statements of one pupil", ours: statements, goal: "<= 250", met: statements.median <= 250 },
    {
      case: `${BATCH} pupils one after the other`,
      ours: batch,
      peer: { name, median: plainBatch.median, unit: "ms" },
      goal: "<= 5000 ms",
      met: batch.median <= 5000,
    },
  ];
}

function target(id: number): SubjectTarget {
  return {
    subject: `sub_${String(id).padStart(26, "0")}`,
    identifiers: [{ kind: "moodle.user", value: String(id) }],
  };
}

/** Milliseconds of the statements alone. */
async function plainRead({ knex }: Database, id: number, tables: ReadonlySet<string>): Promise<number> {
  const references = referenceColumns();
  const start = performance.now();
  for (const table of tables) {
    const columns = references.get(table) ?? [];
    if (columns.length === 0) continue;
    await knex.raw(`select * from ?? where ${columns.map(() => "?? = ?").join(" or ")}`, [
      table,
      ...columns.flatMap((column) => [column, id]),
    ]);
  }
  return performance.now() - start;
}
