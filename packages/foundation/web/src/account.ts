/**
 * An account: who may sign in to the console, in which role, for whom. Its e-mail address and name are sealed under the
 * actor's own key; what the console counts and compares is here. Those who come through the GAR have no account.
 */
export { PUBLISHER } from "@preau/contracts";

import type { ActorId, ActorRole, ControllerId, Instant } from "@preau/kernel";

const staffRoles = ["publisherDpo", "operations", "support", "auditor"] as const;
const clientRoles = ["controllerAdministrator", "controllerDpo"] as const;
export const accountRoles = [...staffRoles, ...clientRoles] as const;

export type AccountRole = (typeof accountRoles)[number] & ActorRole;

/**
 * `invited`: no way to sign in yet. `suspended`: may come back. `revoked`: may not, and is erased once the period for
 * revoked accounts is over.
 */
export type AccountState = "invited" | "active" | "suspended" | "revoked";

export interface Account {
  readonly id: ActorId;
  readonly controller: ControllerId;
  readonly role: AccountRole;
  readonly state: AccountState;
  /** Keyed hash of the address: how a sign-in finds it. */
  readonly emailHash: string;
  /** Base64: name and address. */
  readonly sealed: string;
  /** A PHC string; absent for who comes through the company's provider alone, and before the invitation is accepted. */
  readonly password: string | null;
  /** Base64: the secret of the second factor. */
  readonly factor: string | null;
  /** Last time step whose code was used: each works once. */
  readonly factorStep: number;
  /** One of the demonstration: cannot sign in once that is off. */
  readonly demonstration: boolean;
  readonly createdAt: Instant;
  readonly invitedBy: ActorId | null;
  readonly signedInAt: Instant | null;
  readonly reviewedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** Who a session, a command or the product itself acts as. */
export interface AccountActor {
  readonly role: ActorRole;
  readonly controller: ControllerId;
  /** Absent for the operator at the machine's own terminal. */
  readonly id?: ActorId;
  /** An actor of the demonstration makes accounts of the demonstration. */
  readonly demonstration?: boolean;
}

/** What names a person: opened for a page, never logged. */
export interface AccountPerson {
  readonly name: string;
  readonly email: string;
}

export function isAccountRole(text: unknown): text is AccountRole {
  return typeof text === "string" && (accountRoles as readonly string[]).includes(text);
}

export function isStaffRole(role: ActorRole): boolean {
  return (staffRoles as readonly ActorRole[]).includes(role);
}
