/** A session of any role, made where sessions are made, for tests that are not about signing in. */
import { type ActorId, type ActorRole, type ControllerId, controllerId } from "@preau/kernel";
import { accountsOf, PUBLISHER, type SessionData } from "@preau/web";
import { accountMeans } from "../src/account-means.ts";
import type { Hub } from "../src/hub.ts";

const MINISTRY = controllerId("ministry");
const CLIENTS: ReadonlySet<ActorRole> = new Set(["controllerAdministrator", "controllerDpo", "dataSubject"]);

/** The cookie of a new session; staff stand at the publisher, everybody else at that controller. */
export async function cookieOfRole(
  hub: Hub,
  actorRole: ActorRole,
  controller: ControllerId = MINISTRY,
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

export interface SignedIn {
  readonly id: ActorId;
  readonly controller: ControllerId;
  readonly cookie: string;
}

/** The account of that role that the demonstration has, signed in. */
export async function accountOfRole(hub: Hub, role: ActorRole): Promise<SignedIn> {
  for (const controller of [PUBLISHER, MINISTRY]) {
    const { accounts } = await accountsOf(accountMeans(hub), { role: "system", controller }, controller);
    const found = accounts.find(({ account }) => account.role === role && account.state === "active");
    if (found === undefined) continue;
    const { id } = found.account;
    return { id, controller, cookie: await cookieOfRole(hub, role, controller, id) };
  }
  throw new Error(`the demonstration has no active ${role}`);
}
