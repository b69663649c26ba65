/**
 * Setting a password by a link: an invitation accepted, or a recovery. The link is looked at as often as one likes and
 * used once; a password that is refused leaves it good.
 */
import type { Account, AccountPerson } from "./account.ts";
import { maySignIn } from "./account-acting.ts";
import { actorOf, recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { fault } from "./errors.ts";
import { goOn, type Progress, type Visit } from "./finish-sign-in.ts";
import type { HandedLink } from "./invite-account.ts";
import { tokenHash } from "./one-time-token.ts";
import type { PasswordFlaw } from "./password-rules.ts";
import { changeAccount, lockAccount, readAccount } from "./store/account-rows.ts";
import { dropTokens, findToken, takeToken } from "./store/account-token-rows.ts";

type Purpose = HandedLink["purpose"];

export interface FoundLink {
  readonly hash: string;
  readonly account: Account;
  readonly person: AccountPerson;
}

/** The account that a living link leads to. @throws ACCOUNT_LINK_DEAD */
export async function findLink(
  means: AccountMeans,
  purpose: Purpose,
  token: string | null,
): Promise<FoundLink> {
  const hash = tokenHash(purpose, token);
  if (hash === undefined) return dead(means);
  const account = await means.unitOfWork.transaction(async (unit) => {
    const found = await findToken(unit, purpose, hash, means.clock.now());
    return found && readAccount(unit, found.controller, found.account);
  });
  if (account === undefined || !isOpenTo(means, account, purpose)) return dead(means);
  const person = (await means.secrets.openPersons([account])).get(account.id);
  return person === undefined ? dead(means) : { hash, account, person };
}

/**
 * Sets the password and goes on to the second factor; all other sessions of the account end. @clause DD.4
 * @returns what is wrong with the password, when something is
 * @throws ACCOUNT_LINK_DEAD, WEB_BUSY, WEB_OUTSIDE_NETWORK
 */
export async function acceptLink(
  means: AccountMeans,
  purpose: Purpose,
  given: { readonly token: string | null; readonly password: string },
  visit: Visit,
): Promise<Progress | { readonly flaw: PasswordFlaw }> {
  const { account, person, hash } = await findLink(means, purpose, given.token);
  const { rules, hasher } = means;
  const flaw = await rules.flawOf(given.password, account.role, [person.name, person.email]);
  if (flaw !== undefined) return { flaw };
  const password = await hasher.hash(rules.normalise(given.password));
  const progress = await means.unitOfWork.transaction(async (unit) => {
    const taken = await takeToken(unit, purpose, hash, means.clock.now());
    const locked = taken && (await lockAccount(unit, taken.controller, taken.account));
    if (locked === undefined || !isOpenTo(means, locked, purpose)) return undefined;
    await dropTokens(unit, locked.controller, locked.id, ["invitation", "recovery", "signIn"]);
    await changeAccount(unit, locked, { state: "active", password });
    await means.sessions.revokeActor(locked.controller, locked.id, { unit });
    await recordDeed(unit, means, {
      type: purpose === "invitation" ? "accounts.accepted" : "accounts.recovered",
      actor: actorOf(locked),
      controller: locked.controller,
    });
    return goOn(unit, means, { ...locked, state: "active", password }, { nextPath: "/account" }, visit);
  });
  return progress ?? dead(means);
}

function isOpenTo(means: AccountMeans, account: Account, purpose: Purpose): boolean {
  return purpose === "invitation"
    ? account.state === "invited" && maySignIn(means, { ...account, state: "active" })
    : maySignIn(means, account);
}

async function dead(means: AccountMeans): Promise<never> {
  await means.attempts.count("link");
  throw fault("ACCOUNT_LINK_DEAD");
}
