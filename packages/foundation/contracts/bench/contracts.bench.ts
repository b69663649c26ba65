/**
 * Ten thousand controllers with a contract each: read from the database, imported from a CSV file with their journal
 * entries, and imported again. The peer is bare knex on the same rows in the same run, both sides in turn.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { type Database, databaseMigrations, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { journalMigrations, makeJournal, openSigner } from "@preau/journal";
import { makeIds, systemClock } from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { figureOf, msOf } from "@preau/testing";
import { contractMigrations, importContracts, makeContracts } from "../src/index.ts";

interface BenchOptions {
  readonly runs: number;
  readonly seed: number;
}

const ROWS = 10_000;
const TABLES = ["ctr_controller", "ctr_contract"] as const;

/** Cases `read 10,000`, `import 10,000, journalled`, `import the same again`, all in milliseconds. */
export async function bench({ runs }: BenchOptions) {
  const file = new TextEncoder().encode(csvOf(ROWS));
  const rounds = Math.max(5, runs);
  const times = {
    read: [] as number[],
    select: [] as number[],
    load: [] as number[],
    insert: [] as number[],
    again: [] as number[],
  };
  for (let round = -1; round < rounds; round += 1) {
    const house = await openHouse();
    try {
      const { units, ports, database } = house;
      const actor = { role: "operations" } as const;
      const load = () => units.transaction((unit) => importContracts(unit, ports, actor, { bytes: file }));
      const figureOf = {
        load: await msOf(load),
        insert: await msOf(await bareInsert(database)),
        again: await msOf(load),
        read: await msOf(() => units.transaction((unit) => ports.contracts.everything(unit, "all"))),
        select: await msOf(async () => {
          for (const table of TABLES) await database.knex(table).select("*");
        }),
      };
      if (round < 0) continue; // the first warms up
      for (const name of Object.keys(times) as (keyof typeof times)[]) times[name].push(figureOf[name]);
    } finally {
      await house.close();
    }
  }
  const [select, insert] = [figureOf(times.select, "ms"), figureOf(times.insert, "ms")];
  return {
    cases: [
      caseOf("read 10,000 controllers and contracts", times.read, {
        name: "bare select of the rows",
        ...select,
      }),
      caseOf("import 10,000 from CSV, journalled", times.load, {
        name: "bare insert of the rows",
        ...insert,
      }),
      caseOf("import the same file again: nothing changes", times.again, {
        name: "bare select of the rows",
        ...select,
      }),
    ],
  };
}

/** The same rows into tables of the same form, without anything else. */
async function bareInsert({ knex }: Database): Promise<() => Promise<void>> {
  const rows = new Map<string, Record<string, unknown>[]>();
  for (const table of TABLES) {
    rows.set(table, await knex(table).select<Record<string, unknown>[]>("*"));
    const [made] = await knex("sqlite_master")
      .where({ type: "table", name: table })
      .select<{ sql: string }[]>("sql");
    await knex.raw((made?.sql ?? "").replace(table, `bare_${table}`));
  }
  return () =>
    knex.transaction(async (transaction) => {
      for (const [table, all] of rows) {
        for (let at = 0; at < all.length; at += 50)
          await transaction(`bare_${table}`).insert(all.slice(at, at + 50));
      }
    });
}

async function openHouse() {
  const folder = mkdtempSync(path.join(tmpdir(), "preau-bench-"));
  const database = await openDatabase({ url: `sqlite:${path.join(folder, "hub.sqlite")}` });
  const keys = await openDatabase({ url: `sqlite:${path.join(folder, "keys.sqlite")}` });
  await migrate(database, [databaseMigrations, journalMigrations, contractMigrations]);
  await migrate(keys, [keyMigrations]);
  const clock = systemClock;
  const ids = makeIds(clock);
  const vault = await openKeyStore({ database: keys, rootKey: randomBytes(32), clock, ids });
  const signer = openSigner(path.join(folder, "journal.key"));
  const journal = makeJournal({ database, keyStore: vault, clock, ids, origin: "journal.example", signer });
  const agreements = oneAgreement(referenceAgreement());
  const contracts = makeContracts({ database, vault, agreements, clock });
  return {
    database,
    units: makeUnitOfWork(database),
    ports: { agreements, clock, ids, journal, vault, contracts },
    close: async () => {
      vault.close();
      await Promise.all([database.close(), keys.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

function referenceAgreement() {
  const names = ["agreement.yaml", "text.fr.md", "text.en.md"];
  return readAgreementFolder(
    new Map(names.map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")])),
  );
}

function csvOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const products = ["plume", "jardin", "plume jardin"][n % 3] ?? "";
    const region = n % 10 === 0 ? "Alsace-Moselle" : "métropole";
    const seat = `"${n}, rue des Écoles; 35000 Rennes"`;
    return `C-${n};ecole-${n};établissement;École inventée ${n};${seat};${region};${products};01/09/2026;31/08/2027`;
  });
  return `référence;identifiant;type;nom;siège;région;produits;début;fin\n${lines.join("\n")}\n`;
}

function caseOf(name: string, ours: readonly number[], peer: { name: string; median: number; unit: string }) {
  const figure = figureOf(ours, "ms");
  return { case: name, ours: figure, peer, goal: "<= 2 s", met: figure.median <= 2_000 };
}
