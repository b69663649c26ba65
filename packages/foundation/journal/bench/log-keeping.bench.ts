/**
 * What keeping a log for its time costs (DD.8): entries of many controllers, spread over a month, moved into the sealed
 * archive, audited there, and removed, on disk (SQLite, `synchronous=FULL`), while others go on recording. The peer is a
 * plain deletion of the same rows by number, a thousand a transaction: what moving and proving add to it is the ratio.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inUnit, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { addHours, controllerId, instant, type JournalEvent, makeIds, manualClock } from "@preau/kernel";
import { keyMigrations, makeHighWaterMarks, openKeyStore } from "@preau/keys";
import { journalMigrations, makeJournal, makeLogKeeping, makeSequencer, makeSigner } from "../src/index.ts";

/** A million once, the figure written; fewer where time is short. */
const ENTRIES = Number(process.env["PREAU_BENCH_ENTRIES"] ?? 100_000);
const CONTROLLERS = 20;
const SUBJECTS = 2_000;
const HOURS = 720;
const START = instant("2026-01-01T00:00:00.000Z");
const HOUSE = controllerId("publisher");

export async function bench(_given: { readonly runs: number; readonly seed: number }) {
  const folder = mkdtempSync(join(tmpdir(), "preau-keeping-"));
  try {
    const plain = await deletePlainly(join(folder, "plain"));
    const kept = await keep(join(folder, "kept"));
    const perEntry = (ms: number) => measure((ms / ENTRIES) * 1000, "µs");
    const peer = {
      name: "plain delete, 1,000 rows a transaction",
      median: perEntry(plain).median,
      unit: "µs",
    };
    const ratio = (ms: number) => round(ms / plain);
    const of = `${ENTRIES} entries of ${CONTROLLERS} controllers`;
    return {
      cases: [
        {
          case: `archive ${of}`,
          ours: perEntry(kept.archive),
          peer,
          ratio: ratio(kept.archive),
          rssMiB: kept.rssMiB,
          cpu: perEntry(kept.cpu),
        },
        { case: `prune ${of} from the archive`, ours: perEntry(kept.prune), peer, ratio: ratio(kept.prune) },
        { case: `audit ${of} in the archive`, ours: measure(kept.audit / 1000, "s") },
        { case: "look for what is old, when nothing is", ours: measure(kept.idle, "ms") },
        {
          case: "record one event while archiving and pruning",
          ours: summary(kept.waits, "ms"),
          p99: round(at(kept.waits, 0.99)),
        },
        { case: `bytes of ${of}, archived`, ours: measure(kept.archivedBytes / ENTRIES, "bytes an entry") },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(folder: string) {
  mkdirSync(folder);
  const clock = manualClock(START);
  const ids = makeIds(clock);
  const database = await openDatabase({ url: `sqlite:${join(folder, "data.sqlite")}` });
  const keys = await openDatabase({ url: `sqlite:${join(folder, "keys.sqlite")}` });
  await migrate(database, [journalMigrations]);
  await migrate(keys, [keyMigrations]);
  const keyStore = await openKeyStore({ database: keys, rootKey: new Uint8Array(32), clock, ids });
  const signer = makeSigner(new Uint8Array(32).fill(1));
  const making = { database, clock, ids, origin: "journal.example", signer, marks: makeHighWaterMarks(keys) };
  const sequencer = makeSequencer(making);
  const journal = makeJournal({ ...making, keyStore });
  const keeping = makeLogKeeping({ ...making, keyStore, journal });
  const unitOfWork = makeUnitOfWork(database);
  const hourly = Math.ceil(ENTRIES / HOURS);
  for (let done = 0; done < ENTRIES; done += hourly) {
    const events = Array.from({ length: Math.min(hourly, ENTRIES - done) }, (_, n) => signIn(done + n));
    await unitOfWork.transaction((unit) => journal.recordMany(unit, events));
    await sequencer.runOnce();
    clock.advance(3_600_000);
  }
  const close = async () => {
    await database.close();
    await keys.close();
  };
  return { clock, database, journal, keeping, sequencer, unitOfWork, close };
}

/** A sign-in: about one person, who acted. */
function signIn(n: number): JournalEvent {
  return {
    ...{ log: "activity", type: "gar.signedIn", clause: "DD.7" },
    controller: controllerId(`school-${n % CONTROLLERS}`),
    actor: { role: "dataSubject" },
    subject: {
      id: `sub_${String(n % SUBJECTS).padStart(26, "0")}`,
      payload: { product: "kaligo", origin: "gar", role: "pupil", session: n },
    },
  };
}

async function deletePlainly(folder: string): Promise<number> {
  const { database, unitOfWork, close } = await fill(folder);
  const began = performance.now();
  for (let from = 0; from < ENTRIES; from += 1_000) {
    await unitOfWork.transaction(async (unit) => {
      await inUnit(unit)("jrn_entry")
        .where({ log: "activity" })
        .whereBetween("log_index", [from, from + 999])
        .delete();
    });
  }
  const ms = performance.now() - began;
  if ((await database.knex("jrn_entry").count({ n: "*" }).first())?.["n"] !== 0)
    throw new Error("rows are left");
  await close();
  return ms;
}

async function keep(folder: string) {
  const { clock, database, journal, keeping, sequencer, unitOfWork, close } = await fill(folder);
  const before = addHours(clock.now(), -1);
  const order = { controller: HOUSE, before: clock.now() };
  const waits: number[] = [];
  const busy = { done: false };
  const others = (async () => {
    for (let n = 0; !busy.done; n += 1) {
      const from = performance.now();
      await unitOfWork.transaction((unit) => journal.record(unit, { ...signIn(n), log: "evidence" }));
      waits.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const rssBefore = process.memoryUsage().rss;
  const cpuBefore = process.cpuUsage();
  const archive = await timed(() => keeping.archiveActivity(order));
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpu = (user + system) / 1000;
  const rssMiB = Math.round((process.memoryUsage().rss - rssBefore) / (1 << 20));
  const idle = await timed(() => keeping.archiveActivity({ controller: HOUSE, before }));
  const sum = await database
    .knex("jrn_archive")
    .sum({ n: database.knex.raw("length(sealed)") })
    .first();
  busy.done = true;
  await others;
  await sequencer.runOnce();
  const audit = await timed(async () => {
    if (!(await journal.audit("activity")).holds) throw new Error("the audit does not hold");
  });
  const prune = await timed(() => keeping.pruneActivity(order));
  const { minimum } = await keeping.standing("activity");
  if (minimum !== ENTRIES) throw new Error("entries are left");
  if (!(await journal.audit("activity")).holds) throw new Error("the audit does not hold");
  await close();
  return { archive, cpu, prune, audit, idle, waits, rssMiB, archivedBytes: Number(sum?.["n"] ?? 0) };
}

function measure(value: number, unit: string) {
  return { median: round(value), min: round(value), max: round(value), unit };
}

function summary(values: readonly number[], unit: string) {
  return { median: round(at(values, 0.5)), min: round(at(values, 0)), max: round(at(values, 1)), unit };
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
