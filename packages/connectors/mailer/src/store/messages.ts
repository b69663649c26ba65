/** The SQL of messages. The controller is part of every query; only the publisher's own people ask for everybody's. */
import { insertRows, inUnit } from "@preau/database";
import {
  type ControllerId,
  type Instant,
  instant,
  type Language,
  type MessageId,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { MessageLine, MessageState } from "../message-line.ts";

export const MESSAGE = "mlr_message";

export interface MessageRow {
  readonly id: string;
  readonly controller: string;
  readonly message_key: string;
  readonly subject: string | null;
  readonly template: string;
  readonly language: string;
  readonly priority: number;
  readonly sealed: Buffer | null;
  readonly state: string;
  readonly reason: string | null;
  readonly clause: string | null;
  readonly transport: string | null;
  readonly attempts: number;
  readonly queued_at: string;
  readonly settled_at: string | null;
  readonly restricted_at: string | null;
  readonly provider_id: string | null;
  /** `recipientMark` of where it goes. */
  readonly recipient: string | null;
  /** Since when it is leaving, or when it left. */
  readonly left_at: string | null;
}

/** Messages that one statement inserts, all or none of them. */
export const statementRows = 100;

export interface NewMessage
  extends Pick<
    MessageLine,
    "id" | "controller" | "key" | "subject" | "template" | "language" | "priority" | "queuedAt"
  > {
  readonly sealed: Buffer;
  readonly recipient?: string | undefined;
}

/** At most `statementRows` of them. @throws DATABASE_DUPLICATE when one of the keys stands already; nothing is written then */
export async function insertMessages(unit: Unit, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(
    (each): MessageRow => ({
      id: each.id,
      controller: each.controller,
      message_key: each.key,
      subject: each.subject ?? null,
      template: each.template,
      language: each.language,
      priority: each.priority,
      sealed: each.sealed,
      state: "queued",
      ...{ reason: null, clause: null, transport: null, attempts: 0 },
      queued_at: each.queuedAt,
      ...{ settled_at: null, restricted_at: null, provider_id: null, left_at: null },
      recipient: each.recipient ?? null,
    }),
  );
  await insertRows(inUnit(unit), MESSAGE, rows);
}

/** The message of that key; waits for whoever is writing it now. */
export async function messageOfKey(
  unit: Unit,
  controller: ControllerId,
  key: string,
): Promise<MessageId | undefined> {
  const row = await inUnit(unit)<MessageRow>(MESSAGE)
    .where({ controller, message_key: key })
    .forUpdate()
    .first("id");
  return row?.id as MessageId | undefined;
}

/** Its line and its sealed part, held against everybody else until the unit ends. */
export async function lockMessage(
  unit: Unit,
  controller: ControllerId,
  id: string,
): Promise<{ readonly line: MessageLine; readonly sealed: Buffer | null } | undefined> {
  const row = await inUnit(unit)<MessageRow>(MESSAGE).where({ controller, id }).forUpdate().first();
  return row && { line: lineOf(row), sealed: row.sealed };
}

export async function readMessage(
  unit: Unit,
  scope: ControllerId | "all",
  id: string,
): Promise<{ readonly line: MessageLine; readonly sealed: Buffer | null } | undefined> {
  // By the primary key, also where the controller is not known: a return names the message alone.
  const everybody = scope === "all" ? await controllersWithMessages(unit) : [scope];
  const row = await inUnit(unit)<MessageRow>(MESSAGE)
    .whereIn("controller", [...everybody])
    .where({ id })
    .first();
  return row && { line: lineOf(row), sealed: row.sealed };
}

async function controllersWithMessages(unit: Unit): Promise<readonly ControllerId[]> {
  return inUnit(unit)(MESSAGE).distinct().pluck<ControllerId[]>("controller");
}

/** Another try is due later, for that reason. Without an answer, it may have arrived all the same. */
export async function noteAttempt(
  unit: Unit,
  { controller, id }: Pick<MessageLine, "controller" | "id">,
  {
    attempts,
    reason,
    unanswered,
  }: { readonly attempts: number; readonly reason: string; readonly unanswered: boolean },
): Promise<void> {
  await inUnit(unit)<MessageRow>(MESSAGE)
    .where({ controller, id, state: "queued" })
    .update({ attempts, reason, ...(unanswered ? {} : { left_at: null }) });
}

/** A server has it; that it has left is still to be told. */
export async function noteHandedOver(
  unit: Unit,
  { controller, id }: Pick<MessageLine, "controller" | "id">,
  { transport, providerId }: { readonly transport: string; readonly providerId?: string | undefined },
): Promise<void> {
  await inUnit(unit)<MessageRow>(MESSAGE)
    .where({ controller, id, state: "queued" })
    .update({ transport, ...(providerId === undefined ? {} : { provider_id: providerId }) });
}

/**
 * Back into the queue, as at its beginning; one that may have left, or that a server has already, stays marked so. False where
 * nothing is left of it to send.
 */
export async function requeue(
  unit: Unit,
  { controller, id }: Pick<MessageLine, "controller" | "id">,
): Promise<boolean> {
  const queued = { state: "queued", reason: null, clause: null, attempts: 0, settled_at: null };
  const of = (states: readonly MessageState[]) =>
    inUnit(unit)<MessageRow>(MESSAGE)
      .where({ controller, id })
      .whereIn("state", [...states])
      .whereNotNull("sealed");
  // Nobody answered the last try of these: the next one may be the second.
  if ((await of(["dead"]).update({ ...queued, transport: null })) === 1) return true;
  if ((await of(["queued"]).update(queued)) === 1) return true;
  return (await of(["bounced", "refused"]).update({ ...queued, transport: null, left_at: null })) === 1;
}

export interface MessageQuery {
  readonly scope: ControllerId | "all";
  readonly states?: readonly MessageState[];
  readonly limit: number;
}

/** Latest first. */
export async function listMessages(
  unit: Unit,
  { scope, states, limit }: MessageQuery,
): Promise<readonly MessageLine[]> {
  const query = inUnit(unit)<MessageRow>(MESSAGE).orderBy("id", "desc").limit(limit).select("*");
  if (scope !== "all") void query.where({ controller: scope });
  if (states !== undefined) void query.whereIn("state", [...states]);
  return (await query).map(lineOf);
}

/** How many stand that a transport of that name carried, everybody's. */
export async function countByTransport(unit: Unit, transport: string): Promise<number> {
  const row = (await inUnit(unit)<MessageRow>(MESSAGE)
    .where({ transport })
    .count({ messages: "*" })
    .first()) as { readonly messages: number | string } | undefined;
  return Number(row?.messages ?? 0);
}

export interface StateCount {
  readonly controller: ControllerId;
  readonly state: MessageState;
  readonly messages: number;
  readonly oldest: Instant;
}

/** How many there are of each state, and since when the oldest of them stands there. */
export async function countMessages(unit: Unit, scope: ControllerId | "all"): Promise<readonly StateCount[]> {
  const query = inUnit(unit)(MESSAGE)
    .groupBy("controller", "state")
    .orderBy(["controller", "state"])
    .select("controller", "state")
    .count({ messages: "*" })
    .min({ oldest: "queued_at" });
  if (scope !== "all") void query.where({ controller: scope });
  const rows = (await query) as unknown as readonly (Omit<StateCount, "messages"> & {
    readonly messages: number | string;
  })[];
  return rows.map((row) => ({ ...row, messages: Number(row.messages) }));
}

export function lineOf(row: MessageRow): MessageLine {
  return {
    id: row.id as MessageId,
    controller: row.controller as ControllerId,
    key: row.message_key,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    template: row.template,
    language: row.language as Language,
    priority: row.priority,
    state: row.state as MessageState,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.clause === null ? {} : { clause: row.clause }),
    ...(row.transport === null ? {} : { transport: row.transport }),
    ...(row.provider_id === null ? {} : { providerId: row.provider_id }),
    ...(row.left_at === null ? {} : { leftAt: instant(row.left_at) }),
    attempts: row.attempts,
    queuedAt: instant(row.queued_at),
    ...(row.settled_at === null ? {} : { settledAt: instant(row.settled_at) }),
    ...(row.restricted_at === null ? {} : { restrictedAt: instant(row.restricted_at) }),
    isWhole: row.sealed !== null,
  };
}
