/** Who sees and edits what of the register: the publisher's staff all of it, a controller's own people theirs alone. */
import type { Actor, Scope } from "@preau/contracts";
import { type ActorRole, type ControllerId, controllerId, isFault, type Who } from "@preau/kernel";
import type { WebHandler, WebRequest } from "@preau/web";
import { fault } from "./errors.ts";
import { contractsEn } from "./locales/contracts-en.ts";
import { type ContractsTexts, contractsFr } from "./locales/contracts-fr.ts";

export type WebResponse = Parameters<WebHandler>[1];

/** Register, open, change, end, import. */
export const staff = ["publisherDpo", "operations"] as const satisfies readonly ActorRole[];
/** Own periods (D5), officers (D4.3), legal bases (D6.1a), attestation (D6.0): the controller's own to decide. */
export const staffAndOwn = [...staff, "controllerAdministrator", "controllerDpo"] as const satisfies Who;
/** Reads; the auditor of a controller that controller's alone (D11.2). */
export const readers = [...staffAndOwn, "support", "auditor"] as const satisfies Who;

const everywhere: ReadonlySet<ActorRole> = new Set<ActorRole>([...staff, "support"]);

export function scopeOf({ session }: WebRequest): Scope {
  if (session === undefined) throw fault("HUB_CONTROLLER_UNKNOWN");
  return everywhere.has(session.data.actorRole) ? "all" : session.data.controller;
}

/** The controller that the path names. Another one's does not exist for those of one. @throws HUB_CONTROLLER_UNKNOWN */
export function controllerIn(request: WebRequest): ControllerId {
  const scope = scopeOf(request);
  let named: ControllerId;
  try {
    named = controllerId(String(request.params["controller"]));
  } catch (cause) {
    if (!isFault(cause)) throw cause;
    throw fault("HUB_CONTROLLER_UNKNOWN", { cause });
  }
  if (scope !== "all" && scope !== named) throw fault("HUB_CONTROLLER_UNKNOWN");
  return named;
}

export function actorOf({ session }: WebRequest): Actor {
  if (session === undefined) throw fault("HUB_CONTROLLER_UNKNOWN");
  const { actorRole: role, actor } = session.data;
  return { role, ...(actor === undefined ? {} : { id: actor }) };
}

export function mayEdit(request: WebRequest, who: readonly ActorRole[]): boolean {
  return request.session !== undefined && who.includes(request.session.data.actorRole);
}

export function wordsOf({ language }: Pick<WebRequest, "language">): ContractsTexts {
  return language === "fr" ? contractsFr : contractsEn;
}
