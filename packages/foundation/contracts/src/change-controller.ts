import { inUnit } from "@preau/database";
import type { EntryId, JsonObject, Unit } from "@preau/kernel";
import type { Controller, ControllerValues, Kept } from "./controller.ts";
import { fault } from "./errors.ts";
import { changesOf, type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { readController, updateController } from "./store/controller-rows.ts";

/**
 * Changes what is known of a controller, place included: its days are counted anew from then on. Undefined when nothing
 * differs, and then nothing is recorded.
 * @clause D4.3
 * @throws CONTROLLER_UNKNOWN, CONTRACT_CHANGED_MEANWHILE
 */
export async function changeController(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  values: ControllerValues,
): Promise<EntryId | undefined> {
  const known = await controllerToEdit(unit, edit);
  const changes = changesOf(controllerState(known), controllerState(values));
  if (changes === undefined) return undefined;
  const { id, createdAt, version } = known;
  if (!(await updateController(inUnit(unit), { ...values, id, createdAt, version }))) throw meanwhile();
  return recordInstruction(unit, ports, edit, { deed: "controllerChanged", clause: "D4.3", ...changes });
}

/** The controller of an edit, still as its editor saw it. @throws CONTROLLER_UNKNOWN, CONTRACT_CHANGED_MEANWHILE */
export async function controllerToEdit(unit: Unit, edit: Edit): Promise<Kept<Controller>> {
  const known = await readController(inUnit(unit), edit.controller);
  if (known === undefined) throw fault("CONTROLLER_UNKNOWN");
  if (edit.version !== "current" && edit.version !== known.version) throw meanwhile();
  return known;
}

export function meanwhile() {
  return fault("CONTRACT_CHANGED_MEANWHILE");
}

/** What an instruction says of a controller. A body is no person. */
export function controllerState(values: ControllerValues): JsonObject {
  const { kind, name, legalForm, seat, siret, uai, place } = values;
  return {
    kind,
    name,
    ...(legalForm === undefined ? {} : { legalForm }),
    ...(seat === undefined ? {} : { seat }),
    ...(siret === undefined ? {} : { siret }),
    ...(uai === undefined ? {} : { uai }),
    region: place.region,
    zone: place.zone,
    ...(place.goodFriday === undefined ? {} : { goodFriday: place.goodFriday }),
  };
}
