/**
 * The kernel's journal over a database and a key store: two logs, each an RFC 6962 tree of commitments. Erasing a person
 * destroys a key; no row is rewritten, and every proof still holds. @clause DD.7
 */
import { afterCommit, type Database, inUnit } from "@preau/database";
import {
  type Clock,
  type ControllerId,
  type EntryId,
  type Ids,
  type Journal,
  type JournalEntry,
  type JournalEvent,
  type JournalQuery,
  type JsonObject,
  type LogName,
  millisOf,
  type Unit,
} from "@preau/kernel";
import type { HighWaterMarks, KeyStore, ScopeKey } from "@preau/keys";
import { readArchivedRange } from "./archived-range.ts";
import { type AuditReport, auditLog } from "./audit.ts";
import { writeHeader } from "./entry.ts";
import { writeExtra } from "./extra.ts";
import { openEntries } from "./open-entries.ts";
import { minimumOrigin, originOf } from "./origin.ts";
import { makeProofReader } from "./proof-reader.ts";
import { entryRow, prepareEvent, subjectScope } from "./record-slots.ts";
import type { Signer } from "./signer.ts";
import { controllerScope, openSlot, slotSalt } from "./slot.ts";
import {
  type EntryRow,
  findEntry,
  insertEntries,
  readEntries,
  readLastNumber,
  readNumbered,
} from "./store/entry-table.ts";
import { hasTiles, readTiles, readTree } from "./store/tree-table.ts";
import { writeTlogProof } from "./tlog-proof.ts";
import { consistencyRanges, inclusionRanges } from "./tree-proof.ts";

export interface JournalOptions {
  readonly database: Database;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** As the sequencer's. */
  readonly origin: string;
  readonly signer: Signer;
  /** As the sequencer's; without it the audit cannot know that an older copy of the database stands here. */
  readonly marks?: HighWaterMarks;
  /** Called when something recorded has been committed: the sequencer's `wake`. */
  readonly recorded?: () => void;
}

export interface ProveOptions {
  /** Milliseconds to wait for the entry's number; 1,000 by default. */
  readonly waitMs?: number;
}

export interface DatabaseJournal extends Journal {
  /** As many times `record`, in one statement and one look at the keys. */
  recordMany(unit: Unit, events: readonly JournalEvent[]): Promise<readonly EntryId[]>;
  /** One entry, its slots opened; undefined when it is unknown to this controller. */
  entry(unit: Unit, controller: ControllerId, entry: EntryId): Promise<JournalEntry | undefined>;
  /** An entry's payload for the controller, with a proof that opens its commitment: for whoever is given both. */
  provePayload(
    controller: ControllerId,
    entry: EntryId,
    options?: ProveOptions,
  ): Promise<{ readonly payload: JsonObject; readonly proof: string } | undefined>;
  /** The verifier key of a log, for whoever checks its proofs. */
  vkey(log: LogName): string;
  /** The last signed checkpoint; undefined while the log is empty. */
  checkpoint(log: LogName): Promise<string | undefined>;
  /** RFC 6962 consistency proof from an older size to a newer one, both signed before. */
  proveConsistency(log: LogName, older: number, newer: number): Promise<readonly Buffer[]>;
  /** Computes the whole tree again from the entries and holds it against tiles, last checkpoint and high-water mark. */
  audit(log: LogName): Promise<AuditReport>;
}

/** Milliseconds between two looks for a number. */
const LOOK = 20;
/** Milliseconds to wait for a number unless told. */
const WAIT = 1000;
/** Steps of the ordinal a millisecond. */
const STEPS = 1024;

/** @throws JOURNAL_BAD_ORIGIN */
export function makeJournal(options: JournalOptions): DatabaseJournal {
  const { database, keyStore, clock, ids, origin, signer } = options;
  const { knex } = database;
  const proofs = makeProofReader(database);
  let ordinal = 0;
  originOf(origin, "activity");

  async function recordMany(unit: Unit, events: readonly JournalEvent[]): Promise<readonly EntryId[]> {
    const queries = inUnit(unit);
    const prepared = events.map(prepareEvent);
    const scopes = prepared.flatMap(({ slots }) => slots.map(({ scope }) => scope));
    const rows = await keyStore.withKeys(scopes, (keyOf) => {
      const recordedAt = clock.now();
      const first = millisOf(recordedAt) * STEPS;
      return prepared.map((event) => {
        ordinal = Math.max(ordinal + 1, first);
        return entryRow(event, { id: ids.next("jrn"), recordedAt, ordinal }, keyOf);
      });
    });
    await insertEntries(queries, rows);
    const { recorded } = options;
    if (recorded !== undefined) afterCommit(unit, recorded);
    return rows.map((row) => row.header.id);
  }

  async function entries(unit: Unit, query: JournalQuery): Promise<readonly JournalEntry[]> {
    const queries = inUnit(unit);
    const { controller } = query;
    let subjectKey: string | undefined;
    if (query.subject !== undefined) {
      const scope = subjectScope(controller, query.subject);
      subjectKey = await keyStore.withKeys([scope], (keyOf) => keyOf(scope)?.id, { create: false });
      if (subjectKey === undefined) return []; // destroyed, or never spoken of
    }
    const before = query.before && (await findEntry(queries, controller, query.before));
    if (query.before !== undefined && before === undefined) return [];
    return openEntries(keyStore, controller, await readEntries(queries, query, { subjectKey, before }));
  }

  async function numbered(
    controller: ControllerId,
    id: EntryId,
    waitMs: number,
  ): Promise<EntryRow | undefined> {
    for (let waited = 0; ; waited += LOOK) {
      const row = await findEntry(knex, controller, id);
      if (row === undefined || row.index !== undefined) return row;
      if (waited >= waitMs) return undefined;
      await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK, waitMs - waited)));
    }
  }

  /** The proof of a numbered entry; with a salt it also opens the commitment to the controller's payload. */
  async function proofOf(row: EntryRow, salt?: Buffer): Promise<string | undefined> {
    const { log } = row.header;
    const tree = await readTree(knex, log);
    if (tree?.checkpoint === undefined || row.index === undefined) return undefined;
    const extra = writeExtra({
      header: writeHeader(row.header),
      key: signer.vkey(originOf(origin, log)),
      ...(salt === undefined ? {} : { slot: "controller", salt }),
    });
    const path = await proofs.hashes(log, inclusionRanges(row.index, tree.size));
    return writeTlogProof({ extra, index: row.index, path, checkpoint: tree.checkpoint });
  }

  async function provePayload(controller: ControllerId, id: EntryId, { waitMs = WAIT }: ProveOptions = {}) {
    const row = await numbered(controller, id, waitMs);
    const sealed = row?.slots.controller?.sealed;
    if (row === undefined || sealed == null) return undefined;
    const scope = controllerScope(controller);
    const open = (key: ScopeKey) => ({
      salt: slotSalt(key, id, "controller"),
      payload: openSlot(key, id, "controller", sealed),
    });
    const opened = await keyStore.withKeys([scope], (keyOf) => mapDefined(keyOf(scope), open), {
      create: false,
    });
    if (opened === undefined) return undefined;
    const proof = await proofOf(row, opened.salt);
    return proof === undefined ? undefined : { payload: opened.payload, proof };
  }

  async function auditOf(log: LogName): Promise<AuditReport> {
    // Before the tree's row: a sequencer that runs meanwhile only makes the row newer than these.
    const mark = await options.marks?.read(originOf(origin, log));
    const last = await readLastNumber(knex, log);
    const tiled = await hasTiles(knex, log);
    const row = await readTree(knex, log);
    const archived = row?.archived ?? 0;
    const minimum = row?.minimum ?? 0;
    return auditLog({
      size: row?.size ?? 0,
      archived,
      minimum,
      minimumNote: row?.minimumNote,
      minimumVkey: signer.vkey(minimumOrigin(originOf(origin, log))),
      places: async () => {
        const now = await readTree(knex, log);
        return { archived: now?.archived ?? 0, minimum: now?.minimum ?? 0 };
      },
      archivedRange: (from) => readArchivedRange({ database, keyStore }, log, from),
      checkpoint: row?.checkpoint,
      numbered: Math.max(archived, last === undefined ? 0 : last + 1),
      tiled,
      mark,
      vkey: signer.vkey(originOf(origin, log)),
      headers: (from, to) => readNumbered(knex, log, { from, to }),
      tiles: (places) => readTiles(knex, log, places),
    });
  }

  return {
    record: async (unit, event) => {
      const [id] = await recordMany(unit, [event]);
      return id as EntryId;
    },
    recordMany,
    entries,
    entry: async (unit, controller, id) => {
      const row = await findEntry(inUnit(unit), controller, id);
      return row && (await openEntries(keyStore, controller, [row]))[0];
    },
    prove: async (controller, id, { waitMs = WAIT } = {}) => {
      const row = await numbered(controller, id, waitMs);
      return row && proofOf(row);
    },
    provePayload,
    forget: async (controller, subject) => {
      await keyStore.destroy(subjectScope(controller, subject));
    },
    vkey: (log) => signer.vkey(originOf(origin, log)),
    checkpoint: async (log) => (await readTree(knex, log))?.checkpoint,
    proveConsistency: (log, older, newer) => proofs.hashes(log, consistencyRanges(older, newer)),
    audit: auditOf,
  };
}

function mapDefined<T, R>(value: T | undefined, map: (value: T) => R): R | undefined {
  return value === undefined ? undefined : map(value);
}
