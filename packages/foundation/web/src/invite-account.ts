/**
 * Inviting: the account stands, nobody can sign in to it until whoever holds the link sets a password. No mailer exists
 * yet: the link is given once to who invites, who hands it over. Of the token the database has the hash alone.
 */
import { type ActorId, addHours, type ControllerId, type Instant, isFault, type Unit } from "@preau/kernel";
import { type Account, type AccountActor, type AccountRole, isStaffRole, PUBLISHER } from "./account.ts";
import { actingActor } from "./account-acting.ts";
import { recordDeed } from "./account-journal.ts";
import type { AccountMeans } from "./account-means.ts";
import { mayGrant } from "./account-rights.ts";
import { readEmail, readName } from "./email-address.ts";
import { fault } from "./errors.ts";
import { newToken, type TokenPurpose, tokenHash } from "./one-time-token.ts";
import { insertAccount } from "./store/account-rows.ts";
import { addToken, dropTokens } from "./store/account-token-rows.ts";

export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly controller: ControllerId;
}

/** Handed over once. */
export interface HandedLink {
  readonly account: ActorId;
  readonly purpose: "invitation" | "recovery";
  readonly token: string;
  readonly expiresAt: Instant;
}

/**
 * @clause DD.5
 * @throws ACCOUNT_BAD_PERSON, ACCOUNT_BAD_ROLE, ACCOUNT_NOT_YOURS, ACCOUNT_EXISTS
 */
export async function inviteAccount(
  means: AccountMeans,
  actor: AccountActor,
  { role, controller, ...given }: Invitation,
): Promise<HandedLink> {
  const email = readEmail(given.email);
  const name = readName(given.name);
  if (email === undefined || name === undefined) throw fault("ACCOUNT_BAD_PERSON");
  if (isStaffRole(role) !== (controller === PUBLISHER)) throw fault("ACCOUNT_BAD_ROLE");
  if (!mayGrant(actor, role, controller)) throw fault("ACCOUNT_NOT_YOURS");
  const id: ActorId = means.ids.next("act");
  const emailHash = await means.secrets.emailHash(email);
  const sealed = await means.secrets.sealPerson({ controller, id }, { name, email });
  return means.unitOfWork.transaction(async (unit) => {
    const acting = await actingActor(unit, means, actor);
    const account: Account = {
      ...{ id, controller, role, state: "invited", emailHash, sealed },
      ...{ password: null, factor: null, factorStep: 0 },
      demonstration: acting.demonstration === true,
      createdAt: means.clock.now(),
      invitedBy: actor.id ?? null,
      ...{ signedInAt: null, reviewedAt: null, revokedAt: null },
    };
    await insertNew(unit, account);
    await recordDeed(unit, means, {
      type: "accounts.invited",
      actor,
      account: id,
      controller,
      payload: { role },
    });
    return handLink(unit, means, account, "invitation");
  });
}

async function insertNew(unit: Unit, account: Account): Promise<void> {
  try {
    await insertAccount(unit, account);
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) throw fault("ACCOUNT_EXISTS");
    throw error;
  }
}

/** A link that ends those given before it. */
export async function handLink(
  unit: Unit,
  means: Pick<AccountMeans, "clock" | "options">,
  { id, controller }: Pick<Account, "id" | "controller">,
  purpose: HandedLink["purpose"],
): Promise<HandedLink> {
  const { invitationHours, recoveryHours } = means.options;
  const now = means.clock.now();
  const expiresAt = addHours(now, purpose === "invitation" ? invitationHours : recoveryHours);
  const token = newToken();
  await dropTokens(unit, controller, id, ["invitation", "recovery"]);
  await addToken(unit, { hash: hashOf(purpose, token), purpose, controller, account: id, expiresAt }, now);
  return { account: id, purpose, token, expiresAt };
}

/** The hash of a token that was just made. */
export function hashOf(purpose: TokenPurpose, token: string): string {
  const hash = tokenHash(purpose, token);
  if (hash === undefined) throw new TypeError("a token of another shape");
  return hash;
}
