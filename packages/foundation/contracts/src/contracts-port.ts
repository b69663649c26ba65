/** What others may ask of the register of contracts. Every read is of one controller. */
import type { Place } from "@preau/calendar";
import type { ControllerId, Unit } from "@preau/kernel";
import type { Attestation, Contract, OwnPeriod, PurposeBasis } from "./contract.ts";
import type { Controller, Officer } from "./controller.ts";

export interface Contracts {
  controller(unit: Unit, controller: ControllerId): Promise<Controller | undefined>;
  /** In whose calendar the controller's periods are counted; the mainland's for a controller that is not registered. */
  placeOf(unit: Unit, controller: ControllerId): Promise<Place>;
  officers(unit: Unit, controller: ControllerId): Promise<readonly Officer[]>;
  /** Newest first. */
  contracts(unit: Unit, controller: ControllerId): Promise<readonly Contract[]>;
  ownPeriods(unit: Unit, controller: ControllerId): Promise<readonly OwnPeriod[]>;
  purposeBases(unit: Unit, controller: ControllerId): Promise<readonly PurposeBasis[]>;
  /** The attestation in force for a product, when there is one. */
  attestation(unit: Unit, controller: ControllerId, product: string): Promise<Attestation | undefined>;
  /** @throws CONTRACT_NOT_ATTESTED (D6.0), CONTRACT_NOT_IN_FORCE (D3): every import asks this first */
  requireImport(unit: Unit, controller: ControllerId, product: string): Promise<void>;
}

declare module "@preau/kernel" {
  interface Ports {
    readonly contracts: Contracts;
  }
}
