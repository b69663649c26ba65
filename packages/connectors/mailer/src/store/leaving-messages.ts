/** The SQL of messages that leave, many at a time: of several controllers, each named with its own. */
import { inUnit } from "@preau/database";
import { type ControllerId, type Instant, instant, type MessageId, type Unit } from "@preau/kernel";
import type { MessageLine, MessageState, Settlement } from "../message-line.ts";
import { lineOf, MESSAGE, type MessageRow } from "./messages.ts";
import { SUPPRESSED, type SuppressedRow } from "./suppressed.ts";

export type MessageName = Pick<MessageLine, "controller" | "id">;

/** An address at a controller, by its mark. */
export interface Recipient {
  readonly controller: ControllerId;
  readonly mark: string;
}

// Named, so that the statement can be kept: `select *` is compiled anew each time.
const COLUMNS = [
  ...(["id", "controller", "message_key", "subject", "template", "language", "priority", "sealed"] as const),
  ...(["state", "reason", "clause", "transport", "attempts", "queued_at", "settled_at"] as const),
  ...(["restricted_at", "provider_id", "recipient", "left_at"] as const),
] as const satisfies readonly (keyof MessageRow)[];

/** Their lines and sealed parts by id, held against everybody else until the unit ends. */
export async function lockMessages(
  unit: Unit,
  names: readonly MessageName[],
): Promise<ReadonlyMap<MessageId, { readonly line: MessageLine; readonly sealed: Buffer | null }>> {
  const rows = await inUnit(unit)<MessageRow>(MESSAGE)
    .whereIn(["controller", "id"], pairs(names))
    .orderBy("id") // every unit in one order: two that want the same do not wait for each other
    .forUpdate()
    .select<readonly MessageRow[]>(...COLUMNS);
  return new Map(
    rows.map((row) => [row.id as MessageId, { line: lineOf(row), sealed: row.sealed }] as const),
  );
}

/** They are leaving now. */
export async function markLeaving(unit: Unit, names: readonly MessageName[], at: Instant): Promise<void> {
  if (names.length === 0) return;
  await inUnit(unit)<MessageRow>(MESSAGE).whereIn(["controller", "id"], pairs(names)).update({ left_at: at });
}

/** It has not left after all, where nobody else has taken it up since: as it was before that moment. */
export async function unmarkLeaving(
  unit: Unit,
  { controller, id, leftAt }: MessageName & Pick<MessageLine, "leftAt">,
  at: Instant,
): Promise<void> {
  await inUnit(unit)<MessageRow>(MESSAGE)
    .where({ controller, id, state: "queued", left_at: at })
    .update({ left_at: leftAt ?? null });
}

/** They wait, for that reason; no try of theirs has failed. */
export async function noteWaiting(unit: Unit, names: readonly MessageName[], reason: string): Promise<void> {
  if (names.length === 0) return;
  await inUnit(unit)<MessageRow>(MESSAGE)
    .whereIn(["controller", "id"], pairs(names))
    .where({ state: "queued" })
    .update({ reason });
}

/** Writes one end of all of them. How many were in one of those states. */
export async function settleAll(
  unit: Unit,
  names: readonly MessageName[],
  from: readonly MessageState[],
  settlement: Settlement & { readonly at: Instant },
): Promise<number> {
  const { state, reason = null, clause = null, transport, providerId, at } = settlement;
  return inUnit(unit)<MessageRow>(MESSAGE)
    .whereIn(["controller", "id"], pairs(names))
    .whereIn("state", [...from])
    .update({
      ...{ state, reason, clause },
      settled_at: at,
      ...(transport === undefined ? {} : { transport }),
      ...(providerId === undefined ? {} : { provider_id: providerId }),
    });
}

export interface Traffic extends Recipient {
  readonly messages: number;
  /** When the first of them left. */
  readonly oldest: Instant;
}

/** What has left to each of them, or is leaving, after that moment. */
export async function trafficTo(
  unit: Unit,
  recipients: readonly Recipient[],
  after: Instant,
): Promise<readonly Traffic[]> {
  if (recipients.length === 0) return [];
  const rows = (await inUnit(unit)(MESSAGE)
    .whereIn(["controller", "recipient"], recipientPairs(recipients))
    .where("left_at", ">", after)
    .groupBy("controller", "recipient")
    .select("controller", "recipient as mark")
    .count({ messages: "id" })
    .min({ oldest: "left_at" })) as unknown as readonly (Recipient & {
    readonly messages: number | string;
    readonly oldest: string;
  })[];
  return rows.map((row) => ({ ...row, messages: Number(row.messages), oldest: instant(row.oldest) }));
}

/** What stands on the list about each of them now, whether it counts already or not; the oldest first. */
export async function suppressedAmong(
  unit: Unit,
  recipients: readonly Recipient[],
  now: Instant,
): Promise<readonly SuppressedRow[]> {
  if (recipients.length === 0) return [];
  return inUnit(unit)<SuppressedRow>(SUPPRESSED)
    .whereIn(["controller", "recipient"], recipientPairs(recipients))
    .where("keep_until", ">", now)
    .orderBy(["since", "id"])
    .select<readonly SuppressedRow[]>("controller", "recipient", "kind", "strikes", "since", "keep_until");
}

/**
 * In one of a few lengths, the last one repeated: texts of statements that differ in nothing else are compiled once.
 */
function pairs(names: readonly MessageName[]): [string, string][] {
  return padded(names.map(({ controller, id }): [string, string] => [controller, id]));
}

function recipientPairs(recipients: readonly Recipient[]): [string, string][] {
  return padded(recipients.map(({ controller, mark }): [string, string] => [controller, mark]));
}

const LENGTHS = [1, 4, 8, 16, 32, 64];

function padded<T>(list: readonly T[]): T[] {
  const last = list.at(-1);
  const length = LENGTHS.find((each) => each >= list.length) ?? list.length;
  return last === undefined ? [] : [...list, ...Array.from({ length: length - list.length }, () => last)];
}
