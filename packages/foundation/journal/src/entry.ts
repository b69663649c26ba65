/**
 * What a leaf of the log commits to: a header without personal data, in canonical JSON, with one commitment a slot. The
 * payloads stand apart, each sealed under the key of whom it is about; a leaf says nothing of them once that key is gone.
 */
import {
  type ActorRole,
  type ControllerId,
  canonicalJson,
  type EntryId,
  type Instant,
  type LogName,
} from "@preau/kernel";

/** The parts of an entry that are sealed apart. No slot holds two persons. */
export type SlotName = "actor" | "subject" | "controller";

export interface EntryHeader {
  readonly log: LogName;
  readonly id: EntryId;
  /** `plugin.whatHappened`. */
  readonly type: string;
  readonly clause?: string;
  readonly controller: ControllerId;
  readonly actorRole: ActorRole;
  /** The hub's clock: nobody else attests it. */
  readonly recordedAt: Instant;
  /** HMAC-SHA-256 under a 32-byte salt of the slot's payload, for each slot that the entry has. */
  readonly commitments: { readonly [S in SlotName]?: Buffer };
}

const SCHEMA = "preau.entry/1";

/** The bytes that the leaf hash is taken of. */
export function writeHeader(header: EntryHeader): Buffer {
  const { commitments, clause, ...fields } = header;
  const encoded = Object.entries(commitments).map(([slot, bytes]) => [slot, bytes.toString("base64")]);
  return Buffer.from(
    canonicalJson({
      schema: SCHEMA,
      ...fields,
      ...(clause === undefined ? {} : { clause }),
      commitments: Object.fromEntries(encoded) as Record<string, string>,
    }),
  );
}
