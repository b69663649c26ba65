/**
 * Numbers what was recorded and signs the tree that results, in batches, each in one transaction:
 *
 *   take the lease (and the log's row) → read the tree → read unnumbered entries → hash, number, write tiles →
 *   sign the checkpoint → set size and checkpoint where the size is still the one that was read.
 *
 * Any replica may run one. The lease keeps them from waiting for each other; that the log cannot fork rests on the row
 * alone: whoever comes late finds another size. No checkpoint leaves the transaction before it is committed.
 *
 * Nothing is signed over tables that contradict each other, nor over a history that does not begin with the one at the
 * high-water mark. The mark is raised after the commit: it may lag behind by a batch, and never leads.
 */
import { type Database, inUnit, makeUnitOfWork } from "@preau/database";
import { addMillis, type Clock, type Ids, isFault, type Log, type LogName, silentLog } from "@preau/kernel";
import type { HighWaterMarks } from "@preau/keys";
import { readCheckpoint, writeTreeHead } from "./checkpoint.ts";
import { writeHeader } from "./entry.ts";
import { fault } from "./errors.ts";
import { type GrowingTree, growingTree } from "./growing-tree.ts";
import { leafHash } from "./merkle-tree.ts";
import { originOf } from "./origin.ts";
import { isSignedBy, readVkey } from "./signed-note.ts";
import type { Signer } from "./signer.ts";
import { numberEntries, type Queries, readLastNumber, readUnnumbered } from "./store/entry-table.ts";
import {
  dropLease,
  growTree,
  insertTree,
  readTiles,
  readTree,
  type TreeRow,
  takeLease,
  writeTiles,
} from "./store/tree-table.ts";
import { edgeTiles, tileKey } from "./tile.ts";

export interface SequencerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Name of this journal, `journal.publisher.example`; its logs are `<origin>/activity` and `<origin>/evidence`. */
  readonly origin: string;
  readonly signer: Signer;
  readonly log?: Log;
  /** `makeHighWaterMarks` of the key store's database; without it an older copy of the database is signed over. */
  readonly marks?: HighWaterMarks;
  /** Entries a checkpoint at most; 256 by default, a full tile. */
  readonly batch?: number;
  /** Milliseconds between two looks for what other processes recorded; 200 by default. */
  readonly pauseMs?: number;
  /** Milliseconds that a lease lasts; 500 by default. */
  readonly leaseMs?: number;
}

export interface Sequencer {
  start(): void;
  /** Ends the batch under way and gives the lease back. */
  stop(): Promise<void>;
  /** Numbers all that is there now; how many entries that were. 0 also when another replica holds the lease. */
  runOnce(): Promise<number>;
  /** Looks at once instead of after the pause. */
  wake(): void;
}

const LOGS: readonly LogName[] = ["activity", "evidence"];

/** A tree as this process committed it, with the checkpoint that it signed. */
interface KeptTree {
  readonly tree: GrowingTree;
  readonly checkpoint: string;
}

/** @throws JOURNAL_BAD_ORIGIN */
export function makeSequencer(options: SequencerOptions): Sequencer {
  const {
    database,
    clock,
    signer,
    marks,
    log = silentLog,
    batch = 256,
    pauseMs = 200,
    leaseMs = 500,
  } = options;
  const owner = options.ids.next("seq");
  const units = makeUnitOfWork(database, { log });
  const keys = new Map(LOGS.map((name) => [name, readVkey(signer.vkey(originOf(options.origin, name)))]));
  const trees = new Map<LogName, KeptTree>();
  const known = new Set<LogName>(); // logs whose row is there
  let running: Promise<unknown> = Promise.resolve();
  let loop: Promise<void> | undefined;
  const control = { stopped: false, wakes: 0 };
  let wakeUp: (() => void) | undefined;

  /** One batch of one log. */
  async function numberBatch(name: LogName): Promise<number> {
    let signed: KeptTree | undefined;
    const count = await units.transaction(async (unit) => {
      signed = undefined; // the unit may be tried again
      const queries = inUnit(unit);
      const now = clock.now();
      if (!(await takeLease(queries, name, { owner, now, until: addMillis(now, leaseMs) }))) return 0;
      const row = await readTree(queries, name);
      const headers = row === undefined ? [] : await readUnnumbered(queries, name, batch);
      if (row === undefined || headers.length === 0) return 0;
      const grown = await treeOf(queries, name, row);
      for (const header of headers) grown.add(leafHash(writeHeader(header)));
      const ids = headers.map((header) => header.id);
      if ((await numberEntries(queries, ids, row.size)) !== ids.length)
        throw fault("JOURNAL_BROKEN", { place: name });
      await writeTiles(queries, name, grown.takeChanged());
      const origin = originOf(options.origin, name);
      const head = writeTreeHead({ origin, size: grown.size, root: grown.root() });
      const checkpoint = signer.signNote(origin, head);
      const change = { from: row.size, to: grown.size, checkpoint };
      if (!(await growTree(queries, name, change))) throw fault("JOURNAL_BROKEN", { place: name });
      signed = { tree: grown, checkpoint };
      return ids.length;
    });
    if (signed !== undefined) {
      trees.set(name, signed);
      await raiseMark(name, signed.tree);
    }
    return count;
  }

  /** What is committed stays committed: a mark that cannot be written is logged, and the next batch raises it. */
  async function raiseMark(name: LogName, tree: GrowingTree): Promise<void> {
    try {
      await marks?.raise(originOf(options.origin, name), { size: tree.size, root: tree.root() });
    } catch (error) {
      log.error("journal.markFailed", { log: name, code: codeOf(error) });
    }
  }

  /** The tree kept from the last batch; its edge read again when somebody else has grown it, or a batch was undone. */
  async function treeOf(queries: Queries, name: LogName, row: TreeRow): Promise<GrowingTree> {
    const kept = trees.get(name);
    trees.delete(name); // it grows now, and comes back when that is committed
    const last = await readLastNumber(queries, name);
    // What was archived has left the table of entries, at times all of it.
    if (Math.max(row.archived, last === undefined ? 0 : last + 1) !== row.size)
      throw fault("JOURNAL_BROKEN", { place: `jrn_entry ${name}` });
    if (kept?.tree.size === row.size && kept.checkpoint === row.checkpoint) return kept.tree;
    const tree = await treeAt(queries, name, row.size);
    if (tree === undefined) throw fault("JOURNAL_BROKEN", { place: `jrn_tile ${name}` });
    refuseOtherCheckpoint(name, row, tree);
    await refuseBehindMark(queries, name, tree);
    return tree;
  }

  /** The tree at that size, of which there are entries at least; undefined when its tiles lack a hash. */
  async function treeAt(queries: Queries, name: LogName, size: number): Promise<GrowingTree | undefined> {
    const tiles = await readTiles(queries, name, edgeTiles(size));
    return growingTree(size, (place) => tiles.get(tileKey(place)));
  }

  function refuseOtherCheckpoint(name: LogName, row: TreeRow, tree: GrowingTree): void {
    if (row.checkpoint === undefined && row.size === 0) return;
    const checkpoint = readCheckpoint(row.checkpoint ?? "");
    const key = keys.get(name);
    if (checkpoint?.size !== row.size || !checkpoint.root.equals(tree.root())) {
      throw fault("JOURNAL_BROKEN", { place: `jrn_tree ${name}` });
    }
    if (key === undefined || !isSignedBy(checkpoint.note, key))
      throw fault("JOURNAL_OTHER_SIGNER", { place: name });
  }

  /** The row is ours until the transaction ends: no later mark can be of a tree that we do not see. */
  async function refuseBehindMark(queries: Queries, name: LogName, tree: GrowingTree): Promise<void> {
    const mark = await marks?.read(originOf(options.origin, name));
    if (mark === undefined) return;
    const marked = mark.size > tree.size ? undefined : await treeAt(queries, name, mark.size);
    if (marked === undefined || !marked.root().equals(mark.root))
      throw fault("JOURNAL_BEHIND", { place: name, log: { size: tree.size, signed: mark.size } });
  }

  async function runAll(): Promise<number> {
    let total = 0;
    for (const name of LOGS) {
      // A look without a transaction first: an idle log costs no lock.
      for (let left = await look(name); left; ) {
        const count = await numberBatch(name);
        total += count;
        left = count === batch;
      }
    }
    return total;
  }

  async function look(name: LogName): Promise<boolean> {
    if (!known.has(name)) await insertTree(database.knex, name);
    known.add(name);
    return (await readUnnumbered(database.knex, name, 1)).length > 0;
  }

  /** One after the other: a call numbers what was there when it was made. */
  function runOnce(): Promise<number> {
    const run = running.then(runAll, runAll);
    running = run;
    return run;
  }

  async function runUntilStopped(): Promise<void> {
    while (!control.stopped) {
      const wakesBefore = control.wakes;
      await runOnce().catch((error: unknown) => {
        const place = isFault(error) ? error.place : undefined;
        log.error("journal.sequencerFailed", {
          code: codeOf(error),
          ...(place === undefined ? {} : { place }),
        });
      });
      if (control.wakes === wakesBefore) await untilWokenOr(pauseMs);
    }
  }

  function untilWokenOr(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const wake = () => {
    control.wakes += 1;
    wakeUp?.();
  };

  return {
    start: () => {
      control.stopped = false;
      loop ??= runUntilStopped();
    },
    stop: async () => {
      control.stopped = true;
      wake();
      await loop;
      loop = undefined;
      await running.catch(() => undefined); // its caller has the error
      await dropLease(database.knex, owner);
    },
    runOnce,
    wake,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
