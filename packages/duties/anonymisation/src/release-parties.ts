/** Which controllers take part in a release: a contract that has begun, an agreement that allows it, no objection. */
import type { ControllerId, Unit } from "@preau/kernel";
import type { ControllerOut } from "./ledger.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { readStandings } from "./store/objections.ts";

export interface Party {
  readonly controller: ControllerId;
  /** `sha256:…` of the agreement that allows it. */
  readonly agreement: string;
}

export interface Parties {
  readonly in: readonly Party[];
  readonly out: readonly ControllerOut[];
}

/**
 * Asked without a lock: whoever objects later is asked again in the transaction that enters the release.
 * @clause D13.1, D13.3, S4
 */
export async function partiesOf(
  unit: Unit,
  ports: Pick<ReleasePorts, "agreements" | "contracts">,
  wanted: readonly ControllerId[],
): Promise<Parties> {
  const controllers = [...new Set(wanted)].sort();
  const opposed = await readStandings(unit, controllers);
  const found: Party[] = [];
  const out: ControllerOut[] = [];
  for (const controller of controllers) {
    const since = opposed.get(controller);
    if (since !== undefined) out.push({ controller, why: "objected", since });
    else if (!(await ports.contracts.hasBegun(unit, controller))) out.push({ controller, why: "noContract" });
    else if (ports.agreements.of(controller).anonymisation?.default !== "allowed")
      out.push({ controller, why: "agreement" });
    else found.push({ controller, agreement: ports.agreements.hashOf(controller) });
  }
  return { in: found, out };
}
