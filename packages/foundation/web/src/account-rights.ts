/**
 * Who may do what to whose account. The publisher's DPO grants every role; operations, those that cannot decide about the
 * DPO; a client's administrator, the two roles of that client alone. Nobody acts upon the own account here.
 */
import type { ActorRole, ControllerId } from "@preau/kernel";
import { type Account, type AccountActor, type AccountRole, isStaffRole, PUBLISHER } from "./account.ts";

const GRANTS: Readonly<Partial<Record<ActorRole, readonly AccountRole[]>>> = {
  publisherDpo: [
    "publisherDpo",
    "operations",
    "support",
    "auditor",
    "controllerAdministrator",
    "controllerDpo",
  ],
  operations: ["operations", "support", "controllerAdministrator", "controllerDpo"],
  controllerAdministrator: ["controllerAdministrator", "controllerDpo"],
};

/** At the machine's own terminal: whoever sits there holds the keys of everything anyhow. */
const TERMINAL: ReadonlySet<ActorRole> = new Set(["system"]);

/** Those who may open the administration of accounts. */
export const administeringRoles = ["publisherDpo", "operations", "controllerAdministrator"] as const;

/** Longer passwords, and never one fewer than one of them: they grant rights. */
const ADMINISTRATORS: ReadonlySet<ActorRole> = new Set(administeringRoles);

export function isAdministrator(role: ActorRole): boolean {
  return ADMINISTRATORS.has(role);
}

/** All staff, and clients' administrators. Others may enrol one. */
export function needsSecondFactor(role: ActorRole): boolean {
  return isStaffRole(role) || isAdministrator(role);
}

/** The roles that this actor may give. */
export function grantableRoles(actor: Pick<AccountActor, "role">): readonly AccountRole[] {
  if (TERMINAL.has(actor.role)) return GRANTS.publisherDpo ?? [];
  return GRANTS[actor.role] ?? [];
}

/**
 * May this actor make, or act upon, an account of that role at that controller? Staff roles stand at the publisher,
 * clients' roles at a client, and a client's administrator reaches no other client.
 * @clause DD.5
 */
export function mayGrant(
  actor: Pick<AccountActor, "role" | "controller">,
  role: AccountRole,
  controller: ControllerId,
): boolean {
  if (isStaffRole(role) !== (controller === PUBLISHER)) return false;
  if (!grantableRoles(actor).includes(role)) return false;
  if (TERMINAL.has(actor.role) || isStaffRole(actor.role)) return true;
  return actor.controller === controller;
}

/** May this actor act upon this account? Never upon the own. @clause DD.5 */
export function mayAdminister(
  actor: AccountActor,
  account: Pick<Account, "id" | "role" | "controller">,
): boolean {
  return actor.id !== account.id && mayGrant(actor, account.role, account.controller);
}
