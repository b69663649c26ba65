/** Who reads and who acts. What concerns one client exists for its own people and for the publisher's. */
import type { Actor } from "@preau/contracts";
import type { ActorRole, ControllerId } from "@preau/kernel";
import { actsAs, controllerScope, type WebRequest } from "@preau/web";
import { fault } from "../errors.ts";

/** The publisher's own, who see every client. */
const STAFF = ["publisherDpo", "operations"] as const satisfies readonly ActorRole[];
export const officerRoles = ["publisherDpo"] as const satisfies readonly ActorRole[];
export const clientRoles = [
  "controllerAdministrator",
  "controllerDpo",
] as const satisfies readonly ActorRole[];
export const readerRoles = [...STAFF, ...clientRoles, "auditor"] as const satisfies readonly ActorRole[];

export function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw fault("SUBPROCESSORS_NO_NOTICE");
  return controllerScope(session, [...STAFF]);
}

export function prepares(request: WebRequest): boolean {
  return actsAs(request, officerRoles) && scopeOf(request) === "all";
}

/** @throws SUBPROCESSORS_NOT_ALLOWED */
export function actorOf({ session }: Pick<WebRequest, "session">): Actor {
  if (session === undefined) throw fault("SUBPROCESSORS_NOT_ALLOWED");
  const { actorRole: role, actor: id } = session.data;
  return { role, ...(id === undefined ? {} : { id }) };
}

/** What is the publisher's alone. @throws SUBPROCESSORS_NO_CHANGE for a client's own people */
export function requireStaff(request: WebRequest): void {
  if (scopeOf(request) !== "all") throw fault("SUBPROCESSORS_NO_CHANGE");
}
