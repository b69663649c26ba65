/** The accounts that an actor may see, with what names them opened for the page. Staff's look at a client is journalled. */
import type { ControllerId, Instant } from "@preau/kernel";
import { type Account, type AccountActor, type AccountPerson, isStaffRole, PUBLISHER } from "./account.ts";
import { actingActor } from "./account-acting.ts";
import { recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { administeringRoles } from "./account-rights.ts";
import { reaches } from "./administer-account.ts";
import { fault } from "./errors.ts";
import { listAccounts } from "./store/account-rows.ts";
import { readAttempts, recoveriesAsked } from "./store/attempt-rows.ts";
import { lastReviews } from "./store/review-rows.ts";

export interface ListedAccount {
  readonly account: Account;
  /** Absent once its key is destroyed. */
  readonly person: AccountPerson | undefined;
  /** Locked by failed attempts until then. */
  readonly lockedUntil: Instant | undefined;
  /** Asked for a link, by the page that anybody can reach. */
  readonly recoveryAskedAt: Instant | undefined;
}

export interface AccountList {
  readonly accounts: readonly ListedAccount[];
  readonly lastReview: Instant | undefined;
}

/** @clause DD.5 @throws ACCOUNT_NOT_YOURS, ACCOUNT_UNKNOWN */
export async function accountsOf(
  means: AccountMeans,
  actor: AccountActor,
  controller: ControllerId,
): Promise<AccountList> {
  const administers =
    actor.role === "system" || (administeringRoles as readonly string[]).includes(actor.role);
  if (!administers) throw fault("ACCOUNT_NOT_YOURS");
  if (!reaches(actor, controller)) throw fault("ACCOUNT_UNKNOWN");
  const { secrets, clock, unitOfWork } = means;
  const read = await unitOfWork.transaction(async (unit) => {
    await actingActor(unit, means, actor);
    const accounts = await listAccounts(unit, controller);
    if (controller !== PUBLISHER && isStaffRole(actor.role))
      await recordDeed(unit, means, { type: "accounts.listSeen", actor, controller });
    const asked = await recoveriesAsked(
      unit,
      accounts.map(({ emailHash }) => emailHash),
    );
    return { accounts, asked, reviews: await lastReviews(unit, controller) };
  });
  const { accounts, asked } = read;
  const persons = await secrets.openPersons(accounts);
  const locks = await locksOf(means, accounts);
  const now = clock.now();
  return {
    lastReview: read.reviews.get(controller),
    accounts: accounts.map((account) => {
      const until = locks.get(account.id);
      return {
        account,
        person: persons.get(account.id),
        lockedUntil: until !== undefined && until > now ? until : undefined,
        recoveryAskedAt: asked.get(account.emailHash),
      };
    }),
  };
}

/** The later of the two locks of each account: its address's and its second factor's. */
async function locksOf(
  means: AccountMeans,
  accounts: readonly Account[],
): Promise<ReadonlyMap<string, Instant>> {
  const { secrets, unitOfWork } = means;
  const keys = await Promise.all(
    accounts.map(async ({ id, emailHash }) => ({
      id,
      keys: [await secrets.attemptKey("email", emailHash), await secrets.attemptKey("factor", id)],
    })),
  );
  const attempts = await unitOfWork.transaction((unit) =>
    readAttempts(
      unit,
      keys.flatMap((each) => each.keys),
    ),
  );
  return new Map(
    keys.flatMap(({ id, keys: own }) => {
      const [latest] = own
        .flatMap((key) => attempts.get(key)?.blockedUntil ?? [])
        .sort()
        .reverse();
      return latest === undefined ? [] : [[id, latest] as const];
    }),
  );
}
