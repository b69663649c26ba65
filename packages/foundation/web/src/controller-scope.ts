/** Whose data a signed-in reader reaches: the own controller's, or everybody's for some of the publisher's own people. @clause S7 */
import { type ActorRole, type ControllerId, controllerId, isFault } from "@preau/kernel";
import { PUBLISHER } from "./account.ts";
import type { WebRequest } from "./request.ts";
import type { Session } from "./session.ts";

/** "all" for those roles among the publisher's own people; the own controller for everybody else. */
export function controllerScope({ data }: Session, seeAll: readonly ActorRole[]): ControllerId | "all" {
  return seeAll.includes(data.actorRole) && data.controller === PUBLISHER ? "all" : data.controller;
}

/** The controller that a request is about: the own one, or the one that its form or query names; undefined while nobody named one. */
export function namedController(
  request: Pick<WebRequest, "method" | "form" | "query">,
  scope: ControllerId | "all",
): ControllerId | undefined {
  if (scope !== "all") return scope;
  const named = request.method === "POST" ? request.form.get("controller") : request.query["controller"];
  if (typeof named !== "string" || named.trim() === "") return undefined;
  try {
    return controllerId(named.trim());
  } catch (error) {
    if (!isFault(error)) throw error;
    return undefined;
  }
}

/** Does the reader act in one of these roles? */
export function actsAs({ session }: Pick<WebRequest, "session">, roles: readonly ActorRole[]): boolean {
  return session !== undefined && roles.includes(session.data.actorRole);
}
