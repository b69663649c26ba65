/**
 * What administrators do to others' accounts. Each deed is done in one unit with the look at the actor's own right, ends
 * the sessions that it takes a right from, and is journalled.
 */
import { type ActorId, addMillis, type ControllerId, type Unit } from "@preau/kernel";
import { type Account, type AccountActor, type AccountRole, isStaffRole } from "./account.ts";
import { actingActor, maySignIn } from "./account-acting.ts";
import { recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { isAdministrator, mayAdminister, mayGrant } from "./account-rights.ts";
import { fault } from "./errors.ts";
import { type HandedLink, handLink } from "./invite-account.ts";
import {
  type AccountChange,
  accountsOfEmail,
  changeAccount,
  lockAccount,
  lockRoles,
} from "./store/account-rows.ts";
import { dropTokens, replaceRecoveryCodes } from "./store/account-token-rows.ts";
import { dropAttempts, dropRecoveryAsked } from "./store/attempt-rows.ts";
import { dropIdentities } from "./store/identity-rows.ts";

export interface AccountRef {
  readonly controller: ControllerId;
  readonly id: ActorId;
}

/** Nobody signs in to it until it is restored. @clause DD.5 */
export function suspendAccount(means: AccountMeans, actor: AccountActor, ref: AccountRef): Promise<void> {
  return act(means, actor, ref, async (unit, account) => {
    if (account.state !== "active") throw fault("ACCOUNT_WRONG_STATE");
    await keepOneAdministrator(unit, means, account);
    await changeAndEnd(unit, means, account, { state: "suspended" });
    await told(unit, means, actor, account, "accounts.suspended");
  });
}

export function restoreAccount(means: AccountMeans, actor: AccountActor, ref: AccountRef): Promise<void> {
  return act(means, actor, ref, async (unit, account) => {
    if (account.state !== "suspended") throw fault("ACCOUNT_WRONG_STATE");
    await changeAccount(unit, account, { state: "active" });
    await told(unit, means, actor, account, "accounts.restored");
  });
}

/** For good: nothing of what it signed in with is kept. It is erased once its period is over. @clause DD.5 */
export function revokeAccount(means: AccountMeans, actor: AccountActor, ref: AccountRef): Promise<void> {
  return act(means, actor, ref, async (unit, account) => {
    if (account.state === "revoked") throw fault("ACCOUNT_WRONG_STATE");
    await keepOneAdministrator(unit, means, account);
    const revokedAt = means.clock.now();
    await changeAndEnd(unit, means, account, { state: "revoked", revokedAt, ...NOTHING });
    await replaceRecoveryCodes(unit, account.controller, account.id, []);
    await dropIdentities(unit, account.controller, account.id);
    await enqueuePurge(unit, means, account);
    await told(unit, means, actor, account, "accounts.revoked");
  });
}

/**
 * Lifts the lock that failed attempts have set. Where the address has another account, that one's lock is the same: it is
 * lifted by who may act upon both.
 */
export function unlockAccount(means: AccountMeans, actor: AccountActor, ref: AccountRef): Promise<void> {
  return act(means, actor, ref, async (unit, account) => {
    if (!(await mayClearAddress(unit, actor, account))) throw fault("ACCOUNT_NOT_YOURS");
    await dropAttempts(unit, await means.secrets.attemptKey("email", account.emailHash));
    await dropAttempts(unit, await means.secrets.attemptKey("factor", account.id));
    await told(unit, means, actor, account, "accounts.unlocked");
  });
}

/** A link to come in by, handed over by the actor: the invitation once more, or a recovery. */
export function issueLink(means: AccountMeans, actor: AccountActor, ref: AccountRef): Promise<HandedLink> {
  return act(means, actor, ref, async (unit, account) => {
    const invited = account.state === "invited";
    if (!invited && account.state !== "active") throw fault("ACCOUNT_WRONG_STATE");
    if (await mayClearAddress(unit, actor, account)) await dropRecoveryAsked(unit, account.emailHash);
    await told(
      unit,
      means,
      actor,
      account,
      invited ? "accounts.invitationRenewed" : "accounts.recoveryIssued",
    );
    return handLink(unit, means, account, invited ? "invitation" : "recovery");
  });
}

/**
 * For who has lost the authenticator and the recovery codes. The password goes too, so that it alone never lets somebody
 * enrol another factor: both are set anew, by the link.
 */
export function resetFactor(means: AccountMeans, actor: AccountActor, ref: AccountRef): Promise<HandedLink> {
  return act(means, actor, ref, async (unit, account) => {
    if (account.state !== "active") throw fault("ACCOUNT_WRONG_STATE");
    await changeAndEnd(unit, means, account, NOTHING);
    await replaceRecoveryCodes(unit, account.controller, account.id, []);
    if (await mayClearAddress(unit, actor, account)) await dropRecoveryAsked(unit, account.emailHash);
    await told(unit, means, actor, account, "accounts.factorReset");
    return handLink(unit, means, account, "recovery");
  });
}

/**
 * Another role at the same controller. Its sessions end. Whoever becomes an administrator sets a password of that length:
 * the link for it is answered. @clause DD.5
 */
export function changeRole(
  means: AccountMeans,
  actor: AccountActor,
  ref: AccountRef,
  role: AccountRole,
): Promise<HandedLink | undefined> {
  return act(means, actor, ref, async (unit, account) => {
    if (isStaffRole(role) !== isStaffRole(account.role)) throw fault("ACCOUNT_BAD_ROLE");
    if (!mayGrant(actor, role, account.controller)) throw fault("ACCOUNT_NOT_YOURS");
    if (account.state === "revoked" || role === account.role) throw fault("ACCOUNT_WRONG_STATE");
    await keepOneAdministrator(unit, means, account, role);
    const longer = account.password !== null && isAdministrator(role) && !isAdministrator(account.role);
    await changeAndEnd(unit, means, account, { role, ...(longer ? { password: null } : {}) });
    await told(unit, means, actor, account, "accounts.roleChanged", { before: account.role, after: role });
    return longer && account.state === "active" ? handLink(unit, means, account, "recovery") : undefined;
  });
}

const NOTHING = { password: null, factor: null, nextFactor: null } as const;

/** What is kept by address alone belongs to each account of that address: does the actor decide about all of them? */
async function mayClearAddress(unit: Unit, actor: AccountActor, account: Account): Promise<boolean> {
  const all = await accountsOfEmail(unit, account.emailHash);
  return all.every((each) => mayAdminister(actor, each));
}

/** @throws ACCOUNT_UNKNOWN, also for another client's account; ACCOUNT_NOT_YOURS */
export function act<T>(
  means: AccountMeans,
  actor: AccountActor,
  ref: AccountRef,
  work: (unit: Unit, account: Account) => Promise<T>,
): Promise<T> {
  return means.unitOfWork.transaction(async (unit) => {
    const acting = await actingActor(unit, means, actor);
    const account = reaches(actor, ref.controller)
      ? await lockAccount(unit, ref.controller, ref.id)
      : undefined;
    if (account === undefined) throw fault("ACCOUNT_UNKNOWN");
    // Public passwords reach nobody whose account outlives the demonstration.
    const relic = acting.demonstration === true && !account.demonstration;
    if (relic || !mayAdminister(actor, account)) throw fault("ACCOUNT_NOT_YOURS");
    return work(unit, account);
  });
}

/** For a client's people other clients, and the publisher's staff, do not exist. */
export function reaches(actor: AccountActor, controller: ControllerId): boolean {
  return actor.role === "system" || isStaffRole(actor.role) || actor.controller === controller;
}

/**
 * Somebody must be left who can do what this one did: a client's administrator, the publisher's DPO; for operations, one
 * of either. @throws ACCOUNT_LAST_ADMINISTRATOR
 */
async function keepOneAdministrator(
  unit: Unit,
  means: AccountMeans,
  account: Account,
  newRole?: AccountRole,
): Promise<void> {
  if (!isAdministrator(account.role) || account.state !== "active") return;
  const roles: readonly AccountRole[] =
    account.role === "operations" ? ["publisherDpo", "operations"] : [account.role];
  if (newRole !== undefined && roles.includes(newRole)) return;
  const others = await lockRoles(unit, account.controller, roles);
  if (!others.some((each) => each.id !== account.id && maySignIn(means, each)))
    throw fault("ACCOUNT_LAST_ADMINISTRATOR");
}

/** What is changed takes effect at once: sessions and half-done sign-ins end, links die. */
async function changeAndEnd(
  unit: Unit,
  means: AccountMeans,
  account: Account,
  change: AccountChange,
): Promise<void> {
  await changeAccount(unit, account, change);
  const purposes = account.state === "invited" && change.state === undefined ? [] : ["invitation" as const];
  await dropTokens(unit, account.controller, account.id, ["signIn", "recovery", ...purposes]);
  await means.sessions.revokeActor(account.controller, account.id, { unit });
}

/** The erasure of a revoked account, once its period is over. */
export async function enqueuePurge(
  unit: Unit,
  { jobs, clock, options }: AccountMeans,
  account: Account,
): Promise<void> {
  await jobs.enqueue(unit, {
    name: "accounts.purge",
    controller: account.controller,
    payload: { account: account.id },
    key: account.id,
    runAt: addMillis(account.revokedAt ?? clock.now(), options.revokedDays * 86_400_000),
  });
}

function told(
  unit: Unit,
  means: AccountMeans,
  actor: AccountActor,
  { id, controller }: Account,
  type: Parameters<typeof recordDeed>[2]["type"],
  payload: NonNullable<Parameters<typeof recordDeed>[2]["payload"]> = {},
): Promise<void> {
  return recordDeed(unit, means, { type, actor, account: id, controller, payload });
}
