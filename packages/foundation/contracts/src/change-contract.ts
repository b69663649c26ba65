import { inUnit } from "@preau/database";
import { type EntryId, isFault, type Unit } from "@preau/kernel";
import { meanwhile } from "./change-controller.ts";
import type { Contract, ContractId, ContractValues } from "./contract.ts";
import { issuesOfTerms } from "./contract-terms.ts";
import type { Kept } from "./controller.ts";
import { fault } from "./errors.ts";
import {
  agreementOf,
  changesOf,
  type Deed,
  type Edit,
  type RegistryPorts,
  recordInstruction,
} from "./instruction.ts";
import { refuse } from "./issue.ts";
import { contractState } from "./open-contract.ts";
import { readContract, updateContract } from "./store/contract-rows.ts";

export interface ContractChange {
  readonly contract: ContractId;
  readonly values: ContractValues;
  /** What it is called, where it is more than a change. */
  readonly deed?: Extract<Deed, "contractChanged" | "contractRenewed" | "contractEnded">;
  readonly clause?: string;
}

/**
 * Changes reference, products, dates or the choice for the end. Undefined when nothing differs, and then nothing is
 * recorded.
 * @clause D1, D3
 * @throws CONTRACT_UNKNOWN, CONTRACT_CHANGED_MEANWHILE, CONTRACT_REFERENCE_TAKEN, and what `openContract` refuses
 */
export async function changeContract(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  { contract, values, deed = "contractChanged", clause = "D3" }: ContractChange,
): Promise<EntryId | undefined> {
  const known = await contractToEdit(unit, edit, contract);
  refuse(issuesOfTerms(values, agreementOf(ports, edit)));
  const changes = changesOf(contractState(known), contractState(values));
  if (changes === undefined) return undefined;
  const { id, controller, agreement, createdAt, version } = known;
  try {
    const changed = { ...values, id, controller, agreement, createdAt, version };
    if (!(await updateContract(inUnit(unit), changed))) throw meanwhile();
  } catch (cause) {
    throw isFault(cause, "DATABASE_DUPLICATE")
      ? fault("CONTRACT_REFERENCE_TAKEN", { place: "reference", cause })
      : cause;
  }
  return recordInstruction(unit, ports, edit, { deed, clause, contract, ...changes });
}

/** The contract of an edit, still as its editor saw it. @throws CONTRACT_UNKNOWN, CONTRACT_CHANGED_MEANWHILE */
export async function contractToEdit(unit: Unit, edit: Edit, contract: ContractId): Promise<Kept<Contract>> {
  const known = await readContract(inUnit(unit), edit.controller, contract);
  if (known === undefined) throw fault("CONTRACT_UNKNOWN");
  if (edit.version !== "current" && edit.version !== known.version) throw meanwhile();
  return known;
}

/** Counts an edit of what hangs on the contract. @throws CONTRACT_CHANGED_MEANWHILE */
export async function touchContract(unit: Unit, known: Kept<Contract>): Promise<void> {
  if (!(await updateContract(inUnit(unit), known))) throw meanwhile();
}
