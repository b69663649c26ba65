/** Accounts in SQL. The controller is an argument wherever it is known; an address alone leads to every client's. */
import { inUnit } from "@preau/database";
import type { ActorId, ControllerId, Instant, Unit } from "@preau/kernel";
import type { Account, AccountRole, AccountState } from "../account.ts";

const TABLE = "web_account";

interface Row {
  readonly id: ActorId;
  readonly controller: ControllerId;
  readonly role: AccountRole;
  readonly state: AccountState;
  readonly email_hash: string;
  readonly sealed: string;
  readonly password: string | null;
  readonly factor: string | null;
  readonly next_factor: string | null;
  readonly factor_step: number;
  readonly demonstration: number;
  readonly created_at: Instant;
  readonly invited_by: ActorId | null;
  readonly signed_in_at: Instant | null;
  readonly reviewed_at: Instant | null;
  readonly revoked_at: Instant | null;
}

/** What a verb may change of an account. */
export interface AccountChange {
  readonly role?: AccountRole;
  readonly state?: AccountState;
  readonly sealed?: string;
  readonly password?: string | null;
  readonly factor?: string | null;
  /** A factor that is shown and not yet confirmed. */
  readonly nextFactor?: string | null;
  readonly factorStep?: number;
  readonly signedInAt?: Instant;
  readonly reviewedAt?: Instant;
  readonly revokedAt?: Instant | null;
}

export async function insertAccount(unit: Unit, account: Account): Promise<void> {
  await inUnit(unit)(TABLE).insert({
    id: account.id,
    controller: account.controller,
    role: account.role,
    state: account.state,
    email_hash: account.emailHash,
    sealed: account.sealed,
    password: account.password,
    factor: account.factor,
    next_factor: null,
    factor_step: account.factorStep,
    demonstration: account.demonstration ? 1 : 0,
    created_at: account.createdAt,
    invited_by: account.invitedBy,
    signed_in_at: account.signedInAt,
    reviewed_at: account.reviewedAt,
    revoked_at: account.revokedAt,
  });
}

/** The account, locked until the unit ends: what is decided about it stays true. */
export async function lockAccount(
  unit: Unit,
  controller: ControllerId,
  id: ActorId,
): Promise<Account | undefined> {
  const row = await inUnit(unit)<Row>(TABLE).where({ controller, id }).forUpdate().first();
  return row === undefined ? undefined : accountOf(row);
}

export async function readAccount(
  unit: Unit,
  controller: ControllerId,
  id: ActorId,
): Promise<Account | undefined> {
  const row = await inUnit(unit)<Row>(TABLE).where({ controller, id }).first();
  return row === undefined ? undefined : accountOf(row);
}

/** The account of an address: that controller's, or the oldest anywhere. One statement, whatever there is. */
export async function findByEmail(
  unit: Unit,
  emailHash: string,
  controller: ControllerId | undefined,
): Promise<Account | undefined> {
  const query = inUnit(unit)<Row>(TABLE).where({ email_hash: emailHash });
  if (controller !== undefined) void query.andWhere({ controller });
  // Those that may sign in first; then the oldest.
  const row = await query.orderByRaw("case when state = 'active' then 0 else 1 end, created_at, id").first();
  return row === undefined ? undefined : accountOf(row);
}

/** Every account of an address, at whatever client. */
export async function accountsOfEmail(unit: Unit, emailHash: string): Promise<readonly Account[]> {
  return (await inUnit(unit)<Row>(TABLE).where({ email_hash: emailHash }).orderBy("id")).map(accountOf);
}

/** One controller's accounts, or everybody's; oldest first. */
export async function listAccounts(
  unit: Unit,
  controller: ControllerId | "all",
): Promise<readonly Account[]> {
  const query = inUnit(unit)<Row>(TABLE).orderBy(["controller", "created_at", "id"]);
  if (controller !== "all") void query.where({ controller });
  return (await query).map(accountOf);
}

/** The secret that is shown and not yet confirmed. */
export async function readNextFactor(
  unit: Unit,
  controller: ControllerId,
  id: ActorId,
): Promise<string | null> {
  const row = await inUnit(unit)<Row>(TABLE).where({ controller, id }).first("next_factor");
  return row?.next_factor ?? null;
}

export async function changeAccount(
  unit: Unit,
  account: Pick<Account, "controller" | "id">,
  change: AccountChange,
): Promise<void> {
  const { controller, id } = account;
  await inUnit(unit)(TABLE).where({ controller, id }).update(changedColumns(change));
}

/** Keeps a step as used, if none as late was: false when another use of the code was first. */
export async function useStep(
  unit: Unit,
  { controller, id }: Pick<Account, "controller" | "id">,
  step: number,
): Promise<boolean> {
  const used = await inUnit(unit)(TABLE)
    .where({ controller, id })
    .andWhere("factor_step", "<", step)
    .update({ factor_step: step });
  return used === 1;
}

/** A controller's accounts of these roles, all locked until the unit ends: two who go at once are seen by each other. */
export async function lockRoles(
  unit: Unit,
  controller: ControllerId,
  roles: readonly AccountRole[],
): Promise<readonly Account[]> {
  const rows = await inUnit(unit)<Row>(TABLE)
    .where({ controller })
    .whereIn("role", [...roles])
    .orderBy("id")
    .forUpdate();
  return rows.map(accountOf);
}

/** An erased person has invited nobody. */
export async function forgetInviter(unit: Unit, account: ActorId): Promise<void> {
  await inUnit(unit)(TABLE).where({ invited_by: account }).update({ invited_by: null });
}

export async function deleteAccount(
  unit: Unit,
  { controller, id }: Pick<Account, "controller" | "id">,
): Promise<number> {
  return inUnit(unit)(TABLE).where({ controller, id }).delete();
}

function changedColumns(change: AccountChange): Readonly<Record<string, unknown>> {
  const columns = {
    role: change.role,
    state: change.state,
    sealed: change.sealed,
    password: change.password,
    factor: change.factor,
    next_factor: change.nextFactor,
    factor_step: change.factorStep,
    signed_in_at: change.signedInAt,
    reviewed_at: change.reviewedAt,
    revoked_at: change.revokedAt,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

function accountOf(row: Row): Account {
  return {
    id: row.id,
    controller: row.controller,
    role: row.role,
    state: row.state,
    emailHash: row.email_hash,
    sealed: row.sealed,
    password: row.password,
    factor: row.factor,
    factorStep: row.factor_step,
    demonstration: row.demonstration === 1,
    createdAt: row.created_at,
    invitedBy: row.invited_by,
    signedInAt: row.signed_in_at,
    reviewedAt: row.reviewed_at,
    revokedAt: row.revoked_at,
  };
}
