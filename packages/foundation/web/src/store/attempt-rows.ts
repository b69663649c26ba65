/** Failures by keyed hash, in one table for all replicas. Rows that nobody has touched for long go by themselves. */
import { inUnit } from "@preau/database";
import type { Instant, Unit } from "@preau/kernel";
import type { Attempts } from "../account-throttle.ts";

const TABLE = "web_attempt";
const ASKED = "web_recovery_asked";
/** Old rows that each attempt takes away: more than it can add. */
const SWEPT = 20;

interface Row {
  readonly key_hash: string;
  readonly failures: number;
  readonly blocked_until: Instant | null;
  readonly last_at: Instant;
}

/** The failures of a key, locked until the unit ends; a row is made for a new one. */
export async function lockAttempts(unit: Unit, keyHash: string, now: Instant): Promise<Attempts> {
  const knex = inUnit(unit);
  const read = async () =>
    (await knex(TABLE).where({ key_hash: keyHash }).forUpdate().first()) as Row | undefined;
  let row = await read();
  if (row === undefined) {
    await knex(TABLE)
      .insert({ key_hash: keyHash, failures: 0, blocked_until: null, last_at: now })
      .onConflict("key_hash")
      .ignore();
    row = await read();
  }
  return row === undefined
    ? { failures: 0, blockedUntil: null, lastAt: now }
    : { failures: row.failures, blockedUntil: row.blocked_until, lastAt: row.last_at };
}

/** The failures of keys as they stand; those without a row are left out. */
export async function readAttempts(
  unit: Unit,
  keyHashes: readonly string[],
): Promise<ReadonlyMap<string, Attempts>> {
  const rows = (await inUnit(unit)(TABLE).whereIn("key_hash", [...keyHashes])) as Row[];
  return new Map(
    rows.map((row) => [
      row.key_hash,
      { failures: row.failures, blockedUntil: row.blocked_until, lastAt: row.last_at },
    ]),
  );
}

export async function writeAttempts(unit: Unit, keyHash: string, attempts: Attempts): Promise<void> {
  const { failures, blockedUntil, lastAt } = attempts;
  await inUnit(unit)(TABLE)
    .where({ key_hash: keyHash })
    .update({ failures, blocked_until: blockedUntil, last_at: lastAt });
}

export async function dropAttempts(unit: Unit, keyHash: string): Promise<void> {
  await inUnit(unit)(TABLE).where({ key_hash: keyHash }).delete();
}

export async function sweepAttempts(unit: Unit, before: Instant): Promise<void> {
  const knex = inUnit(unit);
  const old = await knex(TABLE)
    .where("last_at", "<", before)
    .limit(SWEPT)
    .select<Pick<Row, "key_hash">[]>("key_hash");
  if (old.length === 0) return;
  await knex(TABLE)
    .whereIn(
      "key_hash",
      old.map(({ key_hash }) => key_hash),
    )
    .andWhere("last_at", "<", before)
    .delete();
}

/** Failures and requests for a recovery that are older; how many rows. */
export async function purgeAttempts(unit: Unit, before: Instant): Promise<number> {
  const knex = inUnit(unit);
  const attempts = await knex(TABLE).where("last_at", "<", before).delete();
  return attempts + (await knex(ASKED).where("asked_at", "<", before).delete());
}

/** Keeps that somebody asked for a recovery with that address, whether it has an account or not. */
export async function askRecovery(
  unit: Unit,
  emailHash: string,
  now: Instant,
  before: Instant,
): Promise<void> {
  const knex = inUnit(unit);
  await knex(ASKED).where("asked_at", "<", before).delete();
  await knex(ASKED)
    .insert({ email_hash: emailHash, asked_at: now })
    .onConflict("email_hash")
    .merge({ asked_at: now });
}

/** When these addresses last asked. */
export async function recoveriesAsked(
  unit: Unit,
  emailHashes: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await inUnit(unit)(ASKED)
    .whereIn("email_hash", [...emailHashes])
    .select<{ email_hash: string; asked_at: Instant }[]>("email_hash", "asked_at");
  return new Map(rows.map(({ email_hash, asked_at }) => [email_hash, asked_at]));
}

export async function dropRecoveryAsked(unit: Unit, emailHash: string): Promise<void> {
  await inUnit(unit)(ASKED).where({ email_hash: emailHash }).delete();
}
