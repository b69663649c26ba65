/** Identities at the company's provider, and the sign-ins that were begun there: each is finished once, by one browser. */
import { inUnit } from "@preau/database";
import type { ActorId, ControllerId, Instant, Unit } from "@preau/kernel";

const TABLE = "web_identity";
const REQUEST = "web_open_id_request";
/** Expired ones that each new one takes away. */
const SWEPT = 50;

export interface Identity {
  readonly controller: ControllerId;
  readonly account: ActorId;
}

export async function addIdentity(
  unit: Unit,
  identityHash: string,
  { controller, account }: Identity,
  linkedAt: Instant,
): Promise<void> {
  await inUnit(unit)(TABLE).insert({ identity_hash: identityHash, controller, account, linked_at: linkedAt });
}

export async function findIdentity(unit: Unit, identityHash: string): Promise<Identity | undefined> {
  return inUnit(unit)(TABLE)
    .where({ identity_hash: identityHash })
    .first<Identity | undefined>("controller", "account");
}

export async function dropIdentities(unit: Unit, controller: ControllerId, account: ActorId): Promise<void> {
  await inUnit(unit)(TABLE).where({ controller, account }).delete();
}

/** A sign-in begun at the provider. `verifier` is of use to nobody without the provider's code. */
export interface OpenIdRequest {
  readonly stateHash: string;
  readonly browserHash: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly nextPath: string;
  /** The invitation that it accepts. */
  readonly invitationHash: string | null;
  readonly expiresAt: Instant;
}

interface RequestRow {
  readonly state_hash: string;
  readonly browser_hash: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next_path: string;
  readonly invitation_hash: string | null;
  readonly expires_at: Instant;
}

/** Requests that ended before. */
export function purgeOpenIdRequests(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)(REQUEST).where("expires_at", "<", before).delete();
}

export async function addOpenIdRequest(unit: Unit, request: OpenIdRequest, now: Instant): Promise<void> {
  const knex = inUnit(unit);
  const over = await knex(REQUEST)
    .where("expires_at", "<=", now)
    .limit(SWEPT)
    .select<Pick<RequestRow, "state_hash">[]>("state_hash");
  if (over.length > 0)
    await knex(REQUEST)
      .whereIn(
        "state_hash",
        over.map(({ state_hash }) => state_hash),
      )
      .delete();
  await knex(REQUEST).insert({
    state_hash: request.stateHash,
    browser_hash: request.browserHash,
    nonce: request.nonce,
    verifier: request.verifier,
    next_path: request.nextPath,
    invitation_hash: request.invitationHash,
    expires_at: request.expiresAt,
  });
}

/** Takes one that this browser began: one taker has it. */
export async function takeOpenIdRequest(
  unit: Unit,
  stateHash: string,
  browserHash: string,
  now: Instant,
): Promise<OpenIdRequest | undefined> {
  const knex = inUnit(unit);
  const where = { state_hash: stateHash, browser_hash: browserHash };
  const row = (await knex(REQUEST).where(where).andWhere("expires_at", ">", now).first()) as
    | RequestRow
    | undefined;
  if (row === undefined || (await knex(REQUEST).where(where).delete()) !== 1) return undefined;
  return {
    stateHash: row.state_hash,
    browserHash: row.browser_hash,
    nonce: row.nonce,
    verifier: row.verifier,
    nextPath: row.next_path,
    invitationHash: row.invitation_hash,
    expiresAt: row.expires_at,
  };
}
