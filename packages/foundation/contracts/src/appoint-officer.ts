import { inUnit } from "@preau/database";
import type { JsonObject, Unit } from "@preau/kernel";
import { controllerToEdit, meanwhile } from "./change-controller.ts";
import type { OfficerId, OfficerValues } from "./controller.ts";
import { type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { officerScope, sealOfficer } from "./seal-officer.ts";
import { bumpController } from "./store/controller-rows.ts";
import { insertOfficers } from "./store/officer-rows.ts";

/**
 * Appoints a person who acts for the controller: who represents it, its data protection officer, whom to ask.
 * @clause D4.3
 * @throws CONTROLLER_UNKNOWN, CONTRACT_CHANGED_MEANWHILE
 */
export async function appointOfficer(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  values: OfficerValues,
): Promise<OfficerId> {
  const { controller } = edit;
  const known = await controllerToEdit(unit, edit);
  const id = ports.ids.next("ofc");
  const sealed = await ports.vault.withKeys([officerScope(controller, id)], (keyOf) =>
    sealOfficer(keyOf, { controller, id }, values),
  );
  if (!(await bumpController(inUnit(unit), controller, known.version))) throw meanwhile();
  const row = { controller, id, role: values.role, sealed, version: 1, created_at: ports.clock.now() };
  await insertOfficers(inUnit(unit), [row]);
  await recordInstruction(unit, ports, edit, {
    deed: "officerAppointed",
    clause: "D4.3",
    before: {},
    after: { officer: id, ...officerState(values) },
  });
  return id;
}

/** What may be told of an officer: the role, and which fields are filled. */
export function officerState({ role, ...person }: OfficerValues): JsonObject {
  return { role, filled: Object.keys(person).sort() };
}
