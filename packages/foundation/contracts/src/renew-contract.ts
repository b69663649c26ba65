import type { LocalDate } from "@preau/calendar";
import type { EntryId, Unit } from "@preau/kernel";
import { changeContract, contractToEdit } from "./change-contract.ts";
import type { ContractId } from "./contract.ts";
import { fault } from "./errors.ts";
import type { Edit, RegistryPorts } from "./instruction.ts";

/**
 * Lets a contract run until a later day, also one that has ended.
 * @clause D3
 * @throws CONTRACT_WITHOUT_END, CONTRACT_NOT_LATER, and what `changeContract` refuses
 */
export async function renewContract(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  { contract, endsOn }: { readonly contract: ContractId; readonly endsOn: LocalDate },
): Promise<EntryId | undefined> {
  const known = await contractToEdit(unit, edit, contract);
  if (known.endsOn === undefined) throw fault("CONTRACT_WITHOUT_END", { clause: "D3" });
  if (endsOn <= known.endsOn) throw fault("CONTRACT_NOT_LATER", { clause: "D3", place: "endsOn" });
  const values = { ...known, endsOn };
  return changeContract(unit, ports, edit, { contract, values, deed: "contractRenewed" });
}
