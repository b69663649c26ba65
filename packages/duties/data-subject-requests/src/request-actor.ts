/** Who may act on a request in the controller's name: its own people, or the publisher's officer who wrote down what it wrote. */
import type { ActorRole } from "@preau/kernel";
import type { DeskActor } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { requireReference } from "./relay-hand.ts";

const OWN: ReadonlySet<ActorRole> = new Set<ActorRole>(["controllerDpo", "controllerAdministrator"]);

export interface ByController {
  readonly by: DeskActor;
  /** Of the controller's writing, where the publisher's officer writes it down. Names nobody. */
  readonly reference?: string | undefined;
}

/** The reference, where there is one. @throws REQUEST_NOT_FOR_YOU, REQUEST_FIELD_BAD @clause D10.1c */
export function requireController({ by, reference }: ByController): string | undefined {
  if (OWN.has(by.role)) return undefined;
  if (by.role !== "publisherDpo") throw fault("REQUEST_NOT_FOR_YOU");
  return requireReference(reference ?? "");
}
