/**
 * One change and ten thousand controllers with an officer each: announced, and a notice queued for every one with its link, its mail
 * in an outbox of sealed rows and its entry of evidence; then the page of the publisher, and the gate's check. The peer is bare knex
 * on rows of the same form in the same run.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import {
  appointOfficer,
  contractMigrations,
  importContracts,
  makeContracts,
  PUBLISHER,
} from "@preau/contracts";
import {
  databaseMigrations,
  insertRows,
  inUnit,
  makeJobs,
  makeUnitOfWork,
  migrate,
  openDatabase,
} from "@preau/database";
import { journalMigrations, makeJournal, openSigner } from "@preau/journal";
import {
  controllerId,
  type Flow,
  type Instructions,
  makeIds,
  silentLog,
  systemClock,
  type Unit,
} from "@preau/kernel";
import { type KeyScope, keyMigrations, openKeyStore } from "@preau/keys";
import { figureOf, msOf } from "@preau/testing";
import { makeLinks, webMigrations } from "@preau/web";
import { announceChange } from "../src/announce-change.ts";
import { announcedSubprocessors } from "../src/announced-subprocessors.ts";
import { tellPage } from "../src/jobs/tell.ts";
import { annexes, changes, notices, objections, subprocessors } from "../src/migrations/001-subprocessors.ts";
import { viewNotices } from "../src/notice-view.ts";
import { openCheck } from "../src/open-check.ts";
import { subprocessorsOptions } from "../src/options.ts";
import type { SubprocessorPorts } from "../src/ports.ts";
import { proposeChange } from "../src/propose-change.ts";
import type { ChangeGiven } from "../src/read-change.ts";
import { noticeCounts } from "../src/store/notice-lists.ts";
import { subprocessorDues } from "../src/subprocessor-dues.ts";

interface BenchOptions {
  readonly runs: number;
  readonly seed: number;
}

const ROWS = 10_000;
const PERMITS = 500;
const OFFICER = { role: "publisherDpo" } as const;

/** Cases `queue 10,000 notices`, `the page of a change`, `dues`, `the gate's check`. */
export async function bench({ runs }: BenchOptions) {
  const times = {
    queue: [] as number[],
    bare: [] as number[],
    page: [] as number[],
    barePage: [] as number[],
    dues: [] as number[],
    check: [] as number[],
    bareCheck: [] as number[],
  };
  const house = await openHouse();
  const { units, ports, options, database } = house;
  const { knex } = database;
  for (let round = -1; round < Math.min(5, runs); round += 1) {
    const id = await units.transaction((unit) =>
      proposeChange(unit, ports, { change: changeOf(round), by: OFFICER }),
    );
    const queue = await msOf(async () => {
      await units.transaction((unit) =>
        announceChange(unit, ports, { id, version: 1, to: "all", by: OFFICER }),
      );
      for (let told = 1; told > 0; )
        told = await units.transaction((unit) => tellPage(unit, ports, options, id));
    });
    const counts = await units.transaction((unit) => noticeCounts(unit, id));
    if (counts.byDelivery.queued !== ROWS) throw new Error(`queued ${counts.byDelivery.queued}`);
    const query = { scope: "all", change: id, limit: 50, offset: 5_000 } as const;
    const page = () =>
      units.transaction(async (unit) => {
        await noticeCounts(unit, id);
        await viewNotices(unit, ports, query);
      });
    const barePage = () =>
      knex("spr_notice").where({ change_id: id }).orderBy("controller").limit(50).offset(5_000);
    const dues = subprocessorDues(ports);
    const check = openCheck(ports);
    const flowOf = (n: number): Flow => ({
      ...{ controller: controllerId(`ecole-${n}`), product: "plume", operation: "store", origin: "gar" },
      ...{ role: "teacher", categories: ["name"], purpose: "runPlatform", recipient: "host" },
    });
    const figure = {
      queue,
      bare: await msOf(() => bareInsert(units, round)),
      page: await msOf(page),
      barePage: await msOf(() => barePage()),
      dues: await msOf(() => dues({ controller: "all", before: systemClock.now() })),
      check:
        (await msOf(() =>
          units.transaction(async (unit) => {
            for (let n = 0; n < PERMITS; n += 1) {
              const answer = await check.check(flowOf(n), unit);
              if (!answer.allowed) throw new Error(answer.reason);
            }
          }),
        )) / PERMITS,
      bareCheck:
        (await msOf(() =>
          units.transaction(async (unit) => {
            for (let n = 0; n < PERMITS; n += 1)
              await inUnit(unit)("ctr_contract")
                .where({ controller: `ecole-${n}` })
                .select();
          }),
        )) / PERMITS,
    };
    if (round < 0) continue; // the first warms up
    for (const name of Object.keys(times) as (keyof typeof times)[]) times[name].push(figure[name]);
  }
  await house.close();
  const bare = { name: "bare insert of the rows", ...figureOf(times.bare, "ms") };
  const select = { name: "bare select of a page", ...figureOf(times.barePage, "ms") };
  const one = { name: "bare select of the contracts", ...figureOf(times.bareCheck, "ms") };
  return {
    cases: [
      caseOf("one change, 10,000 notices queued: link, mail, evidence", times.queue, bare, 60_000),
      caseOf("a page of the 10,000 notices, with their counts and standings", times.page, select, 200),
      caseOf("what is due of the 10,000", times.dues, select, 200),
      caseOf("the gate's check of one flow that annex C covers", times.check, one, 1),
    ],
  };
}

/** One a round, each of a recipient of its own. */
const changeOf = (round: number): ChangeGiven => ({
  kind: "add",
  entry: {
    ...{
      recipient: `spareHost${round + 1}`,
      clause: "DC",
      name: "Nuage Exemple",
      register: "HRB 1234 Exempelstadt",
    },
    ...{ fr: "Hébergement de secours", en: "Spare hosting", origins: "everyOrigin", transfers: "none" },
    ...{ deletionDelay: "hours(24)", operations: ["store"] },
  },
  startsOn: "2026-01-01",
  content: {
    purpose: { fr: "Garder une copie du service.", en: "Keep a copy of the service." },
    places: { storage: ["FR"], processing: ["FR", "DE"] },
    retention: { fr: "La durée du contrat.", en: "As long as the contract." },
    guarantees: { fr: "Mesures examinées en mars 2026.", en: "Measures reviewed in March 2026." },
  },
});

/** Ten thousand rows of each kind that the queueing writes, in one transaction. */
async function bareInsert(units: ReturnType<typeof makeUnitOfWork>, round: number): Promise<void> {
  await units.transaction(async (unit) => {
    for (const table of ["bare_notice", "bare_link", "bare_mail", "bare_entry"])
      await insertRows(
        inUnit(unit),
        table,
        Array.from({ length: ROWS }, (_, n) => ({ id: `${table} ${round} ${n}`, content: "x".repeat(400) })),
      );
  });
}

async function openHouse() {
  const folder = mkdtempSync(path.join(tmpdir(), "preau-bench-"));
  const database = await openDatabase({ url: `sqlite:${path.join(folder, "hub.sqlite")}` });
  const keys = await openDatabase({ url: `sqlite:${path.join(folder, "keys.sqlite")}` });
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    contractMigrations,
    { owner: "web", migrations: webMigrations },
    { owner: "subprocessors", migrations: [annexes, subprocessors, changes, notices, objections] },
  ]);
  await migrate(keys, [keyMigrations]);
  const clock = systemClock;
  const ids = makeIds(clock);
  const vault = await openKeyStore({ database: keys, rootKey: randomBytes(32), clock, ids });
  const signer = openSigner(path.join(folder, "journal.key"));
  const journal = makeJournal({ database, keyStore: vault, clock, ids, origin: "journal.example", signer });
  const agreements = oneAgreement(referenceAgreement());
  const contracts = makeContracts({ database, vault, agreements, clock });
  const units = makeUnitOfWork(database);
  await announcedSubprocessors({ agreements, clock, unitOfWork: units }).load();
  const { knex } = database;
  for (const table of ["bare_notice", "bare_link", "bare_mail", "bare_entry"])
    await knex.schema.createTable(table, (t) => {
      t.string("id", 60).primary();
      t.text("content");
    });
  await knex.schema.createTable("bench_mail", (t) => {
    t.string("mail", 191).primary();
    t.string("controller", 64);
    t.binary("sealed");
  });
  const ports: SubprocessorPorts = {
    ...{ agreements, clock, contracts, ids, journal, log: silentLog, unitOfWork: units, vault },
    instructions: {} as Instructions,
    jobs: makeJobs({ clock, ids }),
    links: makeLinks({ key: randomBytes(32), clock }),
    mailer: {
      send: () => Promise.reject(new Error("one by one")),
      // An outbox of sealed rows, in the same transaction: the connector's is another package.
      sendMany: async (unit: Unit, all) => {
        const scope: KeyScope = { controller: PUBLISHER, kind: "controller", id: "bench" };
        const rows = await vault.withKeys([scope], (keyOf) =>
          all.map((message) => ({
            mail: message.key,
            controller: message.flow.controller,
            sealed: keyOf(scope)?.seal(Buffer.from(JSON.stringify(message)), message.key),
          })),
        );
        await insertRows(inUnit(unit), "bench_mail", rows);
        return all.map(() => ids.next("msg"));
      },
    },
  };
  const actor = { role: "operations" } as const;
  const file = new TextEncoder().encode(csvOf(ROWS));
  await units.transaction((unit) => importContracts(unit, { ...ports, contracts }, actor, { bytes: file }));
  await units.transaction(async (unit) => {
    for (let n = 0; n < ROWS; n += 1) {
      const edit = { controller: controllerId(`ecole-${n}`), actor, version: "current" } as const;
      const email = `dpo@ecole-${n}.example`;
      await appointOfficer(unit, ports, edit, { role: "dpo", name: "Odile Sarment", email });
    }
  });
  return {
    ...{ database, units, ports, options: subprocessorsOptions.parse({}) },
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
    const region = n % 10 === 0 ? "Alsace-Moselle" : "métropole";
    const seat = `"${n}, rue des Écoles; 35000 Rennes"`;
    return `C-${n};ecole-${n};établissement;École inventée ${n};${seat};${region};plume jardin;01/09/2026;31/08/2027`;
  });
  return `référence;identifiant;type;nom;siège;région;produits;début;fin\n${lines.join("\n")}\n`;
}

function caseOf(
  name: string,
  ours: readonly number[],
  peer: { readonly name: string; readonly median: number; readonly unit: string },
  most: number,
) {
  const figure = figureOf(ours, "ms");
  const goal = most >= 1_000 ? `<= ${most / 1_000} s` : `<= ${most} ms`;
  return { case: name, ours: figure, peer, goal, met: figure.median <= most };
}
