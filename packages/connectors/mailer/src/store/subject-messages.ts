/** The SQL of messages about persons. */
import { inUnit } from "@preau/database";
import type { ControllerId, Instant, MessageId, SubjectId, Unit } from "@preau/kernel";
import type { MessageLine } from "../message-line.ts";
import { lineOf, MESSAGE, type MessageRow } from "./messages.ts";

export interface SubjectMessage {
  readonly line: MessageLine;
  readonly sealed: Buffer | null;
}

/** In the order of their ids. */
export async function messagesAbout(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly SubjectMessage[]> {
  if (subjects.length === 0) return [];
  const rows = await inUnit(unit)<MessageRow>(MESSAGE)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .orderBy("id")
    .select("*");
  return rows.map((row) => ({ line: lineOf(row), sealed: row.sealed }));
}

export async function lockedMessages(
  unit: Unit,
  controller: ControllerId,
  ids: readonly MessageId[],
): Promise<readonly SubjectMessage[]> {
  const rows = await inUnit(unit)<MessageRow>(MESSAGE)
    .where({ controller })
    .whereIn("id", [...ids])
    .forUpdate()
    .select("*");
  return rows.map((row) => ({ line: lineOf(row), sealed: row.sealed }));
}

/** Statements stay short of what the databases take. */
const NAMES = 500;

/** Which of those names of a provider's, in brackets, are other controllers' messages. Whose, is not told. */
export async function othersMessages(
  unit: Unit,
  controller: ControllerId,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const others = new Set<string>();
  for (let at = 0; at < names.length; at += NAMES) {
    const some = names.slice(at, at + NAMES);
    const found = await inUnit(unit)<MessageRow>(MESSAGE)
      .whereNot({ controller })
      .whereIn(
        "provider_id",
        some.flatMap((name) => [name, name.slice(1, -1)]),
      )
      .pluck<string[]>("provider_id");
    for (const name of found) others.add(name.startsWith("<") ? name : `<${name}>`);
  }
  return others;
}

/** How many of those persons' messages a server of that kind carried. */
export async function countCarried(
  unit: Unit,
  controller: ControllerId,
  { subjects, transport }: { readonly subjects: readonly SubjectId[]; readonly transport: string },
): Promise<number> {
  if (subjects.length === 0) return 0;
  const row = (await inUnit(unit)<MessageRow>(MESSAGE)
    .where({ controller, transport })
    .whereIn("subject", [...subjects])
    .count({ messages: "*" })
    .first()) as { readonly messages: number | string } | undefined;
  return Number(row?.messages ?? 0);
}

export async function deleteMessage(unit: Unit, controller: ControllerId, id: MessageId): Promise<number> {
  return inUnit(unit)<MessageRow>(MESSAGE).where({ controller, id }).delete();
}

/** Since when they are restricted, or no longer. How many it changed. */
export async function markRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
  since: Instant | null,
): Promise<number> {
  const query = inUnit(unit)<MessageRow>(MESSAGE).where({ controller, subject });
  if (since === null) void query.whereNotNull("restricted_at");
  else void query.whereNull("restricted_at");
  return query.update({ restricted_at: since });
}

export async function writeSealed(
  unit: Unit,
  controller: ControllerId,
  id: MessageId,
  sealed: Buffer,
): Promise<void> {
  await inUnit(unit)<MessageRow>(MESSAGE).where({ controller, id }).update({ sealed });
}
