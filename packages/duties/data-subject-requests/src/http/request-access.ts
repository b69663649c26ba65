/** Who sees and does what with requests. Another controller's do not exist for those of one. */
import type { ActorRole, ControllerId } from "@preau/kernel";
import { actsAs, controllerScope, namedController, PUBLISHER, type WebRequest } from "@preau/web";
import type { DeskActor } from "../desk-ports.ts";
import { fault } from "../errors.ts";

/** The controller's own people: they answer. */
export const answerers = ["controllerAdministrator", "controllerDpo"] as const satisfies readonly ActorRole[];
/** The publisher's officer: passes on, and does what is instructed. */
export const relayers = ["publisherDpo"] as const satisfies readonly ActorRole[];
/** Who writes down a request that came another way. */
export const enterers = [...relayers, "support"] as const satisfies readonly ActorRole[];
/** Who sees one request: an auditor reads the own controller's; support sees how it stands. */
export const readers = [...answerers, ...enterers, "auditor"] as const satisfies readonly ActorRole[];
/** Who sees the desk: operations, its clocks. */
export const watchers = [...readers, "operations"] as const satisfies readonly ActorRole[];

/** Every controller's for the publisher's own people at the desk, the own one for everybody else. */
export function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw fault("REQUEST_NO_REQUEST");
  return controllerScope(session, ["publisherDpo", "support", "operations"]);
}

/** The own controller, or the one that is named; undefined while nobody named one. */
export function controllerOf(request: WebRequest): ControllerId | undefined {
  return namedController(request, scopeOf(request));
}

/**
 * Inquiries are the publisher's own: whose they are may not be known.
 * @throws REQUEST_NO_INQUIRY for those of one controller: for them there are none
 */
export function requirePublisher(request: Pick<WebRequest, "session">): void {
  if (request.session?.data.controller !== PUBLISHER) throw fault("REQUEST_NO_INQUIRY");
}

export function mayAnswer(request: WebRequest): boolean {
  return actsAs(request, answerers);
}

export function mayRelay(request: WebRequest): boolean {
  return actsAs(request, relayers) && scopeOf(request) === "all";
}

export function mayEnterRequests(request: WebRequest): boolean {
  return actsAs(request, enterers) && scopeOf(request) === "all";
}

/** Clocks, and nothing that tells what somebody asks for. */
export function seesClocksAlone(request: WebRequest): boolean {
  return actsAs(request, ["operations"]);
}

export function actorOf({ session }: Pick<WebRequest, "session">): DeskActor {
  if (session === undefined) throw fault("REQUEST_NO_REQUEST");
  const { actorRole: role, actor, subject } = session.data;
  const id = actor ?? subject;
  return { role, ...(id === undefined ? {} : { id }) };
}
