/**
 * What a leaf of the log commits to: a header without personal data, in canonical JSON, with one commitment a slot. The
 * payloads stand apart, each sealed under the key of whom it is about; a leaf says nothing of them once that key is gone.
 */
import { type ActorRole, type ControllerId, type EntryId, type Instant, type LogName } from "@preau/kernel";

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

const quote = JSON.stringify;

/** The bytes that the leaf hash is taken of: RFC 8785, its keys written out in order because this runs for every entry. */
export function writeHeader({ commitments, clause, ...header }: EntryHeader): Buffer {
  const commitment = (slot: SlotName) => {
    const bytes = commitments[slot];
    return bytes === undefined ? [] : [`"${slot}":"${bytes.toString("base64")}"`];
  };
  const slots = [...commitment("actor"), ...commitment("controller"), ...commitment("subject")];
  return Buffer.from(
    `{"actorRole":${quote(header.actorRole)},${clause === undefined ? "" : `"clause":${quote(clause)},`}` +
      `"commitments":{${slots.join(",")}},"controller":${quote(header.controller)},"id":${quote(header.id)},` +
      `"log":${quote(header.log)},"recordedAt":${quote(header.recordedAt)},"schema":"${SCHEMA}",` +
      `"type":${quote(header.type)}}`,
  );
}
