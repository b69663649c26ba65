/** Who acts, and what stands in the journal of it. Every act here is evidence. @clause D8.2 */
import { type Actor, PUBLISHER } from "@preau/contracts";
import type { ActorRole, ControllerId, JournalEvent, JsonObject, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { SubprocessorPorts } from "./ports.ts";

/** Whose pressing of a button is the controller's own word. */
export const ownPeople: readonly ActorRole[] = ["controllerAdministrator", "controllerDpo"];
/** Who announces, and writes down what was received. */
export const officers: readonly ActorRole[] = ["publisherDpo", "operations"];

/** @throws SUBPROCESSORS_NOT_ALLOWED */
export function requireRole({ role }: Actor, roles: readonly ActorRole[]): void {
  if (!roles.includes(role)) throw fault("SUBPROCESSORS_NOT_ALLOWED");
}

export interface Act {
  readonly type: `subprocessors.${string}`;
  readonly clause: string;
  /** The publisher's own where no controller is concerned. */
  readonly controller?: ControllerId;
  readonly by: Actor;
  readonly payload: JsonObject;
}

function eventOf({ type, clause, controller = PUBLISHER, by, payload }: Act): JournalEvent {
  return {
    ...{ log: "evidence", type, clause, controller, payload },
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
  };
}

export async function recordAct(
  unit: Unit,
  { journal }: Pick<SubprocessorPorts, "journal">,
  act: Act,
): Promise<void> {
  await journal.record(unit, eventOf(act));
}

/** As many, in few statements where the journal can. */
export async function recordActs(
  unit: Unit,
  { journal }: Pick<SubprocessorPorts, "journal">,
  acts: readonly Act[],
): Promise<void> {
  if (acts.length === 0) return;
  const events = acts.map(eventOf);
  if (journal.recordMany !== undefined) {
    await journal.recordMany(unit, events);
    return;
  }
  for (const each of events) await journal.record(unit, each);
}

/** The system, where no person acts. */
export const SYSTEM: Actor = { role: "system" };
