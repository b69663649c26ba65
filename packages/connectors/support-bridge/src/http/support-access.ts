/** Who sees and does what with cases. Another controller's do not exist for those of one. @clause DD.6 */
import type { ActorRole, ControllerId, Ports } from "@preau/kernel";
import { actsAs, controllerScope, type WebRequest } from "@preau/web";
import type { CaseReader } from "../case-access.ts";
import { fault } from "../errors.ts";
import type { SupportActor, SupportPorts } from "../support-ports.ts";
import type { SupportPerson } from "../wall.ts";

/** The ports of the pages and of the API, beside the bridge's own. */
export type PeoplePorts = SupportPorts & Pick<Ports, "apiTokens" | "gate" | "sources" | "subjects">;

/** They answer, and say whether a right is asked for. */
export const agents = ["support", "publisherDpo"] as const satisfies readonly ActorRole[];
/** They see how their own cases stand, and no word of them. */
const clients = ["controllerAdministrator", "controllerDpo"] as const satisfies readonly ActorRole[];
export const caseReaders = [...agents, ...clients] as const satisfies readonly ActorRole[];
/** Operations see clocks. */
export const watchers = [...caseReaders, "operations"] as const satisfies readonly ActorRole[];

/** Every controller's for the publisher's own people at the support, the own one for everybody else. */
export function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw fault("SUPPORT_NO_CASE");
  return controllerScope(session, ["support", "publisherDpo", "operations"]);
}

export function isAgent(request: WebRequest): boolean {
  return actsAs(request, agents) && scopeOf(request) === "all";
}

/** @throws SUPPORT_NO_CASE for somebody of one controller's who acts in such a role */
export function requireAgent(request: WebRequest): void {
  if (!isAgent(request)) throw fault("SUPPORT_NO_CASE");
}

export function seesClocksAlone(request: WebRequest): boolean {
  return actsAs(request, ["operations"]);
}

export function readerOf({ session }: Pick<WebRequest, "session">): CaseReader {
  if (session === undefined) throw fault("SUPPORT_NO_CASE");
  const { actorRole: role, actor, subject } = session.data;
  const id = actor ?? subject;
  const by: SupportActor = { role, ...(id === undefined ? {} : { id }) };
  return { session: session.id, by };
}

/** Whom the support is for: somebody signed in as the person that data is about. */
export function supportPerson({ session }: Pick<WebRequest, "session">): SupportPerson | undefined {
  const { controller, subject, origin, product, role } = session?.data ?? {};
  if (controller === undefined || subject === undefined) return undefined;
  if (origin === undefined || product === undefined || role === undefined) return undefined;
  return { controller, product, origin, role, subject };
}
