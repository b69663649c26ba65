/** Who sees and decides what of periods, purges and holds. Another controller's does not exist for those of one. */
import { type ActorRole, type ControllerId, controllerId, isFault } from "@preau/kernel";
import { PUBLISHER, type WebRequest } from "@preau/web";
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
  const { actorRole, controller } = session.data;
  return actorRole === "publisherDpo" && controller === PUBLISHER ? "all" : controller;
}

/** The controller that is shown: the own one, or the one that the address names; undefined while nobody named one. */
export function controllerOf(request: WebRequest): ControllerId | undefined {
  const scope = scopeOf(request);
  if (scope !== "all") return scope;
  const named = request.method === "POST" ? request.form.get("controller") : request.query["controller"];
  if (typeof named !== "string" || named === "") return undefined;
  try {
    return controllerId(named);
  } catch (error) {
    if (!isFault(error)) throw error;
    return undefined;
  }
}

/** @throws RETENTION_NO_PURGE where nobody named a controller */
export function requireController(request: WebRequest): ControllerId {
  const controller = controllerOf(request);
  if (controller === undefined) throw fault("RETENTION_NO_PURGE");
  return controller;
}

export function mayDecide({ session }: WebRequest): boolean {
  return session !== undefined && (deciders as readonly ActorRole[]).includes(session.data.actorRole);
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
export function namesInstruction({ session }: WebRequest): boolean {
  return session?.data.actorRole === "publisherDpo";
}

/** The address with the controller that it is about, where the reader sees several. */
export function at(request: WebRequest, path: string, controller: ControllerId): string {
  return scopeOf(request) === "all" ? `${path}?controller=${encodeURIComponent(controller)}` : path;
}
