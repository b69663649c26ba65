/** A session of any role, made where sessions are made, for tests that are not about signing in. */
import { type ActorId, type ActorRole, type ControllerId, controllerId } from "@preau/kernel";
import type { SessionData } from "@preau/web";
import type { Hub } from "../src/hub.ts";

/** The scope of the publisher's own accounts. */
const PUBLISHER = controllerId("publisher");

const CLIENTS: ReadonlySet<ActorRole> = new Set(["controllerAdministrator", "controllerDpo", "dataSubject"]);

/** The cookie of a new session; staff stand at the publisher, everybody else at that controller. */
export async function cookieOfRole(
  hub: Hub,
  actorRole: ActorRole,
  controller: ControllerId = controllerId("ministry"),
  actor?: ActorId,
): Promise<string> {
  const data: SessionData = {
    controller: CLIENTS.has(actorRole) ? controller : PUBLISHER,
    actorRole,
    ...(actor === undefined ? {} : { actor }),
    categories: [],
    dropped: [],
    refusals: [],
  };
  const { secret } = await hub.sessions.start({ data });
  return `preau=${secret}`;
}
