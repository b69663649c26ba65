import { inUnit } from "@preau/database";
import type { EntryId, Unit } from "@preau/kernel";
import { officerState } from "./appoint-officer.ts";
import { controllerToEdit, meanwhile } from "./change-controller.ts";
import type { OfficerId, OfficerValues } from "./controller.ts";
import { fault } from "./errors.ts";
import { type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { officerScope, openOfficers, sealOfficer } from "./seal-officer.ts";
import { bumpController } from "./store/controller-rows.ts";
import { officerRowsOf, updateOfficer } from "./store/officer-rows.ts";

/**
 * Corrects what is told of an officer (GDPR art. 16 for that person). Undefined when nothing differs.
 * @clause D4.3
 * @throws OFFICER_UNKNOWN, CONTROLLER_UNKNOWN, CONTRACT_CHANGED_MEANWHILE
 */
export async function changeOfficer(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  { officer, values }: { readonly officer: OfficerId; readonly values: OfficerValues },
): Promise<EntryId | undefined> {
  const { controller } = edit;
  const known = await controllerToEdit(unit, edit);
  const row = (await officerRowsOf(inUnit(unit), controller)).find(({ id }) => id === officer);
  const [person] = row === undefined ? [] : await openOfficers(ports.vault, [row]);
  if (row === undefined || person === undefined) throw fault("OFFICER_UNKNOWN");
  const { id, controller: _, version, ...before } = person;
  if (JSON.stringify(sorted(before)) === JSON.stringify(sorted(values))) return undefined;
  const sealed = await ports.vault.withKeys([officerScope(controller, id)], (keyOf) =>
    sealOfficer(keyOf, { controller, id }, values),
  );
  const written = await updateOfficer(inUnit(unit), { controller, id, role: values.role, sealed, version });
  if (!written || !(await bumpController(inUnit(unit), controller, known.version))) throw meanwhile();
  return recordInstruction(unit, ports, edit, {
    deed: "officerChanged",
    clause: "D4.3",
    before: { officer: id, ...officerState(before) },
    after: { officer: id, ...officerState(values) },
  });
}

function sorted(values: OfficerValues): readonly unknown[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
