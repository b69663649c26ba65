/** What happened to accounts, in the activity log: who did it, in which role, to which account. Opaque ids alone. */
import type { ActorId, ControllerId, JsonObject, Unit } from "@preau/kernel";
import type { Account, AccountActor } from "./account.ts";
import type { AccountMeans } from "./account-means.ts";

export const accountEvents = [
  "accounts.invited",
  "accounts.invitationRenewed",
  "accounts.accepted",
  "accounts.signedIn",
  "accounts.signedOut",
  "accounts.signInRefused",
  "accounts.passwordChanged",
  "accounts.factorEnrolled",
  "accounts.factorConfirmed",
  "accounts.factorReset",
  "accounts.recoveryCodeUsed",
  "accounts.recoveryCodesRenewed",
  "accounts.recoveryIssued",
  "accounts.recovered",
  "accounts.identityLinked",
  "accounts.suspended",
  "accounts.restored",
  "accounts.revoked",
  "accounts.unlocked",
  "accounts.roleChanged",
  "accounts.sessionsEnded",
  "accounts.listSeen",
  "accounts.reviewed",
  "accounts.erased",
  "accounts.tokenMade",
  "accounts.tokenRevoked",
  "accounts.tokenUsed",
] as const;

export interface AccountDeed {
  readonly type: (typeof accountEvents)[number];
  readonly actor: AccountActor;
  /** Upon whose account, where it is not the actor's own. */
  readonly account?: ActorId;
  readonly controller: ControllerId;
  readonly payload?: JsonObject;
}

/** @clause DD.7 */
export async function recordDeed(
  unit: Unit,
  { journal }: Pick<AccountMeans, "journal">,
  { type, actor, account, controller, payload }: AccountDeed,
): Promise<void> {
  const told = { ...payload, ...(account === undefined ? {} : { account }) };
  await journal.record(unit, {
    log: "activity",
    type,
    clause: "DD.7",
    controller,
    actor: { role: actor.role, ...(actor.id === undefined ? {} : { id: actor.id }) },
    ...(Object.keys(told).length === 0 ? {} : { payload: told }),
  });
}

/** An account as the one who acts upon itself. */
export function actorOf({ id, role, controller, demonstration }: Account): AccountActor {
  return { id, role, controller, demonstration };
}
