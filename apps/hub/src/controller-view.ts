/** What a page of one controller shows, read in one unit. */
import type { Agreement } from "@preau/agreement";
import type {
  Attestation,
  Contract,
  ContractState,
  Controller,
  Kept,
  Officer,
  OwnPeriod,
  PurposeBasis,
} from "@preau/contracts";
import type { ControllerId, Ports, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";

export interface ControllerView {
  readonly agreement: Agreement;
  readonly controller: Kept<Controller>;
  readonly officers: readonly Kept<Officer>[];
  readonly contracts: readonly (Kept<Contract> & { readonly state: ContractState })[];
  readonly periods: readonly OwnPeriod[];
  readonly bases: readonly PurposeBasis[];
  readonly attestations: readonly Attestation[];
}

/** @throws HUB_CONTROLLER_UNKNOWN */
export async function readControllerView(
  unit: Unit,
  ports: Ports,
  id: ControllerId,
): Promise<ControllerView> {
  const { contracts, agreements } = ports;
  const controller = await contracts.controller(unit, id);
  if (controller === undefined) throw fault("HUB_CONTROLLER_UNKNOWN");
  return {
    agreement: agreements.of(id),
    controller,
    officers: await contracts.officers(unit, id),
    contracts: (await contracts.contracts(unit, id)).map((each) => ({
      ...each,
      state: contracts.stateOf(each, controller.place),
    })),
    periods: await contracts.ownPeriods(unit, id),
    bases: await contracts.purposeBases(unit, id),
    attestations: await contracts.attestations(unit, id),
  };
}

/** @throws HUB_CONTRACT_UNKNOWN, whoever's it is */
export function contractIn(view: ControllerView, id: unknown): ControllerView["contracts"][number] {
  const found = view.contracts.find((each) => each.id === id);
  if (found === undefined) throw fault("HUB_CONTRACT_UNKNOWN");
  return found;
}
