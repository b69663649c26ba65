/** Sessions of one person at one controller: what there is, counted, read and removed. */
import { type Database, jsonOf } from "@preau/database";
import type { ControllerId, Instant, SubjectId } from "@preau/kernel";
import type { SessionData, SessionId } from "../session.ts";

export interface SubjectSession {
  readonly id: SessionId;
  readonly data: SessionData;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
  /** How many keys of identity providers lead to it. */
  readonly keys: number;
}

interface Row {
  readonly id: SessionId;
  readonly data: unknown;
  readonly started_at: Instant;
  readonly seen_at: Instant;
  readonly expires_at: Instant;
}

export async function sessionsOfSubject(
  { knex }: Database,
  controller: ControllerId,
  subject: SubjectId,
): Promise<readonly SubjectSession[]> {
  const rows = await knex<Row & { controller: string; subject: string }>("web_session")
    .where({ controller, subject })
    .orderBy("id")
    .select("id", "data", "started_at", "seen_at", "expires_at");
  const found: SubjectSession[] = [];
  for (const row of rows) {
    const keys = await knex("web_session_key").where({ controller, session: row.id }).select("key_hash");
    found.push({
      id: row.id,
      data: jsonOf(row.data) as SessionData,
      startedAt: row.started_at,
      seenAt: row.seen_at,
      expiresAt: row.expires_at,
      keys: keys.length,
    });
  }
  return found;
}

/** Removes the sessions of one person and their keys, in one transaction. Again removes nothing. */
export function removeSessionsOfSubject(
  { knex }: Database,
  controller: ControllerId,
  subject: SubjectId,
): Promise<{ readonly sessions: number; readonly keys: number }> {
  return knex.transaction(async (transaction) => {
    const rows = await transaction<Row & { controller: string; subject: string }>("web_session")
      .where({ controller, subject })
      .select("id");
    let [sessions, keys] = [0, 0];
    for (const { id } of rows) {
      keys += await transaction("web_session_key").where({ controller, session: id }).delete();
      sessions += await transaction("web_session").where({ controller, id }).delete();
    }
    return { sessions, keys };
  });
}
