/**
 * A survey of 100,000 accounts, a fifth of them due: facts read page by page from a table, decided one by one, counted,
 * and the first 2,000 due proposed. The peer is the reading of the same pages in the same run, both sides in turn.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, insertRows, openDatabase } from "@preau/database";
import { instant, type Lifecycle, manualClock, millisOf } from "@preau/kernel";
import { figureOf, msOf } from "@preau/testing";
import { retentionOptions } from "../src/options.ts";
import { accountsOf, surveyStore } from "../src/survey.ts";
import { makeHouse, SCHOOL } from "../test/house.ts";
import { fillSchool, PUPIL_KIND } from "../test/school.ts";

const ACCOUNTS = 100_000;
const NOW = instant("2026-11-26T08:00:00.000Z");
const WHERE = { controller: SCHOOL, source: "school" } as const;
const DAY_MS = 86_400_000;

/** Cases `survey 100,000`, alone and with 2,000 proposed, in milliseconds; the memory held more at the end. */
export async function bench({ runs }: { readonly runs: number }) {
  const times = { survey: [] as number[], propose: [] as number[], read: [] as number[] };
  let rssMiB = 0;
  for (let round = -1; round < Math.max(5, runs); round += 1) {
    const house = await openHouse();
    try {
      const before = process.memoryUsage().rss;
      const survey = await msOf(() =>
        surveyStore(house.ports, retentionOptions.parse({}), WHERE, { propose: false }),
      );
      const grown = (process.memoryUsage().rss - before) / 1_048_576;
      const read = await msOf(async () => {
        for await (const _facts of accountsOf(house.ports.sources.get("school"), WHERE));
      });
      const propose = await msOf(() => surveyStore(house.ports, retentionOptions.parse({}), WHERE));
      if (round < 0) continue; // the first warms up
      rssMiB = Math.max(rssMiB, Math.round(grown));
      times.survey.push(survey);
      times.read.push(read);
      times.propose.push(propose);
    } finally {
      await house.close();
    }
  }
  const peer = { name: "the same pages read alone", ...figureOf(times.read, "ms") };
  return {
    cases: [
      { ...caseOf("survey 100,000 accounts", times.survey, peer), rssMiB },
      // Each person that the directory meets for the first time gets a key of their own, committed to the key store.
      { case: "the same, 2,000 due proposed in 4 purges", ours: figureOf(times.propose, "ms"), peer },
    ],
  };
}

async function openHouse() {
  const folder = mkdtempSync(path.join(tmpdir(), "preau-bench-"));
  const open = (name: string) => openDatabase({ url: `sqlite:${path.join(folder, name)}` });
  const [database, keysDatabase, schoolDatabase] = [
    await open("hub.sqlite"),
    await open("keys.sqlite"),
    await open("school.sqlite"),
  ];
  await fillSchool(schoolDatabase, [1]);
  await fillAccounts(schoolDatabase);
  const house = await makeHouse({ database, keysDatabase, schoolDatabase }, manualClock(NOW));
  const school = house.sources.get("school");
  if (school !== undefined)
    house.sources.set("school", { ...school, lifecycle: lifecycleOf(schoolDatabase) });
  return {
    ports: house.ports,
    close: async () => {
      await Promise.all([database, keysDatabase, schoolDatabase].map((each) => each.close()));
      rmSync(folder, { recursive: true });
    },
  };
}

async function fillAccounts({ knex }: Database): Promise<void> {
  await knex.schema.createTable("account", (t) => {
    t.integer("id").primary();
    t.string("role", 16);
    t.string("seen", 24).notNullable();
  });
  const start = millisOf(NOW);
  const rows = Array.from({ length: ACCOUNTS }, (_, n) => ({
    id: n + 1,
    role: n % 9 === 0 ? "teacher" : "pupil",
    seen: instant(start - ((n * 7_919) % 913) * DAY_MS - (n % 86_400) * 1_000),
  }));
  await knex.transaction((trx) => insertRows(trx, "account", rows));
}

function lifecycleOf({ knex }: Database): Lifecycle {
  return {
    accounts: async (_, { after = "0", limit }) => {
      const rows = await knex("account")
        .where("id", ">", Number(after))
        .orderBy("id")
        .limit(limit)
        .select<{ id: number; role: string; seen: string }[]>();
      const accounts = rows.map(({ id, role, seen }) => ({
        identifier: { kind: PUPIL_KIND, value: String(id) },
        role,
        lastActivity: instant(seen),
      }));
      const last = rows.at(-1)?.id;
      return rows.length < limit || last === undefined ? { accounts } : { accounts, next: String(last) };
    },
    factsOf: async () => [],
  };
}

function caseOf(name: string, ours: readonly number[], peer: { name: string; median: number; unit: string }) {
  const figure = figureOf(ours, "ms");
  return { case: name, ours: figure, peer, goal: "<= 10 s", met: figure.median <= 10_000 };
}
