/** The SQL of machines' tokens. A token is found by its hash, and by whose it is for everything else. */
import { inUnit } from "@preau/database";
import type { ActorId, ActorRole, ControllerId, Instant, Unit } from "@preau/kernel";
import { type ApiUse, isApiScope } from "../api-scopes.ts";
import type { ApiToken, ApiTokenId } from "../api-tokens.ts";

const TABLE = "web_api_token";

interface Row {
  readonly id: ApiTokenId;
  readonly controller: ControllerId;
  readonly token_hash: string;
  readonly used_by: ApiUse;
  readonly scopes: string;
  readonly made_role: ActorRole;
  readonly made_by: ActorId | null;
  readonly made_at: Instant;
  readonly expires_at: Instant;
  readonly last_used_on: string | null;
  readonly revoked_at: Instant | null;
}

export async function insertApiToken(
  unit: Unit,
  { hash, ...token }: ApiToken & { readonly hash: string },
): Promise<void> {
  const { id, controller, use, scopes, madeBy, madeAt, expiresAt } = token;
  await inUnit(unit)(TABLE).insert({
    ...{ id, controller, token_hash: hash, used_by: use, scopes: scopes.join(" ") },
    ...{ made_role: madeBy.role, made_by: madeBy.id ?? null, made_at: madeAt, expires_at: expiresAt },
    ...{ last_used_on: null, revoked_at: null },
  });
}

export async function findApiToken(unit: Unit, hash: string): Promise<ApiToken | undefined> {
  const row = await inUnit(unit)<Row>(TABLE).where({ token_hash: hash }).first();
  return row === undefined ? undefined : tokenOf(row);
}

export async function apiTokensOf(unit: Unit, controller: ControllerId): Promise<readonly ApiToken[]> {
  const rows = await inUnit(unit)<Row>(TABLE)
    .where({ controller })
    .orderBy([
      { column: "made_at", order: "desc" },
      { column: "id", order: "desc" },
    ]);
  return rows.map(tokenOf);
}

/** True once a day; a clock that goes back makes no day twice. */
export async function markApiTokenUsed(
  unit: Unit,
  { id, controller, lastUsedOn }: Pick<ApiToken, "id" | "controller" | "lastUsedOn">,
  day: string,
): Promise<boolean> {
  if (lastUsedOn !== undefined && lastUsedOn >= day) return false;
  const changed = await inUnit(unit)(TABLE)
    .where({ id, controller })
    .andWhere((query) => void query.whereNull("last_used_on").orWhere("last_used_on", "<", day))
    .update({ last_used_on: day });
  return changed === 1;
}

export async function revokeApiToken(
  unit: Unit,
  controller: ControllerId,
  id: ApiTokenId,
  at: Instant,
): Promise<"revoked" | "already" | "unknown"> {
  const knex = inUnit(unit);
  const changed = await knex(TABLE)
    .where({ id, controller })
    .whereNull("revoked_at")
    .update({ revoked_at: at });
  if (changed === 1) return "revoked";
  const row = await knex<Row>(TABLE).where({ id, controller }).first("id");
  return row === undefined ? "unknown" : "already";
}

/** Those that ended, or were revoked, before that instant. How many. */
export function purgeApiTokens(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)(TABLE).where("expires_at", "<", before).orWhere("revoked_at", "<", before).delete();
}

function tokenOf(row: Row): ApiToken {
  const { id, controller, used_by: use, made_at: madeAt, expires_at: expiresAt } = row;
  return {
    ...{ id, controller, use, madeAt, expiresAt },
    // A scope that no version of ours knows any more opens nothing.
    scopes: row.scopes.split(" ").filter(isApiScope),
    madeBy: { role: row.made_role, ...(row.made_by === null ? {} : { id: row.made_by }) },
    ...(row.last_used_on === null ? {} : { lastUsedOn: row.last_used_on }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}
