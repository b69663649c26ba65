export {
  type Controller,
  type ControllerKind,
  controllerKinds,
  type Officer,
  type OfficerRole,
  officerRoles,
} from "./controller.ts";
export {
  type Attestation,
  type Contract,
  type ContractId,
  type ContractState,
  type LegalBasis,
  legalBases,
  type OwnPeriod,
  type PurposeBasis,
} from "./contract.ts";
export type { Contracts } from "./contracts-port.ts";
