/**
 * Enrolling an authenticator: a secret is shown, and becomes the factor once a code proves that it was taken over. Ten
 * recovery codes come with it, shown once.
 */
import type { ActorId, ControllerId, Unit } from "@preau/kernel";
import type { Account } from "./account.ts";
import { maySignIn } from "./account-acting.ts";
import { actorOf, recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { forgive } from "./account-throttle.ts";
import { fault } from "./errors.ts";
import { signInNow, type Visit } from "./finish-sign-in.ts";
import { factorUri, newFactorSecret, stepOfCode } from "./one-time-code.ts";
import { newRecoveryCodes, spellRecoveryCode } from "./recovery-code.ts";
import { findHalfSignIn, takeFactorAttempt } from "./second-factor.ts";
import type { SignInAnswer } from "./sign-in-account.ts";
import { changeAccount, lockAccount, readNextFactor } from "./store/account-rows.ts";
import { dropTokens, replaceRecoveryCodes, takeToken } from "./store/account-token-rows.ts";

export interface ShownFactor {
  readonly secret: string;
  readonly uri: string;
}

export type EnrolAnswer =
  | { readonly step: "enrolled"; readonly codes: readonly string[]; readonly nextPath: string }
  | Extract<SignInAnswer, { step: "refused" | "wait" }>;

const ISSUER = "Préau";

/**
 * The secret to show. It belongs to its `holder`, a half-done sign-in or a session: the same again when that one's page is
 * reloaded, another for anybody else, so that whoever saw one knows nothing of the one that is enrolled.
 */
export async function showFactor(
  means: AccountMeans,
  { controller, id }: { readonly controller: ControllerId; readonly id: ActorId },
  holder: string,
): Promise<ShownFactor> {
  const fresh = newFactorSecret();
  const sealed = await means.secrets.sealFactor({ controller, id }, heldBy(holder, fresh));
  const { account, secret } = await means.unitOfWork.transaction(async (unit) => {
    const locked = await lockAccount(unit, controller, id);
    if (locked === undefined || !maySignIn(means, locked)) throw fault("ACCOUNT_UNKNOWN");
    const before = await heldSecret(means, locked, holder, await readNextFactor(unit, controller, id));
    if (before === undefined) await changeAccount(unit, locked, { nextFactor: sealed });
    return { account: locked, secret: before ?? fresh };
  });
  const person = (await means.secrets.openPersons([account])).get(id);
  return { secret, uri: factorUri(secret, person?.email ?? id, ISSUER) };
}

function heldBy(holder: string, secret: string): string {
  return `${holder} ${secret}`;
}

/** The secret that is shown to that holder; undefined when there is none, or another's. */
async function heldSecret(
  { secrets }: AccountMeans,
  account: Account,
  holder: string,
  next: string | null,
): Promise<string | undefined> {
  const opened = next === null ? undefined : await secrets.openFactor(account, next);
  return opened?.startsWith(heldBy(holder, "")) === true ? opened.slice(holder.length + 1) : undefined;
}

/** The page of a half-done sign-in whose account has no factor yet. @throws ACCOUNT_SIGN_IN_OVER */
export async function showFirstFactor(means: AccountMeans, token: string | undefined): Promise<ShownFactor> {
  const { account, token: half } = await findHalfSignIn(means, token);
  if (account.factor !== null) throw fault("ACCOUNT_SIGN_IN_OVER");
  return showFactor(means, account, half.hash);
}

/** Ends a half-done sign-in by enrolling. @throws ACCOUNT_SIGN_IN_OVER, WEB_OUTSIDE_NETWORK */
export async function enrolFirstFactor(
  means: AccountMeans,
  token: string | undefined,
  code: string,
  visit: Visit,
): Promise<EnrolAnswer> {
  const { token: half, account } = await findHalfSignIn(means, token);
  if (account.factor !== null) throw fault("ACCOUNT_SIGN_IN_OVER");
  const { nextPath = "/", byProvider = false } = half;
  const given = { code, holder: half.hash };
  return confirmFactor(means, account, given, visit, async (unit, enrolled) => {
    if ((await takeToken(unit, "signIn", half.hash, means.clock.now())) === undefined)
      throw fault("ACCOUNT_SIGN_IN_OVER");
    await signInNow(unit, means, enrolled, { nextPath, byProvider, factorAt: means.clock.now() }, visit);
    return nextPath;
  });
}

/**
 * Makes the shown secret the factor, if the code is its own and nothing has changed since. `finish` ends the unit: it
 * starts the session that comes after, and says where to go. @clause DD.4
 */
export async function confirmFactor(
  means: AccountMeans,
  account: Account,
  { code, holder }: { readonly code: string; readonly holder: string },
  visit: Pick<Visit, "network">,
  finish: (unit: Unit, enrolled: Account) => Promise<string>,
): Promise<EnrolAnswer> {
  const { secrets, unitOfWork, clock } = means;
  const attempt = await takeFactorAttempt(means, account, visit);
  if ("blockedUntil" in attempt) {
    await means.attempts.count("waiting");
    return { step: "wait", until: attempt.blockedUntil };
  }
  const next = await unitOfWork.transaction((unit) => readNextFactor(unit, account.controller, account.id));
  const secret = await heldSecret(means, account, holder, next);
  const step = secret === undefined ? undefined : stepOfCode(secret, code, clock.now(), 0);
  if (step === undefined || secret === undefined) {
    await means.attempts.count("factor");
    return { step: "refused" };
  }
  const factor = await secrets.sealFactor(account, secret);
  const codes = newRecoveryCodes();
  const hashes = await secrets.recoveryCodeHashes(account.id, codes.map(spelled));
  const nextPath = await unitOfWork.transaction(async (unit) => {
    const locked = await lockAccount(unit, account.controller, account.id);
    const same = locked !== undefined && maySignIn(means, locked) && locked.factor === account.factor;
    if (!same || (await readNextFactor(unit, account.controller, account.id)) !== next)
      throw fault("ACCOUNT_SIGN_IN_OVER");
    const enrolled: Account = { ...locked, factor, factorStep: step };
    await changeAccount(unit, locked, { factor, nextFactor: null, factorStep: step });
    await replaceRecoveryCodes(unit, locked.controller, locked.id, hashes);
    await forgive(unit, attempt, clock.now());
    await recordDeed(unit, means, {
      type: "accounts.factorEnrolled",
      actor: actorOf(locked),
      controller: locked.controller,
    });
    const to = await finish(unit, enrolled);
    await dropTokens(unit, locked.controller, locked.id, ["signIn"]);
    return to;
  });
  return { step: "enrolled", codes, nextPath };
}

function spelled(code: string): string {
  return spellRecoveryCode(code) ?? "";
}
