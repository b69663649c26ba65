/** Whoever acts must still have the right at the moment of the act: a session may be a second older than its end. */
import type { Unit } from "@preau/kernel";
import { type Account, type AccountActor } from "./account.ts";
import type { AccountMeans } from "./account-means.ts";
import { fault } from "./errors.ts";
import { lockAccount } from "./store/account-rows.ts";

/**
 * The actor, looked at again in the unit of the act. The terminal's operator has no account.
 * @throws ACCOUNT_NOT_YOURS
 */
export async function actingActor(
  unit: Unit,
  means: Pick<AccountMeans, "options">,
  actor: AccountActor,
): Promise<AccountActor> {
  if (actor.id === undefined) {
    if (actor.role !== "system") throw fault("ACCOUNT_NOT_YOURS");
    return actor;
  }
  const account = await lockAccount(unit, actor.controller, actor.id);
  if (account === undefined || !maySignIn(means, account) || account.role !== actor.role)
    throw fault("ACCOUNT_NOT_YOURS");
  return { ...actor, demonstration: account.demonstration };
}

/** In force, and no relic of a demonstration. */
export function maySignIn(
  { options }: Pick<AccountMeans, "options">,
  account: Pick<Account, "state" | "demonstration">,
): boolean {
  return account.state === "active" && (options.demonstration || !account.demonstration);
}
