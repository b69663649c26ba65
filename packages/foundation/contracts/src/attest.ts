/**
 * Before any data is sent the controller attests that formalities are done, collection is fair and persons are informed,
 * data is lawful, complete and current. An attestation can be withdrawn: imports stop again. @clause D6.0
 */
import type { Agreement } from "@preau/agreement";
import { inUnit } from "@preau/database";
import type { EntryId, Unit } from "@preau/kernel";
import { contractToEdit, touchContract } from "./change-contract.ts";
import type { Attestation, ContractId } from "./contract.ts";
import { fault } from "./errors.ts";
import { agreementOf, type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { attestationsOf, deleteAttestation, putAttestation } from "./store/term-rows.ts";

/** The statements that the agreement asks for; none when it asks for no attestation. */
export function statementsOf(agreement: Agreement): readonly string[] {
  return agreement.attestation?.statements.map(({ id }) => id) ?? [];
}

/** Does it cover what the agreement asks for today? A statement that was added since is not covered. */
export function covers(attestation: Pick<Attestation, "statements">, agreement: Agreement): boolean {
  return statementsOf(agreement).every((id) => attestation.statements.includes(id));
}

/**
 * Records that the controller attests every statement of the agreement.
 * @clause D6.0
 * @throws CONTRACT_STATEMENT_MISSING, CONTRACT_NOTHING_TO_ATTEST, CONTRACT_UNKNOWN, CONTRACT_CHANGED_MEANWHILE
 */
export async function attest(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  { contract, statements }: { readonly contract: ContractId; readonly statements: readonly string[] },
): Promise<EntryId> {
  const known = await contractToEdit(unit, edit, contract);
  const asked = statementsOf(agreementOf(ports, edit));
  if (asked.length === 0) throw fault("CONTRACT_NOTHING_TO_ATTEST", { clause: "D6.0" });
  const given = new Set(statements);
  if (given.size !== asked.length || !asked.every((id) => given.has(id))) {
    throw fault("CONTRACT_STATEMENT_MISSING", { clause: "D6.0", place: "statements" });
  }
  await touchContract(unit, known);
  const before = await attestationOf(unit, edit, contract);
  const attestedAt = ports.clock.now();
  await putAttestation(inUnit(unit), edit.controller, { contract, attestedAt, statements: asked });
  return recordInstruction(unit, ports, edit, {
    deed: "attested",
    clause: "D6.0",
    contract,
    before: { statements: before === undefined ? null : [...before.statements] },
    after: { statements: [...asked], agreement: ports.agreements.hashOf(edit.controller) },
  });
}

/** Withdraws it. Undefined when there is none. @clause D6.0 @throws CONTRACT_UNKNOWN, CONTRACT_CHANGED_MEANWHILE */
export async function withdrawAttestation(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  contract: ContractId,
): Promise<EntryId | undefined> {
  const known = await contractToEdit(unit, edit, contract);
  const before = await attestationOf(unit, edit, contract);
  if (before === undefined) return undefined;
  await touchContract(unit, known);
  await deleteAttestation(inUnit(unit), edit.controller, contract);
  return recordInstruction(unit, ports, edit, {
    deed: "attestationWithdrawn",
    clause: "D6.0",
    contract,
    before: { statements: [...before.statements] },
    after: { statements: null },
  });
}

async function attestationOf(unit: Unit, { controller }: Edit, contract: ContractId) {
  return (await attestationsOf(inUnit(unit), controller)).find((each) => each.contract === contract);
}
