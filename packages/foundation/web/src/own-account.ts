/**
 * What people do to their own account. Whatever changes what one signs in with ends the account's other sessions and
 * gives this one a new secret; it ends no later than it would have.
 */
import { addMillis, type Instant, type Unit } from "@preau/kernel";
import type { Account } from "./account.ts";
import { maySignIn } from "./account-acting.ts";
import { actorOf, recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { forgive, takeAttempt, verifyCounted } from "./account-throttle.ts";
import { confirmFactor, type EnrolAnswer, type ShownFactor, showFactor } from "./enrol-factor.ts";
import { fault } from "./errors.ts";
import { sessionOf, type Visit } from "./finish-sign-in.ts";
import { isTooLong, type PasswordFlaw } from "./password-rules.ts";
import { newRecoveryCodes, spellRecoveryCode } from "./recovery-code.ts";
import { checkCode } from "./second-factor.ts";
import type { Session } from "./session.ts";
import type { SignInAnswer } from "./sign-in-account.ts";
import { accountsOfEmail, changeAccount, lockAccount, readAccount } from "./store/account-rows.ts";
import { dropTokens, replaceRecoveryCodes } from "./store/account-token-rows.ts";

type Wait = { readonly step: "wait"; readonly until: Instant };

/** The account of a session. @throws ACCOUNT_UNKNOWN for a session of somebody who has none */
export async function accountOfSession(means: AccountMeans, session: Session | undefined): Promise<Account> {
  const { actor, controller } = session?.data ?? {};
  const account =
    actor === undefined || controller === undefined
      ? undefined
      : await means.unitOfWork.transaction((unit) => readAccount(unit, controller, actor));
  if (account === undefined || !maySignIn(means, account)) throw fault("ACCOUNT_UNKNOWN");
  return account;
}

type Recency = Pick<AccountMeans, "options" | "clock">;

/** Has this session given a second factor lately? For whatever grants rights. */
export function hasRecentFactor(means: Recency, session: Pick<Session, "sealed"> | undefined): boolean {
  return isRecent(means, session?.sealed["factorAt"]);
}

/** May this session change what it signs in with? With a factor lately; where there is none, with the password lately. */
export function hasRecentProof(
  means: Recency,
  session: Pick<Session, "sealed">,
  account: Pick<Account, "factor">,
): boolean {
  return (
    hasRecentFactor(means, session) ||
    (account.factor === null && isRecent(means, session.sealed["passwordAt"]))
  );
}

function isRecent({ options, clock }: Recency, at: unknown): boolean {
  return typeof at === "string" && clock.now() < addMillis(at as Instant, options.stepUpMinutes * 60_000);
}

/**
 * A second factor given again, or the password where there is none: the session goes on under a new secret, and is
 * recent.
 */
export async function stepUp(
  means: AccountMeans,
  session: Session,
  proof: string,
  visit: Visit,
): Promise<SignInAnswer> {
  const account = await accountOfSession(means, session);
  if (account.factor === null) return stepUpByPassword(means, session, account, proof, visit);
  return checkCode(means, account, proof, visit, async (unit, locked) => {
    await renew(unit, session, locked, visit, { factorAt: means.clock.now() });
    await recordDeed(unit, means, {
      type: "accounts.factorConfirmed",
      actor: actorOf(locked),
      controller: locked.controller,
    });
    return { step: "signedIn", nextPath: "/account" };
  });
}

async function stepUpByPassword(
  means: AccountMeans,
  session: Session,
  account: Account,
  password: string,
  visit: Visit,
): Promise<SignInAnswer> {
  const right = await givePassword(means, account, password, visit);
  if (right === "wrong") return { step: "refused" };
  if (right !== "right") return right;
  await means.unitOfWork.transaction(async (unit) => {
    const locked = await sameAccount(unit, means, account);
    await renew(unit, session, locked, visit, { passwordAt: means.clock.now() });
  });
  return { step: "signedIn", nextPath: "/account" };
}

/** Verifies the password of a session's account, under the same brake as a sign-in. */
async function givePassword(
  means: AccountMeans,
  account: Account,
  password: string,
  { network }: Pick<Visit, "network">,
): Promise<"right" | "wrong" | Wait> {
  const { secrets, hasher, rules, clock, unitOfWork } = means;
  const attempt = await takeAttempt(means, [
    { kind: "account", key: await secrets.attemptKey("email", account.emailHash) },
    { kind: "network", key: await secrets.attemptKey("network", network) },
  ]);
  if ("blockedUntil" in attempt) {
    await means.attempts.count("waiting");
    return { step: "wait", until: attempt.blockedUntil };
  }
  const text = isTooLong(password) ? "" : rules.normalise(password);
  const right = await verifyCounted(means, attempt, () => hasher.verify(text, account.password));
  if (!right) {
    await means.attempts.count("password");
    return "wrong";
  }
  await unitOfWork.transaction(async (unit) => {
    const shared = (await accountsOfEmail(unit, account.emailHash)).length > 1;
    await forgive(unit, attempt, clock.now(), { shared });
  });
  return "right";
}

export type PasswordAnswer =
  | { readonly step: "changed" }
  | { readonly step: "refused" }
  | { readonly step: "flawed"; readonly flaw: PasswordFlaw }
  | Wait;

/** @clause DD.4, DD.7 @throws ACCOUNT_UNKNOWN, ACCOUNT_WRONG_STATE, WEB_BUSY */
export async function changePassword(
  means: AccountMeans,
  session: Session,
  given: { readonly current: string; readonly next: string },
  visit: Visit,
): Promise<PasswordAnswer> {
  const account = await accountOfSession(means, session);
  const right = await givePassword(means, account, given.current, visit);
  if (right === "wrong") return { step: "refused" };
  if (right !== "right") return right;
  const person = (await means.secrets.openPersons([account])).get(account.id);
  const own = person === undefined ? [] : [person.name, person.email];
  const flaw = await means.rules.flawOf(given.next, account.role, own);
  if (flaw !== undefined) return { step: "flawed", flaw };
  const password = await means.hasher.hash(means.rules.normalise(given.next));
  await means.unitOfWork.transaction(async (unit) => {
    const locked = await sameAccount(unit, means, account);
    if (locked.password !== account.password) throw fault("ACCOUNT_WRONG_STATE");
    await changeAccount(unit, locked, { password });
    await dropTokens(unit, locked.controller, locked.id, ["signIn", "recovery"]);
    await means.sessions.revokeActor(locked.controller, locked.id, { unit });
    await renew(unit, session, locked, visit);
    await recordDeed(unit, means, {
      type: "accounts.passwordChanged",
      actor: actorOf(locked),
      controller: locked.controller,
    });
  });
  return { step: "changed" };
}

/** The secret of a new factor, for a session that has proved itself lately. @throws ACCOUNT_STEP_UP */
export async function showNextFactor(means: AccountMeans, session: Session): Promise<ShownFactor> {
  const account = await accountOfSession(means, session);
  if (!hasRecentProof(means, session, account)) throw fault("ACCOUNT_STEP_UP");
  return showFactor(means, account, session.id);
}

/** Enrols the shown factor in the place of the one of before. @throws ACCOUNT_STEP_UP */
export async function replaceFactor(
  means: AccountMeans,
  session: Session,
  code: string,
  visit: Visit,
): Promise<EnrolAnswer> {
  const account = await accountOfSession(means, session);
  if (!hasRecentProof(means, session, account)) throw fault("ACCOUNT_STEP_UP");
  const given = { code, holder: session.id };
  return confirmFactor(means, account, given, visit, async (unit, enrolled) => {
    await means.sessions.revokeActor(enrolled.controller, enrolled.id, { unit });
    await renew(unit, session, enrolled, visit, { factorAt: means.clock.now() });
    return "/account";
  });
}

/** Ten new recovery codes; those of before are worth nothing. @throws ACCOUNT_STEP_UP, ACCOUNT_WRONG_STATE */
export async function renewRecoveryCodes(means: AccountMeans, session: Session): Promise<readonly string[]> {
  const account = await accountOfSession(means, session);
  if (!hasRecentProof(means, session, account)) throw fault("ACCOUNT_STEP_UP");
  if (account.factor === null) throw fault("ACCOUNT_WRONG_STATE");
  const codes = newRecoveryCodes();
  const spelled = codes.map((code) => spellRecoveryCode(code) ?? "");
  const hashes = await means.secrets.recoveryCodeHashes(account.id, spelled);
  await means.unitOfWork.transaction(async (unit) => {
    const locked = await sameAccount(unit, means, account);
    await replaceRecoveryCodes(unit, locked.controller, locked.id, hashes);
    await recordDeed(unit, means, {
      type: "accounts.recoveryCodesRenewed",
      actor: actorOf(locked),
      controller: locked.controller,
    });
  });
  return codes;
}

/** Ends the account's sessions but this one; how many there were. */
export async function endOtherSessions(means: AccountMeans, session: Session): Promise<number> {
  const account = await accountOfSession(means, session);
  return means.unitOfWork.transaction(async (unit) => {
    const { controller, id } = account;
    const ended = await means.sessions.revokeActor(controller, id, { unit, but: session.id });
    await dropTokens(unit, controller, id, ["signIn"]);
    await recordDeed(unit, means, {
      type: "accounts.sessionsEnded",
      actor: actorOf(account),
      controller,
      payload: { ended },
    });
    return ended;
  });
}

/** The locked account, if it is still the one in force that was read. */
async function sameAccount(unit: Unit, means: AccountMeans, { controller, id }: Account): Promise<Account> {
  const locked = await lockAccount(unit, controller, id);
  if (locked === undefined || !maySignIn(means, locked)) throw fault("ACCOUNT_UNKNOWN");
  return locked;
}

/** The session under a new secret: what was sealed goes on, and so does its end. */
async function renew(
  unit: Unit,
  session: Session,
  account: Account,
  visit: Visit,
  more: { readonly factorAt?: Instant; readonly passwordAt?: Instant } = {},
): Promise<void> {
  const sealed = { ...session.sealed, ...more };
  await visit.start({ ...sessionOf(account, sealed), endsBy: session.expiresAt }, unit);
}
