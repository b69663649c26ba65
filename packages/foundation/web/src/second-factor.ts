/**
 * The second step of a sign-in: a code of the authenticator or a recovery code, or, where the account has none yet, its
 * enrolment. Wrong codes are counted by account and by network; a right one works once.
 */
import type { Unit } from "@preau/kernel";
import type { Account } from "./account.ts";
import { maySignIn } from "./account-acting.ts";
import { actorOf, recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { type CountedAttempt, forgive, takeAttempt } from "./account-throttle.ts";
import { fault } from "./errors.ts";
import { type Finish, signInNow, type Visit } from "./finish-sign-in.ts";
import { stepOfCode } from "./one-time-code.ts";
import { tokenHash } from "./one-time-token.ts";
import { spellRecoveryCode } from "./recovery-code.ts";
import type { SignInAnswer } from "./sign-in-account.ts";
import { lockAccount, readAccount, useStep } from "./store/account-rows.ts";
import { type AccountToken, findToken, takeRecoveryCode, takeToken } from "./store/account-token-rows.ts";

export interface HalfSignIn {
  readonly token: AccountToken;
  readonly account: Account;
}

/** The half-done sign-in of a cookie. @throws ACCOUNT_SIGN_IN_OVER */
export async function findHalfSignIn(means: AccountMeans, token: string | undefined): Promise<HalfSignIn> {
  const hash = tokenHash("signIn", token);
  const found =
    hash === undefined
      ? undefined
      : await means.unitOfWork.transaction(async (unit) => {
          const half = await findToken(unit, "signIn", hash, means.clock.now());
          const account = half && (await readAccount(unit, half.controller, half.account));
          return half && account && maySignIn(means, account) ? { token: half, account } : undefined;
        });
  if (found === undefined) throw fault("ACCOUNT_SIGN_IN_OVER");
  return found;
}

/** Ends a sign-in with a code. @throws ACCOUNT_SIGN_IN_OVER, WEB_OUTSIDE_NETWORK */
export async function signInWithCode(
  means: AccountMeans,
  token: string | undefined,
  code: string,
  visit: Visit,
): Promise<SignInAnswer> {
  const half = await findHalfSignIn(means, token);
  const { nextPath = "/", byProvider = false } = half.token;
  return checkCode(means, half.account, code, visit, async (unit, account) => {
    if ((await takeToken(unit, "signIn", half.token.hash, means.clock.now())) === undefined) return undefined;
    const finish: Finish = { nextPath, byProvider, factorAt: means.clock.now() };
    await signInNow(unit, means, account, finish, visit);
    return { step: "signedIn", nextPath };
  });
}

/**
 * Checks a code of an account and does what it opens, in the unit that uses the code up: `open` answers undefined when it
 * may not be done after all, and nothing is used up then. @clause DD.4
 */
export async function checkCode(
  means: AccountMeans,
  account: Account,
  code: string,
  visit: Pick<Visit, "network">,
  open: (unit: Unit, account: Account) => Promise<SignInAnswer | undefined>,
): Promise<SignInAnswer> {
  const attempt = await takeFactorAttempt(means, account, visit);
  if ("blockedUntil" in attempt) {
    await means.attempts.count("waiting");
    return { step: "wait", until: attempt.blockedUntil };
  }
  const recovery = spellRecoveryCode(code);
  const answer =
    recovery === undefined
      ? await withOneTimeCode(means, account, code, attempt, open)
      : await withRecoveryCode(means, account, recovery, attempt, open);
  if (answer !== undefined) return answer;
  await means.attempts.count(recovery === undefined ? "factor" : "recoveryCode");
  return { step: "refused" };
}

/** Counts an attempt at an account's second factor. */
export async function takeFactorAttempt(
  means: AccountMeans,
  account: Pick<Account, "id">,
  { network }: Pick<Visit, "network">,
) {
  const { secrets } = means;
  return takeAttempt(means, [
    { kind: "account", key: await secrets.attemptKey("factor", account.id) },
    { kind: "network", key: await secrets.attemptKey("network", network) },
  ]);
}

type Open = (unit: Unit, account: Account) => Promise<SignInAnswer | undefined>;

async function withOneTimeCode(
  means: AccountMeans,
  account: Account,
  code: string,
  attempt: CountedAttempt,
  open: Open,
): Promise<SignInAnswer | undefined> {
  if (account.factor === null) return undefined;
  const secret = await means.secrets.openFactor(account, account.factor);
  if (secret === undefined) return undefined;
  const step = stepOfCode(secret, code, means.clock.now(), account.factorStep);
  if (step === undefined) return undefined;
  return inForce(means, account, attempt, async (unit, locked) =>
    (await useStep(unit, locked, step)) ? open(unit, { ...locked, factorStep: step }) : undefined,
  );
}

async function withRecoveryCode(
  means: AccountMeans,
  account: Account,
  spelled: string,
  attempt: CountedAttempt,
  open: Open,
): Promise<SignInAnswer | undefined> {
  const [hash = ""] = await means.secrets.recoveryCodeHashes(account.id, [spelled]);
  return inForce(means, account, attempt, async (unit, locked) => {
    if (!(await takeRecoveryCode(unit, locked.controller, locked.id, hash))) return undefined;
    await recordDeed(unit, means, {
      type: "accounts.recoveryCodeUsed",
      actor: actorOf(locked),
      controller: locked.controller,
    });
    return open(unit, locked);
  });
}

class NotDone extends Error {}

/** The work on the locked account, if it still is the one that was looked at; what answers undefined is rolled back. */
async function inForce(
  means: AccountMeans,
  account: Account,
  attempt: CountedAttempt,
  work: Open,
): Promise<SignInAnswer | undefined> {
  try {
    return await means.unitOfWork.transaction(async (unit) => {
      const locked = await lockAccount(unit, account.controller, account.id);
      const same = locked !== undefined && maySignIn(means, locked) && locked.factor === account.factor;
      const answer = same ? await work(unit, locked) : undefined;
      if (answer === undefined) throw new NotDone();
      await forgive(unit, attempt, means.clock.now());
      return answer;
    });
  } catch (error) {
    if (error instanceof NotDone) return undefined;
    throw error;
  }
}
