/**
 * The regular review of access rights: somebody who may revoke them looks through the list and says so; when it is due
 * again, and which accounts nobody has used for long, is told by `dues`.
 */
import { addMillis, type ControllerId, type Due, type DueScope, type Instant } from "@preau/kernel";
import { type Account, type AccountActor, PUBLISHER } from "./account.ts";
import { actingActor } from "./account-acting.ts";
import { recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { mayGrant } from "./account-rights.ts";
import { reaches } from "./administer-account.ts";
import { fault } from "./errors.ts";
import { changeAccount, listAccounts } from "./store/account-rows.ts";
import { insertReview, lastReviews } from "./store/review-rows.ts";

const DAY_MS = 86_400_000;

/** Says that the accounts which stand now have been looked through. @clause DD.5 @throws ACCOUNT_NOT_YOURS, ACCOUNT_UNKNOWN */
export async function reviewAccess(
  means: AccountMeans,
  actor: AccountActor,
  controller: ControllerId,
): Promise<{ readonly accounts: number; readonly nextDueAt: Instant }> {
  if (!reaches(actor, controller)) throw fault("ACCOUNT_UNKNOWN");
  const role = controller === PUBLISHER ? "support" : "controllerAdministrator";
  if (!mayGrant(actor, role, controller)) throw fault("ACCOUNT_NOT_YOURS");
  return means.unitOfWork.transaction(async (unit) => {
    await actingActor(unit, means, actor);
    const reviewedAt = means.clock.now();
    const accounts = (await listAccounts(unit, controller)).filter(({ state }) => state !== "revoked");
    for (const account of accounts) await changeAccount(unit, account, { reviewedAt });
    await insertReview(unit, {
      id: means.ids.next("rev"),
      controller,
      reviewedAt,
      reviewedBy: actor.id ?? null,
      accounts: accounts.length,
    });
    await recordDeed(unit, means, {
      type: "accounts.reviewed",
      actor,
      controller,
      payload: { accounts: accounts.length },
    });
    return { accounts: accounts.length, nextDueAt: addMillis(reviewedAt, means.options.reviewDays * DAY_MS) };
  });
}

/** True for an account in force that nobody has signed in to for the period of the options. */
export function isIdle(
  account: Pick<Account, "state" | "signedInAt" | "createdAt">,
  now: Instant,
  idleDays: number,
): boolean {
  return account.state === "active" && addMillis(lastUse(account), idleDays * DAY_MS) <= now;
}

function lastUse({ signedInAt, createdAt }: Pick<Account, "signedInAt" | "createdAt">): Instant {
  return signedInAt ?? createdAt;
}

/** One review a controller that has accounts; and one line where accounts have been idle for long. @clause DD.5 */
export async function accountDues(
  means: Pick<AccountMeans, "unitOfWork" | "options">,
  { controller, before }: DueScope,
): Promise<readonly Due[]> {
  const { reviewDays, idleDays } = means.options;
  const { accounts, reviews } = await means.unitOfWork.transaction(async (unit) => ({
    accounts: (await listAccounts(unit, controller)).filter(({ state }) => state !== "revoked"),
    reviews: await lastReviews(unit, controller),
  }));
  const byController = new Map<ControllerId, Account[]>();
  for (const account of accounts)
    byController.set(account.controller, [...(byController.get(account.controller) ?? []), account]);
  const dues = [...byController].flatMap(([own, theirs]) => {
    const since = reviews.get(own) ?? earliest(theirs.map(({ createdAt }) => createdAt));
    const inForce = theirs.filter(({ state }) => state === "active").map(lastUse);
    const at = { clause: "DD.5", controller: own, href: `/accounts/review?controller=${own}` };
    return [
      { ...at, id: `accounts.review.${own}`, title: REVIEW, dueAt: addMillis(since, reviewDays * DAY_MS) },
      ...(inForce.length === 0
        ? []
        : [
            {
              ...at,
              id: `accounts.idle.${own}`,
              title: IDLE,
              dueAt: addMillis(earliest(inForce), idleDays * DAY_MS),
            },
          ]),
    ];
  });
  return dues.filter(({ dueAt }) => dueAt < before);
}

const REVIEW = { en: "Review of access rights", fr: "Revue des droits d’accès" };
const IDLE = {
  en: "An account that nobody uses: suspend or revoke it",
  fr: "Un compte que personne n’utilise\u202f: le suspendre ou le révoquer",
};

function earliest(instants: readonly Instant[]): Instant {
  return instants.reduce((first, each) => (each < first ? each : first));
}
