/**
 * k, and l of one sensitive column, of a million rows by three quasi-identifiers, against the same figures counted by SQLite in
 * memory with `group by`. Runs of both alternate, and both must say the same.
 */
import { DatabaseSync } from "node:sqlite";
import { figureOf } from "@preau/testing";
import type { CodeTable } from "../src/equivalence-classes.ts";
import { kOf } from "../src/k-anonymity.ts";
import { lOf } from "../src/l-diversity.ts";

interface BenchOptions {
  readonly runs: number;
  readonly seed: number;
}
const ROWS = 1_000_000;
const COLUMNS = { school: 125, year: 10, department: 10, grade: 8 } as const;
const QUASI = ["school", "year", "department"];

/** Case `k and l of a million rows`, in seconds. */
export async function bench({ runs, seed }: BenchOptions) {
  const table = tableOf(seed);
  using database = loaded(table);
  const byGroup = database.prepare(
    `select min(n) as k, min(l) as l from (select sum(m) as n, count(*) as l from
      (select school, year, department, count(*) as m from rows group by school, year, department, grade)
      group by school, year, department)`,
  );
  const ours: number[] = [];
  const peer: number[] = [];
  let grown = 0;
  for (let round = -1; round < Math.max(5, runs); round += 1) {
    const memory = process.memoryUsage().arrayBuffers;
    const start = performance.now();
    const found = { k: kOf(table, QUASI).k, l: lOf(table, QUASI, "grade").distinct };
    const between = performance.now();
    grown = Math.max(grown, process.memoryUsage().arrayBuffers - memory);
    const counted = { ...byGroup.get() };
    const end = performance.now();
    if (found.k !== counted["k"] || found.l !== counted["l"]) throw new Error("the two do not agree");
    if (round === -1) continue; // the first warms up
    ours.push((between - start) / 1_000);
    peer.push((end - between) / 1_000);
  }
  const figure = figureOf(ours, "s");
  return {
    cases: [
      {
        case: `k and l of 1,000,000 rows, 12,500 classes (${Math.round(grown / 2 ** 20)} MiB of columns at most)`,
        ours: figure,
        peer: { name: "SQLite group by, in memory", ...figureOf(peer, "s") },
        goal: "<= 5 s",
        met: figure.median <= 5,
      },
    ],
  };
}

function tableOf(seed: number): CodeTable {
  let state = seed >>> 0;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  const columns = Object.entries(COLUMNS).map(([name, values]) => {
    const codes = Uint32Array.from({ length: ROWS }, () => next(values));
    return [name, { codes, labels: Array.from({ length: values }, (_, at) => at) }] as const;
  });
  return { rows: ROWS, columns: new Map(columns) };
}

function loaded(table: CodeTable): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec("create table rows (school int, year int, department int, grade int)");
  const insert = database.prepare("insert into rows values (?, ?, ?, ?)");
  const codes = Object.keys(COLUMNS).map((name) => table.columns.get(name)?.codes as Uint32Array);
  database.exec("begin");
  for (let row = 0; row < table.rows; row += 1) insert.run(...codes.map((column) => column[row] as number));
  database.exec("commit");
  return database;
}
