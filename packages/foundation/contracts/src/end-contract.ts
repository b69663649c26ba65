import type { LocalDate } from "@preau/calendar";
import type { EntryId, Unit } from "@preau/kernel";
import { changeContract, contractToEdit } from "./change-contract.ts";
import type { ContractId, EndChoice } from "./contract.ts";
import { fault } from "./errors.ts";
import { agreementOf, type Edit, type RegistryPorts } from "./instruction.ts";

/**
 * Ends a contract on a day, its last, with what becomes of the data then: where the agreement offers the choice, it must
 * be made now or have been made. Towards D6.2c: what is chosen is carried out elsewhere.
 * @clause D3
 * @throws CONTRACT_VALUE_MISSING without the choice, and what `changeContract` refuses
 */
export async function endContract(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  end: { readonly contract: ContractId; readonly endsOn: LocalDate; readonly atEnd?: EndChoice | undefined },
): Promise<EntryId | undefined> {
  const { contract, endsOn } = end;
  const known = await contractToEdit(unit, edit, contract);
  const atEnd = end.atEnd ?? known.atEnd;
  const offered = agreementOf(ports, edit).endOfContract;
  if (atEnd === undefined && offered !== undefined) {
    throw fault("CONTRACT_VALUE_MISSING", { clause: offered.clause, place: "atEnd" });
  }
  const values = { ...known, endsOn, ...(atEnd === undefined ? {} : { atEnd }) };
  return changeContract(unit, ports, edit, { contract, values, deed: "contractEnded" });
}
