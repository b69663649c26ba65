export {
  type Controller,
  type ControllerKind,
  type ControllerValues,
  controllerKinds,
  type Kept,
  type Officer,
  type OfficerId,
  type OfficerRole,
  type OfficerValues,
  officerRoles,
} from "./controller.ts";
export {
  type Attestation,
  type Contract,
  type ContractId,
  type ContractState,
  type ContractValues,
  type EndChoice,
  endChoices,
  type LegalBasis,
  legalBases,
  type OwnPeriod,
  type PurposeBasis,
} from "./contract.ts";
export {
  type Addressee,
  officerToTell,
  type ReachableOfficer,
  reachableOfficer,
} from "./reachable-officer.ts";
export type { Contracts, ControllerPage, Everything, ListQuery } from "./contracts-port.ts";
export type { Scope } from "./scope.ts";
export type { Standing } from "./standing.ts";
export { type ContractsOptions, makeContracts } from "./make-contracts.ts";
export { contractsPlugin } from "./plugin.ts";
export { contractInForce } from "./gate-check.ts";
export { contractMigrations } from "./migrations/contract-migrations.ts";
export { type Actor, type Deed, deeds, type Edit, INSTRUCTION, type RegistryPorts } from "./instruction.ts";
export { PUBLISHER } from "./publisher.ts";
export { registerController } from "./register-controller.ts";
export { changeController } from "./change-controller.ts";
export { appointOfficer } from "./appoint-officer.ts";
export { changeOfficer } from "./change-officer.ts";
export { type RemovalPorts, removeOfficer } from "./remove-officer.ts";
export { openContract } from "./open-contract.ts";
export { type ContractChange, changeContract } from "./change-contract.ts";
export { renewContract } from "./renew-contract.ts";
export { endContract } from "./end-contract.ts";
export { type OwnPeriodChange, rulesToSet, setOwnPeriod } from "./set-own-period.ts";
export { purposesOf, type SettledBasis, settleLegalBases } from "./settle-legal-bases.ts";
export { attest, covers, statementsOf, withdrawAttestation } from "./attest.ts";
export { revertInstruction, revertible } from "./revert-instruction.ts";
export { findInstruction, instructionsOf, type RecordedInstruction } from "./instructions-of.ts";
export { type Read, readControllerValues, readOfficerValues } from "./read-controller.ts";
export { readContractValues } from "./read-contract.ts";
export { dryRunImport, type ImportPorts, importContracts } from "./import-contracts.ts";
export type { Changes, ImportPlan, PlannedRow, RowIssue } from "./import-plan.ts";
export { writeContractsFile } from "./write-contracts-file.ts";
export type { Written } from "./read-text.ts";
export { regionNames } from "./read-place.ts";
export { type Issue, sayIssue } from "./issue.ts";
export { errors } from "./errors.ts";
