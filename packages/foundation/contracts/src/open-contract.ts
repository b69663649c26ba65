import { inUnit } from "@preau/database";
import { isFault, type JsonObject, type Unit } from "@preau/kernel";
import type { ContractId, ContractValues } from "./contract.ts";
import { issuesOfTerms } from "./contract-terms.ts";
import { fault } from "./errors.ts";
import { agreementOf, type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { refuse } from "./issue.ts";
import { insertContracts } from "./store/contract-rows.ts";
import { readController } from "./store/controller-rows.ts";

/**
 * Opens a contract of a registered controller for named products of the agreement, which becomes its annex.
 * @clause D1, D3
 * @throws CONTROLLER_UNKNOWN, CONTRACT_REFERENCE_TAKEN, CONTRACT_NO_SUCH_PRODUCT, CONTRACT_ENDS_BEFORE_START,
 *   CONTRACT_NO_SUCH_CHOICE
 */
export async function openContract(
  unit: Unit,
  ports: RegistryPorts,
  edit: Omit<Edit, "version">,
  values: ContractValues,
): Promise<ContractId> {
  const { controller } = edit;
  const full = { ...edit, version: "current" } as const;
  if ((await readController(inUnit(unit), controller)) === undefined) throw fault("CONTROLLER_UNKNOWN");
  refuse(issuesOfTerms(values, agreementOf(ports, full)));
  const id = ports.ids.next("ctr");
  const agreement = ports.agreements.hashOf(controller);
  try {
    const contract = { ...values, id, controller, agreement, createdAt: ports.clock.now() };
    await insertContracts(inUnit(unit), [contract]);
  } catch (cause) {
    throw isFault(cause, "DATABASE_DUPLICATE")
      ? fault("CONTRACT_REFERENCE_TAKEN", { place: "reference", cause })
      : cause;
  }
  await recordInstruction(unit, ports, full, {
    deed: "contractOpened",
    clause: "D1",
    contract: id,
    before: {},
    after: { ...contractState(values), agreement },
  });
  return id;
}

/** What an instruction says of a contract. */
export function contractState({ reference, products, startsOn, endsOn, atEnd }: ContractValues): JsonObject {
  return {
    reference,
    products: [...products],
    startsOn,
    ...(endsOn === undefined ? {} : { endsOn }),
    ...(atEnd === undefined ? {} : { atEnd }),
  };
}
