/**
 * Removing an officer erases that person here: the row goes with the unit, the key once that has committed. Officers are
 * parties to the contract, not data subjects of its products: deleting a teacher's account must not take away the
 * representative who signed, so that no erasure of accounts reaches them and this verb is theirs.
 */
import { afterCommit, type Database, inUnit } from "@preau/database";
import { isFault, type Log, silentLog, type Unit, type UnitOfWork } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { controllerToEdit, meanwhile } from "./change-controller.ts";
import type { Contracts } from "./contracts-port.ts";
import type { OfficerId } from "./controller.ts";
import { fault } from "./errors.ts";
import { type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { officerScope } from "./seal-officer.ts";
import { bumpController } from "./store/controller-rows.ts";
import { deleteOfficer, deleteOfficerKeys, officerKeysToDestroy } from "./store/officer-rows.ts";

export interface RemovalPorts extends RegistryPorts {
  readonly contracts: Pick<Contracts, "finishRemovals">;
  readonly log?: Log;
}

/**
 * @clause D4.3
 * @throws OFFICER_UNKNOWN, CONTROLLER_UNKNOWN, CONTRACT_CHANGED_MEANWHILE
 */
export async function removeOfficer(
  unit: Unit,
  ports: RemovalPorts,
  edit: Edit,
  officer: OfficerId,
): Promise<void> {
  const { controller } = edit;
  const known = await controllerToEdit(unit, edit);
  const role = await deleteOfficer(unit, controller, officer);
  if (role === undefined) throw fault("OFFICER_UNKNOWN");
  if (!(await bumpController(inUnit(unit), controller, known.version))) throw meanwhile();
  await recordInstruction(unit, ports, edit, {
    deed: "officerRemoved",
    clause: "D4.3",
    before: { officer, role },
    after: {},
  });
  const { contracts, log = silentLog } = ports;
  afterCommit(unit, () => {
    contracts.finishRemovals().catch((error: unknown) => {
      log.warn("contracts.keyNotYetDestroyed", { code: isFault(error) ? error.code : "UNKNOWN" });
    });
  });
}

/** Destroys the keys of officers whose rows are gone; at start, too, for those that a crash left. How many. */
export async function finishRemovals(
  database: Database,
  units: UnitOfWork,
  vault: KeyStore,
): Promise<number> {
  let destroyed = 0;
  for (;;) {
    const waiting = await officerKeysToDestroy(database.knex);
    if (waiting.length === 0) return destroyed;
    await vault.destroy(waiting.map(({ controller, officer }) => officerScope(controller, officer)));
    await units.transaction((unit) => deleteOfficerKeys(inUnit(unit), waiting));
    destroyed += waiting.length;
  }
}
