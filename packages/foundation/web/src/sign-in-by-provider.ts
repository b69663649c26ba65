/**
 * What follows once the company's provider has proved who somebody is: the linked account signs in, or an invitation is
 * accepted and linked. Nothing is made for anybody who was not invited.
 */
import { isFault, type Unit } from "@preau/kernel";
import { type Account, isStaffRole } from "./account.ts";
import { maySignIn } from "./account-acting.ts";
import { actorOf, recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { fault } from "./errors.ts";
import { goOn, type Progress, type Visit } from "./finish-sign-in.ts";
import type { ProvenIdentity } from "./open-id.ts";
import { changeAccount, lockAccount } from "./store/account-rows.ts";
import { dropTokens, takeToken } from "./store/account-token-rows.ts";
import { addIdentity, findIdentity } from "./store/identity-rows.ts";

/** @clause DD.5, DD.7 @throws ACCOUNT_OPENID_REFUSED, ACCOUNT_LINK_DEAD, WEB_OUTSIDE_NETWORK */
export async function signInByProvider(
  means: AccountMeans,
  proven: ProvenIdentity,
  visit: Visit,
): Promise<Progress> {
  const identityHash = await means.secrets.identityHash(proven.issuer, proven.subject);
  const { nextPath, vouched } = proven;
  try {
    return await means.unitOfWork.transaction(async (unit) => {
      const account =
        proven.invitationHash === null
          ? await linkedAccount(unit, means, identityHash, vouched)
          : await acceptInvitation(unit, means, proven.invitationHash, identityHash);
      return goOn(unit, means, account, { nextPath, byProvider: true, vouched }, visit);
    });
  } catch (error) {
    if (isFault(error, "ACCOUNT_OPENID_REFUSED")) await means.attempts.count("provider");
    if (isFault(error, "ACCOUNT_LINK_DEAD")) await means.attempts.count("link");
    throw error;
  }
}

async function linkedAccount(
  unit: Unit,
  means: AccountMeans,
  identityHash: string,
  vouched: boolean,
): Promise<Account> {
  const identity = await findIdentity(unit, identityHash);
  const account = identity && (await lockAccount(unit, identity.controller, identity.account));
  if (account === undefined || !isStaffRole(account.role) || !maySignIn(means, account))
    throw fault("ACCOUNT_OPENID_REFUSED");
  // Had a factor, and it was reset: like a password, the company's alone lets nobody enrol another. The link does.
  const wasReset = account.factor === null && account.factorStep > 0;
  if (wasReset && !vouched) throw fault("ACCOUNT_OPENID_REFUSED");
  return account;
}

async function acceptInvitation(
  unit: Unit,
  means: AccountMeans,
  invitationHash: string,
  identityHash: string,
): Promise<Account> {
  const taken = await takeToken(unit, "invitation", invitationHash, means.clock.now());
  const account = taken && (await lockAccount(unit, taken.controller, taken.account));
  const open = account?.state === "invited" && maySignIn(means, { ...account, state: "active" });
  if (account === undefined || !open) throw fault("ACCOUNT_LINK_DEAD");
  if (!isStaffRole(account.role)) throw fault("ACCOUNT_OPENID_REFUSED");
  const { controller, id } = account;
  try {
    await addIdentity(unit, identityHash, { controller, account: id }, means.clock.now());
  } catch (error) {
    // One identity, one account: whoever has one is not another person by another invitation.
    if (isFault(error, "DATABASE_DUPLICATE")) throw fault("ACCOUNT_OPENID_REFUSED");
    throw error;
  }
  await changeAccount(unit, account, { state: "active" });
  await dropTokens(unit, controller, id, ["invitation", "recovery", "signIn"]);
  const active: Account = { ...account, state: "active" };
  for (const type of ["accounts.accepted", "accounts.identityLinked"] as const)
    await recordDeed(unit, means, { type, actor: actorOf(active), controller });
  return active;
}
