/** The controller states a legal basis (GDPR art. 6) for each purpose of each product. @clause D6.1a */
import type { Agreement } from "@preau/agreement";
import { inUnit } from "@preau/database";
import type { EntryId, JsonObject, Unit } from "@preau/kernel";
import { contractToEdit, touchContract } from "./change-contract.ts";
import type { Contract, ContractId, LegalBasis, PurposeBasis } from "./contract.ts";
import { fault } from "./errors.ts";
import { agreementOf, changesOf, type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { purposeBasesOf, putPurposeBasis } from "./store/term-rows.ts";

export interface SettledBasis {
  readonly product: string;
  readonly purpose: string;
  /** Undefined: none is stated any more. */
  readonly legalBasis?: LegalBasis | undefined;
}

/**
 * Settles legal bases of a contract's purposes, several at once; the others stay. Undefined when nothing differs.
 * @clause D6.1a
 * @throws CONTRACT_NO_SUCH_PURPOSE, CONTRACT_UNKNOWN, CONTRACT_CHANGED_MEANWHILE
 */
export async function settleLegalBases(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  { contract, bases }: { readonly contract: ContractId; readonly bases: readonly SettledBasis[] },
): Promise<EntryId | undefined> {
  const known = await contractToEdit(unit, edit, contract);
  const purposes = new Set(purposesOf(agreementOf(ports, edit), known).map(keyOf));
  const foreign = bases.find((each) => !purposes.has(keyOf(each)));
  if (foreign !== undefined) {
    throw fault("CONTRACT_NO_SUCH_PURPOSE", { clause: "D6.1a", place: "purpose" });
  }
  const all = await purposeBasesOf(inUnit(unit), edit.controller);
  const before = stateOf(all.filter((each) => each.contract === contract));
  const settled = new Map(Object.entries(before));
  for (const each of bases) {
    if (each.legalBasis === undefined) settled.delete(keyOf(each));
    else settled.set(keyOf(each), each.legalBasis);
  }
  const after: JsonObject = Object.fromEntries(settled);
  const changes = changesOf(before, after);
  if (changes === undefined) return undefined;
  await touchContract(unit, known);
  for (const each of bases) {
    if (!(keyOf(each) in changes.after)) continue;
    await putPurposeBasis(inUnit(unit), { controller: edit.controller, contract }, each);
  }
  return recordInstruction(unit, ports, edit, {
    deed: "legalBasesSettled",
    clause: "D6.1a",
    contract,
    ...changes,
  });
}

/** Every purpose of every product that a contract names, in the order of the agreement. */
export function purposesOf(
  agreement: Agreement,
  { products }: Pick<Contract, "products">,
): readonly Pick<PurposeBasis, "product" | "purpose">[] {
  return agreement.products
    .filter(({ id }) => products.includes(id))
    .flatMap(({ id, purposes }) => purposes.map((purpose) => ({ product: id, purpose })));
}

/** `plume.support`: words of the agreement hold no dot. */
function keyOf({ product, purpose }: Pick<PurposeBasis, "product" | "purpose">): string {
  return `${product}.${purpose}`;
}

function stateOf(bases: readonly PurposeBasis[]): JsonObject {
  return Object.fromEntries(bases.map((each) => [keyOf(each), each.legalBasis]));
}
