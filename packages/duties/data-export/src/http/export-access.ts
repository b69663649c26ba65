/** Who sees and orders what of exports. Another controller's do not exist for those of one. @clause S7 */
import type { ActorRole, ControllerId } from "@preau/kernel";
import { actsAs, controllerScope, namedController, type WebRequest } from "@preau/web";
import { fault } from "../errors.ts";
import type { ExportActor } from "../export-order-place.ts";

/** The controller's own people, and the publisher's officer, who writes down what the controller ordered. */
export const deciders = [
  "controllerAdministrator",
  "controllerDpo",
  "publisherDpo",
] as const satisfies readonly ActorRole[];
/** An auditor reads the own controller's; operations sees that something runs, and takes nothing. */
export const readers = [...deciders, "auditor", "operations"] as const satisfies readonly ActorRole[];

/** Every controller's for the publisher's officer and for who runs the service, the own one for everybody else. */
export function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw fault("EXPORT_NO_EXPORT");
  return controllerScope(session, ["publisherDpo", "operations"]);
}

/** The own one, or the one that the request names; undefined while nobody named one. */
export function controllerOf(request: WebRequest): ControllerId | undefined {
  return namedController(request, scopeOf(request));
}

export function mayDecide(request: WebRequest): boolean {
  return actsAs(request, deciders);
}

export function actorOf({ session, form }: WebRequest): ExportActor {
  if (session === undefined) throw fault("EXPORT_NO_EXPORT");
  const { actorRole: role, actor: id } = session.data;
  return { role, id, reference: form.get("reference") ?? undefined };
}

/** Must this reader name the instruction that the controller gave? */
export function namesInstruction(request: WebRequest): boolean {
  return actsAs(request, ["publisherDpo"]);
}
