/** Who sees and does what in the ledger. Another controller's does not exist for those of one. */
import { type ActorRole, type ControllerId, errors, faultsOf, type InstructionGiver } from "@preau/kernel";
import { actsAs, controllerScope, namedController, PUBLISHER, type WebRequest } from "@preau/web";
import { fault } from "../errors.ts";

/** The controller's own people, whose button is a writing. */
export const ownPeople = ["controllerAdministrator", "controllerDpo"] as const satisfies readonly ActorRole[];
/** Who writes down what was written to the publisher, flags and asks. */
export const keepers = ["publisherDpo"] as const satisfies readonly ActorRole[];
export const writers = [...ownPeople, ...keepers] as const satisfies readonly ActorRole[];
export const readers = [...writers, "operations", "auditor"] as const satisfies readonly ActorRole[];

const kernelFault = faultsOf(errors);

export function scopeOf({ session }: Pick<WebRequest, "session">): ControllerId | "all" {
  if (session === undefined) throw kernelFault("INSTRUCTION_UNKNOWN");
  return controllerScope(session, [...keepers, "operations"]);
}

/** The own one, or the one that the request names; undefined while nobody named one. */
export function controllerOf(request: WebRequest): ControllerId | undefined {
  const found = namedController(request, scopeOf(request));
  return found === PUBLISHER ? undefined : found;
}

/** @throws INSTRUCTIONS_NO_CONTROLLER */
export function requireController(request: WebRequest): ControllerId {
  const found = controllerOf(request);
  if (found === undefined) throw fault("INSTRUCTIONS_NO_CONTROLLER");
  return found;
}

export function isOwn(request: Pick<WebRequest, "session">): boolean {
  return actsAs(request, ownPeople);
}

/** The publisher's officer, over every controller. */
export function isKeeper(request: Pick<WebRequest, "session">): boolean {
  return actsAs(request, keepers) && scopeOf(request) === "all";
}

/** @throws INSTRUCTIONS_NO_CONTROLLER for an officer of the publisher's role within one controller's own scope */
export function requireKeeper(request: Pick<WebRequest, "session">): void {
  if (!isKeeper(request)) throw fault("INSTRUCTIONS_NO_CONTROLLER");
}

export function actorOf({ session }: Pick<WebRequest, "session">): InstructionGiver {
  if (session === undefined) throw kernelFault("INSTRUCTION_UNKNOWN");
  const { actorRole: role, actor } = session.data;
  return { role, ...(actor === undefined ? {} : { id: actor }) };
}

/** Whoever holds the link of the client's officer. */
export const LINK_HOLDER: InstructionGiver = { role: "controllerDpo" };
