/** Session rows in SQL. Rows of keys go before the row of their session, in one transaction. */
import { type Database, inUnit, jsonOf } from "@preau/database";
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import type { SessionData, SessionId } from "../session.ts";
import type { SessionRow, SessionRows } from "../sessions.ts";

type Knex = Database["knex"];

interface Stored {
  readonly id: SessionId;
  readonly controller: ControllerId;
  readonly subject: SessionRow["subject"];
  readonly actor: SessionRow["actor"];
  readonly secret_hash: string;
  readonly data: unknown;
  readonly sealed: string;
  readonly started_at: Instant;
  readonly seen_at: Instant;
  readonly expires_at: Instant;
}

interface StoredKey {
  readonly key_hash: string;
  readonly session: SessionId;
  readonly controller: ControllerId;
}

interface Found {
  readonly id: SessionId;
  readonly controller: ControllerId;
}

const SESSION = "web_session";
const KEY = "web_session_key";

export function sessionRows(database: Database): SessionRows {
  const within = <T>(unit: Unit | undefined, work: (knex: Knex) => Promise<T>): Promise<T> =>
    unit === undefined ? database.knex.transaction(work) : work(inUnit(unit));

  return {
    insert: (row, keyHashes, unit) =>
      within(unit, async (knex) => {
        await knex(SESSION).insert(storedOf(row));
        if (keyHashes.length === 0) return;
        await knex(KEY).insert(
          keyHashes.map((hash) => ({ key_hash: hash, session: row.id, controller: row.controller })),
        );
      }),

    bySecretHash: async (hash) => {
      const stored = (await database.knex(SESSION).where({ secret_hash: hash }).first()) as
        | Stored
        | undefined;
      return stored === undefined ? undefined : rowOf(stored);
    },

    touch: async (controller, id, seenAt) => {
      await database.knex(SESSION).where({ controller, id }).update({ seen_at: seenAt });
    },

    remove: (controller, id, unit) =>
      within(unit, async (knex) => {
        await removeAll(knex, [{ controller, id }]);
      }),

    removeBySubject: (controller, subject, unit) =>
      within(unit, async (knex) => {
        const found = await knex<Stored>(SESSION).where({ controller, subject }).select("id", "controller");
        return removeAll(knex, found);
      }),

    // Read under a lock: a sign-in that commits meanwhile is waited for, and ended.
    removeByActor: (controller, actor, { but, unit } = {}) =>
      within(unit, async (knex) => {
        const found = await knex<Stored>(SESSION)
          .where({ controller, actor })
          .select("id", "controller")
          .forUpdate();
        return removeAll(
          knex,
          found.filter(({ id }) => id !== but),
        );
      }),

    byActor: async (controller, actor) => {
      const found = (await database.knex(SESSION).where({ controller, actor })) as Stored[];
      return found.map(rowOf);
    },

    removeByKey: (hash, unit) =>
      within(unit, async (knex) => {
        const keys = await knex<StoredKey>(KEY).where({ key_hash: hash }).select("session", "controller");
        return removeAll(
          knex,
          keys.map(({ session, controller }) => ({ id: session, controller })),
        );
      }),

    removeStale: (expired, seen, limit) =>
      within(undefined, async (knex) => {
        const found = await knex<Stored>(SESSION)
          .where("expires_at", "<=", expired)
          .orWhere("seen_at", "<=", seen)
          .limit(limit)
          .select("id", "controller");
        return removeAll(knex, found);
      }),
  };
}

/** Sessions that ended before. */
export async function purgeSessions(unit: Unit, before: Instant): Promise<number> {
  const knex = inUnit(unit);
  const found = await knex<Stored>(SESSION).where("expires_at", "<", before).select("id", "controller");
  return removeAll(knex, found);
}

async function removeAll(knex: Knex, sessions: readonly Found[]): Promise<number> {
  let removed = 0;
  for (const { controller, id } of sessions) {
    await knex(KEY).where({ controller, session: id }).delete();
    removed += await knex(SESSION).where({ controller, id }).delete();
  }
  return removed;
}

function storedOf(row: SessionRow): Stored {
  return {
    id: row.id,
    controller: row.controller,
    subject: row.subject,
    actor: row.actor,
    secret_hash: row.secretHash,
    data: JSON.stringify(row.data),
    sealed: row.sealed,
    started_at: row.startedAt,
    seen_at: row.seenAt,
    expires_at: row.expiresAt,
  };
}

function rowOf(stored: Stored): SessionRow {
  return {
    id: stored.id,
    controller: stored.controller,
    subject: stored.subject,
    actor: stored.actor,
    secretHash: stored.secret_hash,
    data: jsonOf(stored.data) as SessionData,
    sealed: stored.sealed,
    startedAt: stored.started_at,
    seenAt: stored.seen_at,
    expiresAt: stored.expires_at,
  };
}
