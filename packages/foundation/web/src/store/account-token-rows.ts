/** What is good once, by its hash. Taking it is deleting it: of any number of takers, one finds it. */
import { inUnit } from "@preau/database";
import type { ActorId, ControllerId, Instant, Unit } from "@preau/kernel";
import type { TokenPurpose } from "../one-time-token.ts";

export interface AccountToken {
  readonly hash: string;
  readonly purpose: TokenPurpose;
  readonly controller: ControllerId;
  readonly account: ActorId;
  readonly expiresAt: Instant;
  /** Where a sign-in goes on to. */
  readonly nextPath?: string;
  /** The first factor was the company's provider. */
  readonly byProvider?: boolean;
}

const TABLE = "web_account_token";
const CODE = "web_recovery_code";
/** Expired ones that each new one takes away. */
const SWEPT = 50;

interface Row {
  readonly token_hash: string;
  readonly purpose: TokenPurpose;
  readonly controller: ControllerId;
  readonly account: ActorId;
  readonly expires_at: Instant;
  readonly next_path: string | null;
  readonly by_provider: number;
}

/** Links that ended before. */
export function purgeTokens(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)(TABLE).where("expires_at", "<", before).delete();
}

/** Adds one, and takes expired ones away. */
export async function addToken(unit: Unit, token: AccountToken, now: Instant): Promise<void> {
  const knex = inUnit(unit);
  const over = await knex(TABLE)
    .where("expires_at", "<=", now)
    .orderBy("expires_at")
    .limit(SWEPT)
    .select<Pick<Row, "token_hash">[]>("token_hash");
  if (over.length > 0)
    await knex(TABLE)
      .whereIn(
        "token_hash",
        over.map((each) => each.token_hash),
      )
      .delete();
  await knex(TABLE).insert({
    token_hash: token.hash,
    purpose: token.purpose,
    controller: token.controller,
    account: token.account,
    expires_at: token.expiresAt,
    next_path: token.nextPath ?? null,
    by_provider: token.byProvider === true ? 1 : 0,
  });
}

/** A living one, left as it is: to show a form. */
export async function findToken(
  unit: Unit,
  purpose: TokenPurpose,
  hash: string,
  now: Instant,
): Promise<AccountToken | undefined> {
  const row = await inUnit(unit)<Row>(TABLE)
    .where({ token_hash: hash, purpose })
    .andWhere("expires_at", ">", now)
    .first();
  return row === undefined ? undefined : tokenOf(row);
}

/** Takes one: whoever gets it is the only one. */
export async function takeToken(
  unit: Unit,
  purpose: TokenPurpose,
  hash: string,
  now: Instant,
): Promise<AccountToken | undefined> {
  const found = await findToken(unit, purpose, hash, now);
  if (found === undefined) return undefined;
  const taken = await inUnit(unit)(TABLE).where({ token_hash: hash, purpose }).delete();
  return taken === 1 ? found : undefined;
}

/** Takes away what an account still has, of these purposes. */
export async function dropTokens(
  unit: Unit,
  controller: ControllerId,
  account: ActorId,
  purposes: readonly TokenPurpose[],
): Promise<void> {
  await inUnit(unit)(TABLE)
    .where({ controller, account })
    .whereIn("purpose", [...purposes])
    .delete();
}

export async function replaceRecoveryCodes(
  unit: Unit,
  controller: ControllerId,
  account: ActorId,
  hashes: readonly string[],
): Promise<void> {
  await inUnit(unit)(CODE).where({ controller, account }).delete();
  if (hashes.length === 0) return;
  await inUnit(unit)(CODE).insert(hashes.map((hash) => ({ code_hash: hash, controller, account })));
}

/** Takes a recovery code: true for one taker alone. */
export async function takeRecoveryCode(
  unit: Unit,
  controller: ControllerId,
  account: ActorId,
  hash: string,
): Promise<boolean> {
  return (await inUnit(unit)(CODE).where({ controller, account, code_hash: hash }).delete()) === 1;
}

export async function countRecoveryCodes(
  unit: Unit,
  controller: ControllerId,
  account: ActorId,
): Promise<number> {
  const rows = await inUnit(unit)(CODE).where({ controller, account }).select("code_hash");
  return rows.length;
}

function tokenOf(row: Row): AccountToken {
  return {
    hash: row.token_hash,
    purpose: row.purpose,
    controller: row.controller,
    account: row.account,
    expiresAt: row.expires_at,
    ...(row.next_path === null ? {} : { nextPath: row.next_path }),
    byProvider: row.by_provider === 1,
  };
}
