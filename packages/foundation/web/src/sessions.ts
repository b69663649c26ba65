/**
 * Sessions in the database, found by the hash of the cookie. No session is made for a visitor who has not signed in.
 * Ended by the person, by idleness, by age, by order of (controller, subject), or by the identity provider's key.
 */
import {
  type ActorId,
  addMillis,
  type Clock,
  type ControllerId,
  type Ids,
  type Instant,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { Session, SessionData, SessionKey, SignIn } from "./session.ts";
import { csrfTokenOf, isSecret, keyHash, newSecret, rowHash, seal, unseal } from "./session-secret.ts";

/** A row, as stores keep it. */
export interface SessionRow {
  readonly id: Session["id"];
  readonly controller: ControllerId;
  readonly subject: SubjectId | null;
  readonly actor: ActorId | null;
  readonly secretHash: string;
  readonly data: SessionData;
  readonly sealed: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
}

/** Where rows live. `unit` joins a transaction of the caller's. */
export interface SessionRows {
  insert(row: SessionRow, keyHashes: readonly string[], unit?: Unit): Promise<void>;
  bySecretHash(secretHash: string): Promise<SessionRow | undefined>;
  touch(controller: ControllerId, id: Session["id"], seenAt: Instant): Promise<void>;
  remove(controller: ControllerId, id: Session["id"], unit?: Unit): Promise<void>;
  removeBySubject(controller: ControllerId, subject: SubjectId, unit?: Unit): Promise<number>;
  /** Those of one account; `but` one of them. */
  removeByActor(
    controller: ControllerId,
    actor: ActorId,
    options?: { readonly but?: Session["id"]; readonly unit?: Unit },
  ): Promise<number>;
  byActor(controller: ControllerId, actor: ActorId): Promise<readonly SessionRow[]>;
  /** One controller's, or those of any controller: a provider's logout message names none. */
  removeByKey(keyHash: string, unit?: Unit): Promise<number>;
  /** Removes at most `limit` rows that expired or fell idle before these instants. */
  removeStale(expiredBefore: Instant, seenBefore: Instant, limit: number): Promise<number>;
}

export interface SessionsOptions {
  readonly rows: SessionRows;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Minutes without a request after which a session is over. 30 by default. */
  readonly idleMinutes?: number;
  /** Hours after sign-in at which it is over whatever happens. 8 by default: a school day. */
  readonly absoluteHours?: number;
}

export interface Sessions {
  /** Starts a session; `secret` is the cookie's value and exists nowhere else. */
  start(signIn: SignIn, unit?: Unit): Promise<{ readonly session: Session; readonly secret: string }>;
  /** The living session of a cookie's value. */
  find(secret: string | undefined): Promise<Session | undefined>;
  /** Ends every session of one person at one controller; how many there were. */
  revoke(controller: ControllerId, subject: SubjectId, unit?: Unit): Promise<number>;
  /** Ends every session of one account, `but` the one that asks for it; how many there were. */
  revokeActor(
    controller: ControllerId,
    actor: ActorId,
    options?: { readonly but?: Session["id"]; readonly unit?: Unit },
  ): Promise<number>;
  /** The living sessions of one account, newest first. */
  ofActor(controller: ControllerId, actor: ActorId): Promise<readonly ActorSession[]>;
  /** Ends the sessions that a provider's logout message names; how many there were. */
  revokeByKey(key: SessionKey, unit?: Unit): Promise<number>;
  /** Removes rows of sessions that are over; how many. Call it from a recurring job. */
  sweep(limit?: number): Promise<number>;
}

/** A session as its owner sees it in a list: no secret, nothing sealed. */
export type ActorSession = Pick<SessionRow, "id" | "startedAt" | "seenAt">;

declare module "@preau/kernel" {
  interface Ports {
    /** Who is signed in, and how that ends. */
    readonly sessions: Sessions;
  }
}

const TOUCH_EVERY_MS = 60_000;

export function makeSessions(options: SessionsOptions): Sessions {
  const { rows, clock, ids } = options;
  const idleMs = (options.idleMinutes ?? 30) * 60_000;
  const absoluteMs = (options.absoluteHours ?? 8) * 3_600_000;

  const open = (row: SessionRow, secret: string): Session | undefined => {
    const sealed = unseal(secret, row.id, row.sealed);
    if (sealed === undefined) return undefined;
    return {
      id: row.id,
      data: row.data,
      sealed,
      startedAt: row.startedAt,
      expiresAt: row.expiresAt,
      csrfToken: csrfTokenOf(secret),
      end: (unit) => rows.remove(row.controller, row.id, unit),
    };
  };

  return {
    start: async ({ data, sealed, keys, endsBy }, unit) => {
      const secret = newSecret();
      const now = clock.now();
      const id = ids.next("ses");
      const row: SessionRow = {
        id,
        controller: data.controller,
        subject: data.subject ?? null,
        actor: data.actor ?? null,
        secretHash: rowHash(secret),
        data,
        sealed: seal(secret, id, sealed ?? {}),
        startedAt: now,
        seenAt: now,
        expiresAt: earlier(addMillis(now, absoluteMs), endsBy),
      };
      await rows.insert(row, [...new Set((keys ?? []).map(keyHash))], unit);
      const session = open(row, secret);
      if (session === undefined) throw new TypeError("a session that does not open with its own secret");
      return { session, secret };
    },

    find: async (secret) => {
      if (!isSecret(secret)) return undefined;
      const row = await rows.bySecretHash(rowHash(secret));
      if (row === undefined) return undefined;
      const now = clock.now();
      if (now >= row.expiresAt || now >= addMillis(row.seenAt, idleMs)) {
        await rows.remove(row.controller, row.id);
        return undefined;
      }
      if (now >= addMillis(row.seenAt, Math.min(TOUCH_EVERY_MS, idleMs / 2))) {
        await rows.touch(row.controller, row.id, now);
      }
      return open(row, secret);
    },

    revoke: (controller, subject, unit) => rows.removeBySubject(controller, subject, unit),
    revokeActor: (controller, actor, how) => rows.removeByActor(controller, actor, how),
    ofActor: async (controller, actor) => {
      const now = clock.now();
      const found = await rows.byActor(controller, actor);
      return found
        .filter(({ expiresAt, seenAt }) => now < expiresAt && now < addMillis(seenAt, idleMs))
        .map(({ id, startedAt, seenAt }) => ({ id, startedAt, seenAt }))
        .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    },
    revokeByKey: (key, unit) => rows.removeByKey(keyHash(key), unit),
    sweep: (limit = 500) => {
      const now = clock.now();
      return rows.removeStale(now, addMillis(now, -idleMs), limit);
    },
  };
}

function earlier(usual: Instant, endsBy: Instant | undefined): Instant {
  return endsBy !== undefined && endsBy < usual ? endsBy : usual;
}
