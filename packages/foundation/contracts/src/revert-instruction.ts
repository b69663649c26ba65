/** Taking an instruction back is a new instruction: what held before it holds again, and both stay in the journal. */
import { parseDuration } from "@preau/calendar";
import { inUnit } from "@preau/database";
import type { EntryId, Json, JsonObject, Unit } from "@preau/kernel";
import { withdrawAttestation } from "./attest.ts";
import { changeContract, contractToEdit } from "./change-contract.ts";
import { changeController, controllerState, controllerToEdit, meanwhile } from "./change-controller.ts";
import { type ContractId, type LegalBasis, legalBases } from "./contract.ts";
import { fault } from "./errors.ts";
import { agreementOf, type Deed, type Edit, type RegistryPorts } from "./instruction.ts";
import { findInstruction, type RecordedInstruction } from "./instructions-of.ts";
import { refuse } from "./issue.ts";
import { contractState } from "./open-contract.ts";
import { readContractValues } from "./read-contract.ts";
import { readControllerValues } from "./read-controller.ts";
import { setOwnPeriod } from "./set-own-period.ts";
import { settleLegalBases } from "./settle-legal-bases.ts";
import { ownPeriodsOf, purposeBasesOf } from "./store/term-rows.ts";

/** Officers are erased with their removal, and an attestation is the controller's own word: neither comes back by itself. */
export const revertible: ReadonlySet<Deed> = new Set<Deed>([
  "controllerChanged",
  "contractChanged",
  "contractRenewed",
  "contractEnded",
  "ownPeriodSet",
  "legalBasesSettled",
  "attested",
]);

/**
 * Puts back what held before an instruction, if what it set still holds.
 * @throws CONTRACT_INSTRUCTION_UNKNOWN, CONTRACT_NOT_REVERTIBLE, CONTRACT_CHANGED_MEANWHILE, and what the verb refuses
 */
export async function revertInstruction(
  unit: Unit,
  ports: RegistryPorts,
  edit: Omit<Edit, "version" | "reverts">,
  id: EntryId,
): Promise<EntryId | undefined> {
  const given = await findInstruction(unit, ports.journal, edit.controller, id);
  if (given === undefined) throw fault("CONTRACT_INSTRUCTION_UNKNOWN");
  if (!revertible.has(given.deed)) throw fault("CONTRACT_NOT_REVERTIBLE", { place: given.deed });
  const full: Edit = { ...edit, version: "current", reverts: id };
  if (given.deed === "controllerChanged") return revertController(unit, ports, full, given);
  const { contract } = given;
  if (contract === undefined) throw fault("CONTRACT_NOT_REVERTIBLE", { place: given.deed });
  return revertContract(unit, ports, full, { ...given, contract });
}

async function revertController(unit: Unit, ports: RegistryPorts, edit: Edit, given: RecordedInstruction) {
  const state = putBack(controllerState(await controllerToEdit(unit, edit)), given);
  const read = readControllerValues(asWritten(state));
  if (read.issues !== undefined) refuse(read.issues);
  return read.values && changeController(unit, ports, edit, read.values);
}

async function revertContract(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  given: RecordedInstruction & { readonly contract: ContractId },
): Promise<EntryId | undefined> {
  const { deed, contract } = given;
  const known = await contractToEdit(unit, edit, contract);
  const queries = inUnit(unit);
  const mine = <T extends { readonly contract: ContractId }>(all: readonly T[]) =>
    all.filter((each) => each.contract === contract);
  if (deed === "attested") return withdrawAttestation(unit, ports, edit, contract);
  if (deed === "ownPeriodSet") {
    const periods = mine(await ownPeriodsOf(queries, edit.controller));
    const [rule = ""] = Object.keys(given.after);
    const held = periods.find((each) => each.rule === rule)?.duration;
    putBack(held === undefined ? {} : { [rule]: `${held.unit}(${held.amount})` }, given);
    const before = given.before[rule];
    const duration = typeof before === "string" ? parseDuration(before) : undefined;
    return setOwnPeriod(unit, ports, edit, { contract, rule, duration });
  }
  if (deed === "legalBasesSettled") {
    const held = mine(await purposeBasesOf(queries, edit.controller));
    putBack(
      Object.fromEntries(held.map((each) => [`${each.product}.${each.purpose}`, each.legalBasis])),
      given,
    );
    const bases = Object.entries(given.before).map(([key, value]) => {
      const [product = "", purpose = ""] = key.split(".");
      return { product, purpose, legalBasis: asBasis(value) };
    });
    return settleLegalBases(unit, ports, edit, { contract, bases });
  }
  const state = putBack(contractState(known), given);
  const read = readContractValues(asWritten(state), agreementOf(ports, edit));
  if (read.issues !== undefined) refuse(read.issues);
  return read.values && changeContract(unit, ports, edit, { contract, values: read.values });
}

/** The state with the fields of the instruction as they were. @throws CONTRACT_CHANGED_MEANWHILE when they are others by now */
function putBack(state: JsonObject, { before, after }: RecordedInstruction): JsonObject {
  for (const [name, value] of Object.entries(after)) {
    if (JSON.stringify(state[name] ?? null) !== JSON.stringify(value)) throw meanwhile();
  }
  return { ...state, ...before };
}

function asWritten(state: JsonObject): Readonly<Record<string, string>> {
  const text = (value: Json | undefined): string =>
    Array.isArray(value) ? value.map(text).join(" ") : typeof value === "string" ? value : "";
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, text(value)]));
}

function asBasis(value: unknown): LegalBasis | undefined {
  return legalBases.find((each) => each === value);
}
