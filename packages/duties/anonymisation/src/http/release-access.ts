/** Who sees and does what with releases and objections. Another controller's does not exist for those of one. */
import { PUBLISHER } from "@preau/contracts";
import type { ActorRole, ControllerId } from "@preau/kernel";
import { actsAs, controllerScope, type WebRequest } from "@preau/web";
import { fault } from "../errors.ts";
import type { Actor } from "../objection.ts";

/** The controller's own people: they object for it. */
export const objectors = ["controllerAdministrator", "controllerDpo"] as const satisfies readonly ActorRole[];
/** Who writes down what was written to the publisher, and answers for the copies. */
export const keepers = ["publisherDpo"] as const satisfies readonly ActorRole[];
/** The auditor of a controller reads that controller's alone (D11.2). */
export const readers = [...objectors, ...keepers, "auditor"] as const satisfies readonly ActorRole[];

/** Every controller's for the publisher's own officer, the own one for everybody else. */
export function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw fault("ANONYMISATION_NO_RELEASE");
  return controllerScope(session, keepers);
}

/** The own controller. @throws ANONYMISATION_NO_CONTROLLER for the publisher's people: theirs cannot object */
export function ownController(request: Pick<WebRequest, "session">): ControllerId {
  const scope = scopeOf(request);
  if (scope === "all" || scope === PUBLISHER) throw fault("ANONYMISATION_NO_CONTROLLER");
  return scope;
}

/** @throws ANONYMISATION_NO_RELEASE for an officer of the publisher's role within one controller's own scope */
export function requireKeeper(request: Pick<WebRequest, "session">): void {
  if (scopeOf(request) !== "all") throw fault("ANONYMISATION_NO_RELEASE");
}

export function mayObject(request: Pick<WebRequest, "session">): boolean {
  return actsAs(request, objectors);
}

export function actorOf({ session }: Pick<WebRequest, "session">): Actor {
  if (session === undefined) throw fault("ANONYMISATION_NO_RELEASE");
  const { actorRole: role, actor } = session.data;
  return { role, ...(actor === undefined ? {} : { id: actor }) };
}
