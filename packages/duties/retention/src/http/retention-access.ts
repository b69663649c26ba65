/** Who sees and decides what of periods, purges and holds. Another controller's does not exist for those of one. */
import type { ActorRole, ControllerId } from "@preau/kernel";
import { actsAs, controllerScope, namedController, type WebRequest } from "@preau/web";
import type { PurgeDecider } from "../decide-purge.ts";
import { fault } from "../errors.ts";

/** The controller's own people, and the publisher's data protection officer, who writes down what the controller ordered. */
export const deciders = [
  "controllerAdministrator",
  "controllerDpo",
  "publisherDpo",
] as const satisfies readonly ActorRole[];
/** The auditor of a controller reads that controller's alone (D11.2). */
export const readers = [...deciders, "auditor"] as const satisfies readonly ActorRole[];

/** Every controller's for the publisher's own officer, the own one for everybody else. */
export function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw fault("RETENTION_NO_PURGE");
  return controllerScope(session, ["publisherDpo"]);
}

/** The controller that is shown: the own one, or the one that the address names; undefined while nobody named one. */
export function controllerOf(request: WebRequest): ControllerId | undefined {
  return namedController(request, scopeOf(request));
}

/** @throws RETENTION_NO_PURGE where nobody named a controller */
export function requireController(request: WebRequest): ControllerId {
  const controller = controllerOf(request);
  if (controller === undefined) throw fault("RETENTION_NO_PURGE");
  return controller;
}

export function mayDecide(request: WebRequest): boolean {
  return actsAs(request, deciders);
}

export function deciderOf({ session, form }: WebRequest): PurgeDecider {
  if (session === undefined) throw fault("RETENTION_NO_PURGE");
  const { actorRole: role, actor } = session.data;
  const reference = form.get("reference") ?? undefined;
  return {
    role,
    ...(actor === undefined ? {} : { id: actor }),
    ...(reference === undefined || reference.trim() === "" ? {} : { instructionReference: reference }),
  };
}

/** Must this reader name the instruction that the controller gave? */
export function namesInstruction(request: WebRequest): boolean {
  return actsAs(request, ["publisherDpo"]);
}

/** The address with the controller that it is about, where the reader sees several. */
export function at(request: WebRequest, path: string, controller: ControllerId): string {
  return scopeOf(request) === "all" ? `${path}?controller=${encodeURIComponent(controller)}` : path;
}
