/**
 * The in-memory reference of the journal: salted commitments in RFC 6962 trees, checkpoints as signed notes. Slots are
 * held in clear, since nothing is at rest; forgetting drops salt and payload, and the leaf stays what it was.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { Clock } from "./clock.ts";
import type { EntryId, Ids, SubjectId } from "./ids.ts";
import { auditPath, treeHash } from "./in-memory-tree.ts";
import { assertOpen, onCommit, onRollback } from "./in-memory-unit-of-work.ts";
import type { Journal, JournalEntry, JournalEvent, JournalQuery, LogName } from "./journal.ts";
import { canonicalJson, type Json, type JsonObject } from "./json.ts";

export interface InMemoryJournalOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Origin of the checkpoints, `school.example/log`; the log's name is added to it. */
  readonly origin?: string;
}

export interface InMemoryJournal extends Journal {
  /** Whose signature the checkpoints bear: Ed25519. */
  readonly publicKey: KeyObject;
}

interface Slot {
  readonly owner: string | undefined;
  readonly commitment: string;
  /** Salt and payload; undefined once forgotten. */
  opened: { readonly salt: Uint8Array; readonly value: JsonObject } | undefined;
}

interface Stored {
  readonly header: Omit<JournalEntry, "index" | "actor" | "subject" | "payload">;
  readonly actor: Slot;
  readonly subject: (Slot & { readonly id: SubjectId }) | undefined;
  readonly payload: Slot;
  index: number | undefined;
}

/** A journal in memory; an entry is numbered when its unit commits. @clause DD.7 */
export function inMemoryJournal(options: InMemoryJournalOptions): InMemoryJournal {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const entries = new Map<EntryId, Stored>();
  const logs: Record<LogName, Uint8Array[]> = { activity: [], evidence: [] };
  const origin = options.origin ?? "journal.example";

  return {
    publicKey,
    record: async (unit, event) => {
      assertOpen(unit);
      const stored = store(event, options.ids.next("jrn"), options.clock);
      const { id, log } = stored.header;
      entries.set(id, stored);
      onRollback(unit, () => void entries.delete(id));
      onCommit(unit, () => {
        stored.index = logs[log].push(leafOf(stored)) - 1;
      });
      return id;
    },
    entries: async (unit, query) => {
      assertOpen(unit);
      const newestFirst = [...entries.values()].filter((each) => matches(each, query)).reverse();
      const from = newestFirst.findIndex((each) => each.header.id === query.before) + 1;
      if (query.before !== undefined && from === 0) return [];
      return newestFirst.slice(from, from + Math.min(query.limit ?? 50, 1000)).map(open);
    },
    prove: async (controller, id) => {
      const stored = entries.get(id);
      if (stored?.index === undefined || stored.header.controller !== controller) return undefined;
      const leaves = logs[stored.header.log];
      const hashes = auditPath(stored.index, leaves).map((hash) => Buffer.from(hash).toString("base64"));
      const checkpoint = signNote(`${origin}/${stored.header.log}`, leaves, { publicKey, privateKey });
      const extra = Buffer.from(leafOf(stored)).toString("base64");
      const head = ["c2sp.org/tlog-proof@v1", `extra ${extra}`, `index ${stored.index}`];
      return [...head, ...hashes, "", checkpoint].join("\n");
    },
    forget: async (controller, subject) => {
      for (const stored of entries.values()) {
        if (stored.header.controller !== controller) continue;
        for (const slot of [stored.actor, stored.subject])
          if (slot?.owner === subject) slot.opened = undefined;
      }
    },
  };
}

function matches(stored: Stored, query: JournalQuery): boolean {
  const { header } = stored;
  return (
    header.controller === query.controller &&
    (query.log === undefined || header.log === query.log) &&
    (query.type === undefined || header.type === query.type) &&
    (query.subject === undefined || (stored.subject?.opened && stored.subject.id) === query.subject)
  );
}

function store(event: JournalEvent, id: EntryId, clock: Clock): Stored {
  const { log, type, clause, controller, actor, subject, payload } = event;
  const actorValue: JsonObject = {
    ...(actor.id === undefined ? {} : { id: actor.id }),
    ...(actor.payload === undefined ? {} : { payload: actor.payload }),
  };
  return {
    header: {
      ...{ id, log, type, controller, actorRole: actor.role, recordedAt: clock.now() },
      ...(clause === undefined ? {} : { clause }),
    },
    actor: commit(Object.keys(actorValue).length === 0 ? undefined : actorValue, actor.id),
    subject: subject && { ...commit(subject.payload, subject.id), id: subject.id },
    payload: commit(payload, undefined),
    index: undefined,
  };
}

/** SHA-256 of a salt of 32 bytes and the canonical value: says nothing once the salt is gone. */
function commit(value: JsonObject | undefined, owner: string | undefined): Slot {
  if (value === undefined) return { owner, commitment: "", opened: undefined };
  const salt = randomBytes(32);
  const copy = JSON.parse(canonicalJson(value)) as JsonObject;
  return {
    owner,
    commitment: sha256(salt, canonicalJson(value)).toString("base64"),
    opened: { salt, value: copy },
  };
}

/** Header and commitments, as the tree hashes them and the proof carries them: nothing about a person. */
function leafOf(stored: Stored): Uint8Array {
  const { actor, subject, payload } = stored;
  const commitments: Json = [actor.commitment, subject?.commitment ?? "", payload.commitment];
  return Buffer.from(canonicalJson({ header: { ...stored.header }, commitments }));
}

function open(stored: Stored): JournalEntry {
  const { actor, subject, payload, index } = stored;
  return {
    ...stored.header,
    ...(index === undefined ? {} : { index }),
    ...(actor.opened && { actor: actor.opened.value }),
    ...(subject?.opened && { subject: { id: subject.id, payload: subject.opened.value } }),
    ...(payload.opened && { payload: payload.opened.value }),
  };
}

/** A checkpoint as a signed note (c2sp.org/tlog-checkpoint, c2sp.org/signed-note), Ed25519. */
function signNote(
  name: string,
  leaves: readonly Uint8Array[],
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
): string {
  const text = `${name}\n${leaves.length}\n${treeHash(leaves).toString("base64")}\n`;
  const rawKey = keys.publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const keyId = sha256(name, "\n", Uint8Array.of(1), rawKey).subarray(0, 4);
  const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), keys.privateKey)]).toString("base64");
  return `${text}\n— ${name} ${signature}\n`;
}

function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
