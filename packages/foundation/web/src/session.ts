/**
 * A session as handlers see it. Its row holds opaque ids and lists; whatever could name a person is in `sealed`,
 * which opens only with the cookie: a copy of the database opens nothing.
 */
import type {
  ActorId,
  ActorRole,
  ControllerId,
  Id,
  Instant,
  JsonObject,
  Origin,
  SubjectId,
  Unit,
} from "@preau/kernel";

export type SessionId = Id<"ses">;

/** What the gate kept away from us at sign-in, or refused since: a category and the row that says so. */
export interface Refusal {
  readonly category: string;
  readonly clause: string;
  /** Stable reason, as in the gate's answers. */
  readonly reason: string;
}

/** Opaque ids, words of the agreement, lists. Never a name, an address or an identifier from the school. */
export interface SessionData {
  readonly controller: ControllerId;
  readonly actorRole: ActorRole;
  /** The person signed in, when it is a data subject. */
  readonly subject?: SubjectId;
  /** The person signed in, when it is staff. */
  readonly actor?: ActorId;
  readonly origin?: Origin;
  readonly product?: string;
  /** Role of the data subject in the agreement: `pupil`, `teacher`… */
  readonly role?: string;
  /** Categories that were received and may be used. */
  readonly categories: readonly string[];
  /** Names of attributes that were received and dropped; no value of theirs is kept. */
  readonly dropped: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** How somebody else's message finds the session: a SAML session index, an OIDC `sid`, a CAS ticket. */
export interface SessionKey {
  /** `saml.sessionIndex`, `saml.nameId`, `oidc.sid`, `oidc.sub`, `cas.ticket`. */
  readonly kind: string;
  /** Who issued the value: its entity id or URL. One provider cannot end another's sessions. */
  readonly issuer: string;
  readonly value: string;
}

export interface Session {
  readonly id: SessionId;
  readonly data: SessionData;
  /** What was sealed at sign-in, opened. */
  readonly sealed: JsonObject;
  readonly startedAt: Instant;
  /** The end that no activity postpones. */
  readonly expiresAt: Instant;
  /** The synchroniser token of its forms. */
  readonly csrfToken: string;
  /** Ends it now, on every replica. The cookie is worth nothing afterwards. */
  end(unit?: Unit): Promise<void>;
}

export interface SignIn {
  readonly data: SessionData;
  /** A display name, a NameID…: sealed under the cookie's secret, lost with it. */
  readonly sealed?: JsonObject;
  readonly keys?: readonly SessionKey[];
  /** Not later than this, where a session takes another's place: a new secret is no new day. */
  readonly endsBy?: Instant;
}
