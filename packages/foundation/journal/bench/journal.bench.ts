/**
 * What a durable append costs: recorded with its slots sealed, numbered, its checkpoint signed, everything on disk
 * (SQLite, `synchronous=FULL`), its high-water mark too, against SHA-256 of the same bytes. Then the audit of a long log, and one proof.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import {
  canonicalJson,
  controllerId,
  type EntryId,
  type JournalEvent,
  makeIds,
  systemClock,
} from "@preau/kernel";
import { keyMigrations, makeHighWaterMarks, openKeyStore } from "@preau/keys";
import { journalMigrations, makeJournal, makeSequencer, makeSigner } from "../src/index.ts";

interface Measure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

const BATCH = 100;
/** Entries of one run of appends. */
const APPENDS = 10_000;
/** Entries of the long log; its audit is scaled to a million. */
const LONG = Number(process.env["PREAU_BENCH_ENTRIES"] ?? 200_000);
const SUBJECTS = 1_000;
const school = controllerId("school-1");
const clock = systemClock;

type Opened = Awaited<ReturnType<typeof open>>;
type MakeEvent = (n: number) => JournalEvent;

/** A sign-in: about one person, who acted. */
const signIn: MakeEvent = (n) => ({
  ...{ log: "activity", type: "gar.signedIn", clause: "DD.7", controller: school },
  actor: { role: "dataSubject" },
  subject: {
    id: `sub_${String(n % SUBJECTS).padStart(26, "0")}`,
    payload: { product: "kaligo", origin: "gar", role: "pupil", session: n },
  },
});

/** A change with all three slots. */
const change: MakeEvent = (n) => ({
  ...signIn(n),
  type: "school.changed",
  actor: { role: "support", id: "act_00000000000000000000000001", payload: { from: "desk" } },
  payload: { table: "result", rows: 3 },
});

/** Without any slot: what the long log is made of, since its audit reads headers alone. */
const sweep: MakeEvent = () => ({
  ...{ log: "activity", type: "retention.swept", clause: "D12.1", controller: school },
  actor: { role: "system" },
});

export async function bench({ runs }: { readonly runs: number; readonly seed: number }) {
  const folder = mkdtempSync(join(tmpdir(), "preau-journal-"));
  const opened = await open(folder);
  try {
    const cases = [];
    for (const [title, make] of [
      ["one slot", signIn],
      ["three slots", change],
    ] as const) {
      const ours: number[] = [];
      const peer: number[] = [];
      const waits: number[] = [];
      for (let run = -1; run < runs; run += 1) {
        const hashed = hashSame(make);
        const { ms, latencies } = await append(opened, make, APPENDS);
        if (run === -1) continue; // the first makes the keys
        ours.push((ms / APPENDS) * 1000);
        peer.push((hashed / APPENDS) * 1000);
        waits.push(...latencies);
      }
      const cost = measure(ours, "µs");
      cases.push({
        ...{ case: `durable append, ${title}, batches of ${BATCH}`, ours: cost },
        peer: { name: "SHA-256 of the same bytes", median: measure(peer, "µs").median, unit: "µs" },
        ...{ goal: ">= 20,000 appends/s", met: cost.median <= 50, perSecond: Math.round(1e6 / cost.median) },
      });
      const latency = measure(waits, "ms");
      cases.push({
        ...{ case: `from record to signed checkpoint, ${title}`, ours: latency },
        ...{ goal: "<= 50 ms", met: percentile(waits, 0.99) <= 50, p99: round(percentile(waits, 0.99)) },
      });
    }
    cases.push(...(await longLog(opened, runs)));
    return { cases };
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(folder: string) {
  const ids = makeIds(clock);
  const database = await openDatabase({ url: `sqlite:${join(folder, "data.sqlite")}` });
  const keys = await openDatabase({ url: `sqlite:${join(folder, "keys.sqlite")}` });
  await migrate(database, [journalMigrations]);
  await migrate(keys, [keyMigrations]);
  const keyStore = await openKeyStore({ database: keys, rootKey: new Uint8Array(32), clock, ids });
  const signer = makeSigner(new Uint8Array(32).fill(1));
  const marks = makeHighWaterMarks(keys);
  const options = { database, clock, ids, origin: "journal.example", signer, marks };
  const sequencer = makeSequencer(options);
  const journal = makeJournal({ ...options, keyStore, recorded: () => sequencer.wake() });
  const close = async () => {
    await database.close();
    await keys.close();
  };
  return { database, journal, sequencer, unitOfWork: makeUnitOfWork(database), close };
}

/** Appends in batches while the sequencer runs; the time until the last is signed, and each batch's own wait. */
async function append({ journal, sequencer, unitOfWork }: Opened, make: MakeEvent, count: number) {
  const latencies: number[] = [];
  const began = performance.now();
  for (let at = 0; at < count; at += BATCH) {
    const from = performance.now();
    const events = Array.from({ length: BATCH }, (_, n) => make(at + n));
    await unitOfWork.transaction((unit) => journal.recordMany(unit, events));
    await sequencer.runOnce();
    latencies.push(performance.now() - from);
  }
  return { ms: performance.now() - began, latencies };
}

/** The floor: one SHA-256 an entry of about the bytes that it is made of. */
function hashSame(make: MakeEvent): number {
  const bytes = Array.from({ length: APPENDS }, (_, n) => Buffer.from(canonicalJson({ ...make(n) })));
  const began = performance.now();
  for (const each of bytes) createHash("sha256").update(each).digest();
  return performance.now() - began;
}

async function longLog(opened: Opened, runs: number) {
  const { journal, sequencer, unitOfWork } = opened;
  const ids: EntryId[] = [];
  for (let at = 0; at < LONG; at += 5_000) {
    const events = Array.from({ length: 5_000 }, (_, n) => sweep(at + n));
    ids.push(...(await unitOfWork.transaction((unit) => journal.recordMany(unit, events))));
    await sequencer.runOnce();
  }
  const audits: number[] = [];
  const proofs: number[] = [];
  let size = 0;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    const report = await journal.audit("activity");
    if (!report.holds) throw new Error("the audit does not hold");
    size = report.size;
    audits.push((((performance.now() - began) / size) * 1e6) / 1000);
    for (let n = 0; n < 200; n += 1) {
      const id = ids[(n * 7919 + run * 104_729) % ids.length] as EntryId;
      const from = performance.now();
      await journal.prove(school, id);
      proofs.push(performance.now() - from);
    }
  }
  const audit = measure(audits, "s");
  const proof = measure(proofs, "ms");
  return [
    {
      case: `audit of a million entries, scaled from ${size}`,
      ours: audit,
      goal: "<= 10 s",
      met: audit.median <= 10,
    },
    {
      case: `inclusion proof of a random entry of ${size}`,
      ours: proof,
      goal: "<= 1 ms",
      met: proof.median <= 1,
    },
  ];
}

function measure(values: readonly number[], unit: string): Measure {
  return {
    median: round(percentile(values, 0.5)),
    min: round(Math.min(...values)),
    max: round(Math.max(...values)),
    unit,
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
