/**
 * The first factor. Whatever the reason of a refusal (no such address, a wrong password, an account that is suspended,
 * revoked, of a demonstration that is over), the work is the same, one argon2id, and so is the answer.
 */
import type { ControllerId, Instant } from "@preau/kernel";
import type { Account } from "./account.ts";
import { maySignIn } from "./account-acting.ts";
import type { AccountMeans } from "./account-means.ts";
import { type CountedAttempt, forgive, takeAttempt, verifyCounted } from "./account-throttle.ts";
import { spellEmail } from "./email-address.ts";
import { goOn, type Progress, type Visit } from "./finish-sign-in.ts";
import { isTooLong } from "./password-rules.ts";
import { accountsOfEmail, changeAccount, findByEmail, lockAccount } from "./store/account-rows.ts";

export interface PasswordSignIn {
  readonly email: string;
  readonly password: string;
  /** Whose account, where the address has several. */
  readonly controller?: ControllerId | undefined;
  readonly nextPath: string;
}

export type SignInAnswer =
  | Progress
  | { readonly step: "refused" }
  | { readonly step: "wait"; readonly until: Instant };

/** @clause DD.4, DD.7 @throws WEB_BUSY, WEB_OUTSIDE_NETWORK */
export async function signInAccount(
  means: AccountMeans,
  given: PasswordSignIn,
  visit: Visit,
): Promise<SignInAnswer> {
  const { secrets, hasher, rules, unitOfWork } = means;
  const emailHash = await secrets.emailHash(spellEmail(given.email));
  const attempt = await takeAttempt(means, [
    { kind: "account", key: await secrets.attemptKey("email", emailHash) },
    { kind: "network", key: await secrets.attemptKey("network", visit.network) },
  ]);
  if ("blockedUntil" in attempt) {
    await means.attempts.count("waiting");
    return { step: "wait", until: attempt.blockedUntil };
  }
  const account = await unitOfWork.transaction((unit) => findByEmail(unit, emailHash, given.controller));
  const usable = account !== undefined && maySignIn(means, account) && !isTooLong(given.password);
  // What is too long is cut to nothing: no more work than any other attempt.
  const password = isTooLong(given.password) ? "" : rules.normalise(given.password);
  const kept = usable ? account.password : null;
  const right = await verifyCounted(means, attempt, () => hasher.verify(password, kept));
  if (!usable || !right) return refused(means);
  const renewed = hasher.isOutdated(account.password ?? "") ? await hasher.hash(password) : undefined;
  return (await opened(means, { account, attempt, renewed, given }, visit)) ?? refused(means);
}

interface Verified {
  readonly account: Account;
  readonly attempt: CountedAttempt;
  readonly renewed: string | undefined;
  readonly given: PasswordSignIn;
}

/** Undefined when the account has changed since its password was verified. */
function opened(
  means: AccountMeans,
  { account, attempt, renewed, given }: Verified,
  visit: Visit,
): Promise<Progress | undefined> {
  return means.unitOfWork.transaction(async (unit) => {
    const now = await lockAccount(unit, account.controller, account.id);
    if (now === undefined || !maySignIn(means, now) || now.password !== account.password) return undefined;
    if (renewed !== undefined) await changeAccount(unit, now, { password: renewed });
    const shared = (await accountsOfEmail(unit, now.emailHash)).length > 1;
    await forgive(unit, attempt, means.clock.now(), { shared });
    return goOn(unit, means, now, { nextPath: given.nextPath }, visit);
  });
}

async function refused(means: AccountMeans): Promise<SignInAnswer> {
  await means.attempts.count("password");
  return { step: "refused" };
}
