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
  type LogName,
  millisOf,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { type AuditReport, auditLog } from "./audit.ts";
import { type SlotName, writeHeader } from "./entry.ts";
import { writeExtra } from "./extra.ts";
import { originOf } from "./origin.ts";
import { makeProofReader } from "./proof-reader.ts";
import { entryRow, prepareEvent, subjectScope } from "./record-slots.ts";
import type { Signer } from "./signer.ts";
import { controllerScope, openSlot, slotSalt } from "./slot.ts";
import { type EntryRow, findEntry, insertEntries, readEntries, readNumbered } from "./store/entry-table.ts";
import { readTree } from "./store/tree-table.ts";
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
  /** Called when something recorded has been committed: the sequencer's `wake`. */
  readonly recorded?: () => void;
}

export interface ProveOptions {
  /** Milliseconds to wait for the entry's number; 1,000 by default. */
  readonly waitMs?: number;
  /** Puts the salt of this slot into the proof, so that whoever has its payload can check it. */
  readonly reveal?: SlotName;
}

export interface DatabaseJournal extends Journal {
  /** As many times `record`, in one statement and one look at the keys. */
  recordMany(unit: Unit, events: readonly JournalEvent[]): Promise<readonly EntryId[]>;
  prove(controller: ControllerId, entry: EntryId, options?: ProveOptions): Promise<string | undefined>;
  /** The verifier key of a log, for whoever checks its proofs. */
  vkey(log: LogName): string;
  /** The last signed checkpoint; undefined while the log is empty. */
  checkpoint(log: LogName): Promise<string | undefined>;
  /** RFC 6962 consistency proof from an older size to a newer one, both signed before. */
  proveConsistency(log: LogName, older: number, newer: number): Promise<readonly Buffer[]>;
  /** Computes the whole tree again from the entries and holds it against the last checkpoint. */
  audit(log: LogName): Promise<AuditReport>;
}

/** Milliseconds between two looks for a number. */
const LOOK = 20;
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
    const rows = await keyStore.withKeys(scopes, (keyOf) =>
      prepared.map((event) => {
        const recordedAt = clock.now();
        ordinal = Math.max(ordinal + 1, millisOf(recordedAt) * STEPS);
        return entryRow(event, { id: ids.next("jrn"), recordedAt, ordinal }, keyOf);
      }),
    );
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
    return openRows(controller, await readEntries(queries, query, { subjectKey, before }));
  }

  async function openRows(
    controller: ControllerId,
    rows: readonly EntryRow[],
  ): Promise<readonly JournalEntry[]> {
    const own = controllerScope(controller);
    const keyIds = new Set(rows.flatMap(({ slots }) => [slots.actor?.key, slots.subject?.key]));
    const named = [...keyIds].filter((id) => typeof id === "string");
    const withController = await keyStore.withKeys(
      [own],
      (keyOf) =>
        rows.map(({ header, slots }) => {
          const key = keyOf(own);
          const sealed = slots.controller?.sealed;
          return key && sealed ? { payload: openSlot(key, header.id, "controller", sealed) } : {};
        }),
      { create: false },
    );
    return keyStore.withKeyIds(named, (keyOf) =>
      rows.map((row, at) => {
        const open = (slot: "actor" | "subject") => {
          const { key: keyId, sealed } = row.slots[slot] ?? { key: null, sealed: null };
          const key = keyId === null ? undefined : keyOf(keyId);
          return key && sealed ? { [slot]: openSlot(key, row.header.id, slot, sealed) } : {};
        };
        const { commitments: _, ...header } = row.header;
        return {
          ...header,
          ...(row.index === undefined ? {} : { index: row.index }),
          ...open("actor"),
          ...open("subject"),
          ...withController[at],
        };
      }),
    );
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

  async function prove(
    controller: ControllerId,
    id: EntryId,
    { waitMs = 1000, reveal }: ProveOptions = {},
  ): Promise<string | undefined> {
    const row = await numbered(controller, id, waitMs);
    if (row?.index === undefined) return undefined;
    const { log } = row.header;
    const tree = await readTree(knex, log);
    const checkpoint = tree?.checkpoint;
    if (tree === undefined || checkpoint === undefined) return undefined;
    const salt = reveal && (await saltOf(row, reveal));
    const extra = writeExtra({
      header: writeHeader(row.header),
      key: signer.vkey(originOf(origin, log)),
      ...(reveal === undefined || salt === undefined ? {} : { slot: reveal, salt }),
    });
    const path = await proofs.hashes(log, inclusionRanges(row.index, tree.size));
    return writeTlogProof({ extra, index: row.index, path, checkpoint });
  }

  async function saltOf({ header, slots }: EntryRow, slot: SlotName): Promise<Buffer | undefined> {
    if (slot === "controller") {
      const scope = controllerScope(header.controller);
      return keyStore.withKeys(
        [scope],
        (keyOf) => {
          const key = keyOf(scope);
          return key && slotSalt(key, header.id, slot);
        },
        { create: false },
      );
    }
    const keyId = slots[slot]?.key;
    if (keyId == null) return undefined;
    return keyStore.withKeyIds([keyId], (keyOf) => {
      const key = keyOf(keyId);
      return key && slotSalt(key, header.id, slot);
    });
  }

  return {
    record: async (unit, event) => {
      const [id] = await recordMany(unit, [event]);
      return id as EntryId;
    },
    recordMany,
    entries,
    prove,
    forget: async (controller, subject) => {
      await keyStore.destroy(subjectScope(controller, subject));
    },
    vkey: (log) => signer.vkey(originOf(origin, log)),
    checkpoint: async (log) => (await readTree(knex, log))?.checkpoint,
    proveConsistency: (log, older, newer) => proofs.hashes(log, consistencyRanges(older, newer)),
    audit: async (log) =>
      auditLog({
        checkpoint: (await readTree(knex, log))?.checkpoint,
        vkey: signer.vkey(originOf(origin, log)),
        headers: (from, to) => readNumbered(knex, log, { from, to }),
      }),
  };
}
