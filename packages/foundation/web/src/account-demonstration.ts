/**
 * The accounts of the demonstration: one of each role, invented, their passwords public and told on the sign-in page with
 * the code that works now. They are marked in the database: once the demonstration is off, none of them signs in, nor any
 * account that they have invited.
 */
import { type ActorId, controllerId, type Instant } from "@preau/kernel";
import { type Account, type AccountRole, PUBLISHER } from "./account.ts";
import type { AccountMeans } from "./account-means.ts";
import { needsSecondFactor } from "./account-rights.ts";
import { codeOfStep, newFactorSecret, stepOf } from "./one-time-code.ts";
import { changeAccount, findByEmail, insertAccount, listAccounts } from "./store/account-rows.ts";
import { replaceRecoveryCodes } from "./store/account-token-rows.ts";
import { dropAttempts } from "./store/attempt-rows.ts";

/** One account, as the sign-in page tells it. */
export interface DemonstrationAccount {
  readonly role: AccountRole;
  readonly email: string;
  readonly password: string;
  /** The code of the second factor that works now; absent while the last two have been used. */
  readonly code?: string;
}

/** Public on purpose. */
const PASSWORD = "cerf-volant sur la marelle";
const CLIENT = controllerId("ministry");

const PERSONS: readonly (readonly [AccountRole, string, string])[] = [
  ["publisherDpo", "dpo@editions-marelle.example", "Inès Peuplier"],
  ["operations", "exploitation@editions-marelle.example", "Marius Charme"],
  ["support", "support@editions-marelle.example", "Salomé Érable"],
  ["auditor", "audit@editions-marelle.example", "Ferdinand Aulne"],
  ["controllerAdministrator", "administration@ministere.example", "Lina Bouleau"],
  ["controllerDpo", "dpo@ministere.example", "Oscar Noisetier"],
];

/**
 * At the start. Makes them, or gives them back their password and a new second factor: what a visitor changed lasts until
 * the next start. Without the option, ends what is left of them.
 */
export async function prepareDemonstration(means: AccountMeans): Promise<void> {
  if (!means.options.demonstration) return endDemonstration(means);
  const password = await means.hasher.hash(means.rules.normalise(PASSWORD));
  for (const [role, email, name] of PERSONS) await seed(means, { role, email, name, password });
}

/** Ends the sessions of a demonstration that is over; its accounts cannot sign in any more. */
async function endDemonstration({ unitOfWork, sessions }: AccountMeans): Promise<void> {
  await unitOfWork.transaction(async (unit) => {
    for (const { controller, id, demonstration } of await listAccounts(unit, "all"))
      if (demonstration) await sessions.revokeActor(controller, id, { unit });
  });
}

interface Seed {
  readonly role: AccountRole;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

async function seed(means: AccountMeans, { role, email, name, password }: Seed): Promise<void> {
  const { secrets, unitOfWork, ids, clock, sessions } = means;
  const controller = controllerOf(role);
  const emailHash = await secrets.emailHash(email);
  const known = await unitOfWork.transaction((unit) => findByEmail(unit, emailHash, controller));
  if (known?.demonstration === false) return; // somebody's own account: never touched
  const id: ActorId = known?.id ?? ids.next("act");
  const sealed = await secrets.sealPerson({ controller, id }, { name, email });
  const factor = needsSecondFactor(role)
    ? await secrets.sealFactor({ controller, id }, newFactorSecret())
    : null;
  const fresh = { role, state: "active", sealed, password, factor, factorStep: 0, revokedAt: null } as const;
  await unitOfWork.transaction(async (unit) => {
    if (known === undefined)
      await insertAccount(unit, newAccount({ ...fresh, id, controller, emailHash }, clock.now()));
    else await changeAccount(unit, known, fresh);
    await replaceRecoveryCodes(unit, controller, id, []);
    await sessions.revokeActor(controller, id, { unit });
    await dropAttempts(unit, await secrets.attemptKey("email", emailHash));
    await dropAttempts(unit, await secrets.attemptKey("factor", id));
  });
}

type Fresh = Pick<
  Account,
  | "id"
  | "controller"
  | "role"
  | "state"
  | "emailHash"
  | "sealed"
  | "password"
  | "factor"
  | "factorStep"
  | "revokedAt"
>;

function newAccount(fresh: Fresh, createdAt: Instant): Account {
  return { ...fresh, demonstration: true, createdAt, invitedBy: null, signedInAt: null, reviewedAt: null };
}

/** What the sign-in page tells; nothing without the option. */
export async function demonstrationAccounts(means: AccountMeans): Promise<readonly DemonstrationAccount[]> {
  if (!means.options.demonstration) return [];
  return Promise.all(
    PERSONS.map(async ([role, email]) => {
      const emailHash = await means.secrets.emailHash(email);
      const account = await means.unitOfWork.transaction((unit) =>
        findByEmail(unit, emailHash, controllerOf(role)),
      );
      const code = account?.demonstration === true ? await codeNow(means, account) : undefined;
      return { role, email, password: PASSWORD, ...(code === undefined ? {} : { code }) };
    }),
  );
}

/** The code of this step, or of the next one when this one's has been used. */
async function codeNow(means: AccountMeans, account: Account): Promise<string | undefined> {
  const secret =
    account.factor === null ? undefined : await means.secrets.openFactor(account, account.factor);
  const now = stepOf(means.clock.now());
  const step = [now, now + 1].find((each) => each > account.factorStep);
  return secret === undefined || step === undefined ? undefined : codeOfStep(secret, step);
}

function controllerOf(role: AccountRole) {
  return role === "controllerAdministrator" || role === "controllerDpo" ? CLIENT : PUBLISHER;
}
