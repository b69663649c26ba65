/** Contracts whose annex C was never seen here: the gate shuts every subprocessor for them until it is remembered. @figure D8.1 */
import type { Unit } from "@preau/kernel";
import { annexesInMemory } from "./baseline.ts";
import type { SubprocessorPorts } from "./ports.ts";

export interface UnknownAnnex {
  /** Hash of the agreement that they were signed with. */
  readonly agreement: string;
  readonly contracts: number;
}

/** By agreement, of contracts that are not over. */
export async function unknownAnnexes(
  unit: Unit,
  { contracts: register }: Pick<SubprocessorPorts, "contracts">,
): Promise<readonly UnknownAnnex[]> {
  const { controllers, contracts } = await register.everything(unit, "all");
  const placeOf = new Map(controllers.map(({ id, place }) => [id, place]));
  const signed = new Map<string, number>();
  for (const contract of contracts) {
    const place = placeOf.get(contract.controller);
    if (place === undefined || register.stateOf(contract, place) === "ended") continue;
    signed.set(contract.agreement, (signed.get(contract.agreement) ?? 0) + 1);
  }
  const annexes = annexesInMemory();
  const unknown: UnknownAnnex[] = [];
  for (const [agreement, count] of signed)
    if ((await annexes.of(unit, agreement)) === undefined) unknown.push({ agreement, contracts: count });
  return unknown;
}
