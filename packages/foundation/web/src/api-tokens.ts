/**
 * Bearer tokens (RFC 6750) for machines of one controller: a plugin of its LMS, a form of its own site. A token is 256
 * random bits, shown once; the database keeps a hash, and looks it up by that. It opens what its scopes say, for that
 * controller alone, until it ends or is revoked. It is for a server, never for a page in a browser: whoever has it, is it.
 *
 * A route for machines is made with `tokenRoute`, which asks for one; the session cookie counts for nothing there.
 */
import type {
  ActorId,
  ActorRole,
  Clock,
  ControllerId,
  Id,
  Ids,
  Instant,
  Journal,
  Log,
  Unit,
  UnitOfWork,
} from "@preau/kernel";
import { addMillis } from "@preau/kernel";
import { type AccountActor, PUBLISHER } from "./account.ts";
import { recordDeed } from "./account-journal.ts";
import { type ApiScope, type ApiUse, isApiScope, isApiUse } from "./api-scopes.ts";
import { bearerOf, hashOfApiToken, newApiToken } from "./bearer.ts";
import { type AttemptCounter, countAttempts } from "./count-attempts.ts";
import { fault } from "./errors.ts";
import {
  apiTokensOf,
  findApiToken,
  insertApiToken,
  markApiTokenUsed,
  revokeApiToken,
} from "./store/api-token-rows.ts";

export type ApiTokenId = Id<"tok">;

/** Everything but the token, which nobody can read again. */
export interface ApiToken {
  readonly id: ApiTokenId;
  readonly controller: ControllerId;
  readonly use: ApiUse;
  readonly scopes: readonly ApiScope[];
  readonly madeBy: { readonly role: ActorRole; readonly id?: ActorId };
  readonly madeAt: Instant;
  /** Last instant at which it opens anything. */
  readonly expiresAt: Instant;
  /** Day, UTC, on which it last opened something. */
  readonly lastUsedOn?: string;
  readonly revokedAt?: Instant;
}

export interface ApiTokenTerms extends Pick<ApiToken, "controller" | "use" | "scopes" | "expiresAt"> {
  readonly by: AccountActor;
}

/** Who calls: in the journal as `token` beside the role `system`. */
export interface ApiCaller {
  readonly controller: ControllerId;
  readonly token: ApiTokenId;
}

export interface ApiTokens {
  /**
   * The token of a new one, `preau_…`: shown once, never logged.
   * @throws ACCOUNT_NOT_YOURS, WEB_TOKEN_BAD naming the field
   */
  make(unit: Unit, terms: ApiTokenTerms): Promise<{ readonly id: ApiTokenId; readonly token: string }>;
  /** A controller's, the newest first. @throws ACCOUNT_NOT_YOURS */
  list(unit: Unit, controller: ControllerId, by: AccountActor): Promise<readonly ApiToken[]>;
  /** Ends it now. Twice is once. @throws ACCOUNT_NOT_YOURS, WEB_TOKEN_UNKNOWN */
  revoke(unit: Unit, controller: ControllerId, id: ApiTokenId, by: AccountActor): Promise<void>;
  /**
   * Whose machine it is that asks, in a unit of its own. What is refused is counted in the journal.
   * @throws WEB_TOKEN_NEEDED without one, WEB_TOKEN_REFUSED for one that opens nothing, WEB_TOKEN_SCOPE
   */
  authenticate(headers: { readonly authorization?: string | undefined }, scope: ApiScope): Promise<ApiCaller>;
}

declare module "@preau/kernel" {
  interface Ports {
    /** Bearer tokens of controllers' machines. */
    readonly apiTokens: ApiTokens;
  }
}

export interface ApiTokensOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly journal: Journal;
  readonly log: Log;
  readonly unitOfWork: UnitOfWork;
  /** The process's own; one of these tokens alone when absent. */
  readonly attempts?: AttemptCounter;
}

/** Who makes and revokes them: the client's own people for their client, the publisher's DPO for each. */
export const apiTokenRoles = ["controllerAdministrator", "controllerDpo", "publisherDpo"] as const;
const CLIENTS_OWN: ReadonlySet<AccountActor["role"]> = new Set(["controllerAdministrator", "controllerDpo"]);
/** A technical bound: a token that nobody renews is one that nobody looks after. */
export const MOST_TOKEN_DAYS = 366;
const DAY_MS = 86_400_000;

/** May this actor make, see and revoke the tokens of that controller? The publisher itself has none. @clause DD.5 */
export function mayManageTokens(
  { role, controller: own }: Pick<AccountActor, "role" | "controller">,
  controller: ControllerId,
): boolean {
  if (controller === PUBLISHER) return false;
  if (role === "system") return true;
  if (role === "publisherDpo") return own === PUBLISHER;
  return (role === "controllerAdministrator" || role === "controllerDpo") && own === controller;
}

export function makeApiTokens(options: ApiTokensOptions): ApiTokens {
  const { clock, ids, unitOfWork } = options;
  const attempts = options.attempts ?? countAttempts(options);
  const refuseStranger = (by: AccountActor, controller: ControllerId) => {
    if (!mayManageTokens(by, controller)) throw fault("ACCOUNT_NOT_YOURS", { clause: "DD.5" });
  };

  return {
    make: async (unit, { controller, use, scopes, expiresAt, by }) => {
      refuseStranger(by, controller);
      const now = clock.now();
      if (!isApiUse(use)) throw fault("WEB_TOKEN_BAD", { place: "use" });
      const wanted = [...new Set(scopes)];
      if (wanted.length === 0 || !wanted.every(isApiScope)) throw fault("WEB_TOKEN_BAD", { place: "scopes" });
      // What such a token writes is the client's own word: nobody of the publisher's gets one.
      if (wanted.includes("instructions:write") && !CLIENTS_OWN.has(by.role))
        throw fault("WEB_TOKEN_NOT_YOURS", { clause: "D6.1c", place: "scopes" });
      if (expiresAt <= now || expiresAt > addMillis(now, MOST_TOKEN_DAYS * DAY_MS))
        throw fault("WEB_TOKEN_BAD", { place: "expiresAt" });
      const { token, hash } = newApiToken();
      const id: ApiTokenId = ids.next("tok");
      const { role, id: actor } = by;
      const madeBy = { role, ...(actor === undefined ? {} : { id: actor }) };
      await insertApiToken(unit, {
        ...{ id, controller, use, scopes: wanted, madeBy, madeAt: now, expiresAt, hash },
      });
      await recordDeed(unit, options, {
        ...{ type: "accounts.tokenMade", actor: by, controller },
        payload: { token: id, use, scopes: wanted, expiresAt },
      });
      return { id, token };
    },

    list: async (unit, controller, by) => {
      refuseStranger(by, controller);
      return apiTokensOf(unit, controller);
    },

    revoke: async (unit, controller, id, by) => {
      refuseStranger(by, controller);
      const state = await revokeApiToken(unit, controller, id, clock.now());
      if (state === "unknown") throw fault("WEB_TOKEN_UNKNOWN");
      if (state === "already") return;
      await recordDeed(unit, options, {
        ...{ type: "accounts.tokenRevoked", actor: by, controller },
        payload: { token: id },
      });
    },

    authenticate: async ({ authorization }, scope) => {
      const given = bearerOf(authorization);
      if (given === undefined) throw fault("WEB_TOKEN_NEEDED", { clause: "DD.5" });
      const hash = hashOfApiToken(given);
      const found =
        hash === undefined
          ? undefined
          : await unitOfWork.transaction((unit) => opened(unit, options, hash, scope));
      if (found !== undefined && found !== "scope") return found;
      await attempts.count("token");
      throw fault(found === undefined ? "WEB_TOKEN_REFUSED" : "WEB_TOKEN_SCOPE", { clause: "DD.5" });
    },
  };
}

/**
 * Whose token it is, if it opens that. The first time of a day is journalled, so that one that nobody uses is seen.
 * @clause DD.5, DD.7
 */
async function opened(
  unit: Unit,
  options: ApiTokensOptions,
  hash: string,
  scope: ApiScope,
): Promise<ApiCaller | "scope" | undefined> {
  const now = options.clock.now();
  const found = await findApiToken(unit, hash);
  if (found === undefined || found.revokedAt !== undefined || now > found.expiresAt) return undefined;
  if (!found.scopes.includes(scope)) return "scope";
  const { controller, id } = found;
  if (await markApiTokenUsed(unit, found, now.slice(0, 10)))
    await recordDeed(unit, options, {
      ...{ type: "accounts.tokenUsed", actor: { role: "system", controller }, controller },
      payload: { token: id },
    });
  return { controller, token: id };
}
