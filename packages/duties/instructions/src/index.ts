export { instructionsPlugin } from "./plugin.ts";
export { type InstructionsOptions, instructionsOptions } from "./options.ts";
export type { InstructionsPorts } from "./instructions-ports.ts";
export { makeInstructions, type MakeInstructionsOptions } from "./make-instructions.ts";
export {
  holdsFlagged,
  type Instruction,
  type InstructionState,
  type Revocation,
  stateOf,
} from "./instruction.ts";
export { inForceCheck } from "./in-force-check.ts";
export { findInstruction } from "./store/instruction-rows.ts";
export { type LedgerQuery, listInstructions } from "./store/ledger-rows.ts";
export { type LinkedThing, thingsOf } from "./store/link-rows.ts";
export { factsOf } from "./http/api-routes.ts";
export { clauseOfKind } from "./http/ledger-form.ts";
export { revokeByHand } from "./revoke-by-hand.ts";
export { type DoubtReason, doubtReasons, type Flag, type FlagId } from "./flag.ts";
export { doubtsOf } from "./doubts.ts";
export { flagInstruction } from "./raise-flag.ts";
export { confirmInstruction, liftFlag, withdrawInstruction } from "./settle-flag.ts";
export { type Basis, basisOf } from "./basis-of.ts";
export { type BasisRule, basisRules } from "./basis-rules.ts";
export { askObservation, changeObservation, withdrawObservation } from "./ask-observation.ts";
export { approveObservation, refuseObservation } from "./answer-observation.ts";
export { acknowledgeNotice, writeNotice } from "./write-notice.ts";
export { instructionsMigrations } from "./migrations/instructions-migrations.ts";
export { errors } from "./errors.ts";
export { requireKnownWords } from "./read-scope.ts";
