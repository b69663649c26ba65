/** What others may ask of the register of contracts. Every read is of one controller, but for those given a scope. */
import type { Place } from "@preau/calendar";
import type { ControllerId, Unit } from "@preau/kernel";
import type { Attestation, Contract, ContractState, OwnPeriod, PurposeBasis } from "./contract.ts";
import type { Controller, Kept, Officer } from "./controller.ts";
import type { Scope } from "./scope.ts";
import type { Standing } from "./standing.ts";

export interface Contracts {
  controller(unit: Unit, controller: ControllerId): Promise<Kept<Controller> | undefined>;
  /** In whose calendar the controller's periods are counted; the mainland's for a controller that is not registered. */
  placeOf(unit: Unit, controller: ControllerId): Promise<Place>;
  officers(unit: Unit, controller: ControllerId): Promise<readonly Kept<Officer>[]>;
  /** Newest first. */
  contracts(unit: Unit, controller: ControllerId): Promise<readonly Kept<Contract>[]>;
  /** Of a contract, today in its controller's zone. */
  stateOf(contract: Pick<Contract, "startsOn" | "endsOn">, place: Place): ContractState;
  ownPeriods(unit: Unit, controller: ControllerId): Promise<readonly OwnPeriod[]>;
  /** Those of products that the contracts name. */
  purposeBases(unit: Unit, controller: ControllerId): Promise<readonly PurposeBasis[]>;
  /** Every attestation that was not withdrawn, whatever the agreement asks for today. */
  attestations(unit: Unit, controller: ControllerId): Promise<readonly Attestation[]>;
  /** The attestation in force for a product, when there is one: of a running contract, covering today's statements. */
  attestation(unit: Unit, controller: ControllerId, product: string): Promise<Attestation | undefined>;
  /** @throws CONTRACT_NOT_ATTESTED (D6.0), CONTRACT_NOT_IN_FORCE (D3): every import asks this first */
  requireImport(unit: Unit, controller: ControllerId, product: string): Promise<void>;
  /** How a controller stands towards a product today, in one indexed read. */
  standing(unit: Unit, controller: ControllerId, product: string): Promise<Standing>;
  /** Has any contract of this controller begun, ended or not? Then what is held can be handed back. One indexed read. */
  hasBegun(unit: Unit, controller: ControllerId): Promise<boolean>;
  /** One page of the controllers of a scope, in the order of their names. */
  list(unit: Unit, query: ListQuery): Promise<ControllerPage>;
  /** All controllers and contracts of a scope, for an export or an import's comparison. */
  everything(unit: Unit, scope: Scope): Promise<Everything>;
  /** Destroys the keys of removed officers that a crash left; at start. How many. */
  finishRemovals(): Promise<number>;
}

export interface ListQuery {
  readonly scope: Scope;
  /** Words that name, seat, UAI, SIRET or identifier must hold. */
  readonly search?: string;
  readonly limit: number;
  readonly offset: number;
}

export interface ControllerPage {
  readonly controllers: readonly Kept<Controller>[];
  readonly total: number;
}

export interface Everything {
  readonly controllers: readonly Kept<Controller>[];
  readonly contracts: readonly Kept<Contract>[];
}

declare module "@preau/kernel" {
  interface Ports {
    readonly contracts: Contracts;
  }
}
