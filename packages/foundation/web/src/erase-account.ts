/**
 * Erasing an account and its traces: name, address and second factor with the actor's key, the journal's slots of that
 * actor with the same key, at every controller where the actor acted; then every row. What was done stays told: that an
 * actor of that role did it. Ran twice, it is done once; a crash between is ended by running it again.
 */
import { type ActorId, addMillis, type ControllerId } from "@preau/kernel";
import type { AccountActor } from "./account.ts";
import { recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { actorScope } from "./account-secrets.ts";
import { type AccountRef, act, enqueuePurge } from "./administer-account.ts";
import { fault } from "./errors.ts";
import { accountsOfEmail, deleteAccount, forgetInviter, lockAccount } from "./store/account-rows.ts";
import { dropTokens, replaceRecoveryCodes } from "./store/account-token-rows.ts";
import { dropAttempts, dropRecoveryAsked } from "./store/attempt-rows.ts";
import { dropIdentities } from "./store/identity-rows.ts";
import { forgetReviewer } from "./store/review-rows.ts";

export interface ErasedAccount {
  /** Controllers at which a key of the actor was destroyed. */
  readonly keys: number;
}

/**
 * Erases a revoked account, by order. @clause DD.5
 * @throws ACCOUNT_UNKNOWN, ACCOUNT_NOT_YOURS, ACCOUNT_WRONG_STATE
 */
export async function eraseAccount(
  means: AccountMeans,
  actor: AccountActor,
  ref: AccountRef,
): Promise<ErasedAccount> {
  const emailHash = await act(means, actor, ref, async (_unit, account) => {
    if (account.state !== "revoked") throw fault("ACCOUNT_WRONG_STATE");
    return account.emailHash;
  });
  return erase(means, actor, ref, emailHash);
}

/** Erases it if its period is over, or asks to be run again when it is: the job's. */
export async function purgeAccount(means: AccountMeans, ref: AccountRef): Promise<ErasedAccount | undefined> {
  const account = await means.unitOfWork.transaction(async (unit) => {
    const found = await lockAccount(unit, ref.controller, ref.id);
    if (found?.state !== "revoked" || found.revokedAt === null) return undefined;
    const over = addMillis(found.revokedAt, means.options.revokedDays * 86_400_000) <= means.clock.now();
    if (!over) await enqueuePurge(unit, means, found); // the option has grown since
    return over ? found : undefined;
  });
  if (account === undefined) return undefined;
  return erase(means, { role: "system", controller: ref.controller }, ref, account.emailHash);
}

async function erase(
  means: AccountMeans,
  actor: AccountActor,
  ref: AccountRef,
  emailHash: string,
): Promise<ErasedAccount> {
  const { controller, id } = ref;
  const { secrets, sessions, vault } = means;
  const scopes = await scopesOf(means, controller, id);
  await vault.destroy(scopes);
  await means.unitOfWork.transaction(async (unit) => {
    await sessions.revokeActor(controller, id, { unit });
    await dropTokens(unit, controller, id, ["invitation", "recovery", "signIn"]);
    await replaceRecoveryCodes(unit, controller, id, []);
    await dropIdentities(unit, controller, id);
    await dropAttempts(unit, await secrets.attemptKey("factor", id));
    await forgetReviewer(unit, id);
    await forgetInviter(unit, id);
    if ((await deleteAccount(unit, ref)) === 1)
      await recordDeed(unit, means, { type: "accounts.erased", actor, account: id, controller });
    if ((await accountsOfEmail(unit, emailHash)).length > 0) return; // another's, at another client
    await dropAttempts(unit, await secrets.attemptKey("email", emailHash));
    await dropRecoveryAsked(unit, emailHash);
  });
  return { keys: scopes.length };
}

/** The actor's own scope, and those of the clients for whom it acted: the journal seals an actor's slot per controller. */
async function scopesOf({ vault }: AccountMeans, controller: ControllerId, id: ActorId) {
  const elsewhere = await vault.controllersOf("actor", id);
  return [...new Set([controller, ...elsewhere])].map((each) => actorScope(each, id));
}
