/**
 * The steps after the first factor. Between the two there is no session: a half-done sign-in is a token of its own, in a
 * cookie of its own, that opens nothing but the page for the second factor. A session begins when all is given, under a
 * new secret.
 */
import { addMillis, type Instant, type JsonObject, type Unit } from "@preau/kernel";
import type { Account } from "./account.ts";
import { actorOf, recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { needsSecondFactor } from "./account-rights.ts";
import { fault } from "./errors.ts";
import { hashOf } from "./invite-account.ts";
import { newToken } from "./one-time-token.ts";
import type { SignIn } from "./session.ts";
import { changeAccount } from "./store/account-rows.ts";
import { addToken } from "./store/account-token-rows.ts";

/** Where a request comes from, and how its session starts. */
export interface Visit {
  /** Network address, or the part of it that one household has. */
  readonly network: string;
  /** May that role come from there? (DD.6) */
  readonly allowed: (role: Account["role"]) => boolean;
  /** Starts the session and ends the one of before, in the unit. */
  readonly start: (signIn: SignIn, unit: Unit) => Promise<void>;
}

export interface FirstFactor {
  readonly nextPath: string;
  /** The company's provider instead of a password. */
  readonly byProvider?: boolean;
  /** The provider vouches for a second factor, and the options trust it. */
  readonly vouched?: boolean;
}

export type Progress =
  | { readonly step: "signedIn"; readonly nextPath: string }
  /** `token` is the cookie of the half-done sign-in. */
  | { readonly step: "factor" | "enrol"; readonly token: string };

/** Goes on after the first factor, for an account that is locked and may sign in. */
export async function goOn(
  unit: Unit,
  means: AccountMeans,
  account: Account,
  first: FirstFactor,
  visit: Visit,
): Promise<Progress> {
  if (first.vouched === true) {
    await signInNow(unit, means, account, { ...first, factorAt: means.clock.now() }, visit);
    return { step: "signedIn", nextPath: first.nextPath };
  }
  if (account.factor === null && !needsSecondFactor(account.role)) {
    await signInNow(unit, means, account, first, visit);
    return { step: "signedIn", nextPath: first.nextPath };
  }
  const now = means.clock.now();
  const token = newToken();
  await addToken(
    unit,
    {
      ...{ hash: hashOf("signIn", token), purpose: "signIn", controller: account.controller },
      account: account.id,
      expiresAt: addMillis(now, means.options.signInMinutes * 60_000),
      nextPath: first.nextPath,
      byProvider: first.byProvider === true,
    },
    now,
  );
  return { step: account.factor === null ? "enrol" : "factor", token };
}

export interface Finish extends FirstFactor {
  readonly factorAt?: Instant;
}

/**
 * Starts the session of a locked account. @clause DD.7
 * @throws WEB_OUTSIDE_NETWORK for staff that comes from elsewhere: nothing is used up then
 */
export async function signInNow(
  unit: Unit,
  means: AccountMeans,
  account: Account,
  finish: Finish,
  visit: Visit,
): Promise<void> {
  if (!visit.allowed(account.role)) throw fault("WEB_OUTSIDE_NETWORK", { clause: "DD.6" });
  await changeAccount(unit, account, { signedInAt: means.clock.now() });
  const person = (await means.secrets.openPersons([account])).get(account.id);
  await visit.start(
    sessionOf(account, {
      ...(person === undefined ? {} : { name: person.name }),
      ...(finish.factorAt === undefined ? {} : { factorAt: finish.factorAt }),
      ...(finish.byProvider === true ? { byProvider: true } : {}),
    }),
    unit,
  );
  await recordDeed(unit, means, {
    type: "accounts.signedIn",
    actor: actorOf(account),
    controller: account.controller,
    payload: {
      by: finish.byProvider === true ? "provider" : "password",
      secondFactor: finish.factorAt !== undefined,
    },
  });
}

/** The session of an account: its row names nobody. */
export function sessionOf(account: Pick<Account, "id" | "controller" | "role">, sealed: JsonObject): SignIn {
  return {
    data: {
      controller: account.controller,
      actorRole: account.role,
      actor: account.id,
      ...{ categories: [], dropped: [], refusals: [] },
    },
    sealed,
  };
}
