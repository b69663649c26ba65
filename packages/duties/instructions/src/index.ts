export { instructionsPlugin } from "./plugin.ts";
export { type InstructionsOptions, instructionsOptions } from "./options.ts";
export { makeInstructions, type MakeInstructionsOptions } from "./make-instructions.ts";
export { type Instruction, type InstructionState, type Revocation, stateOf } from "./instruction.ts";
export { instructionsMigrations } from "./migrations/instructions-migrations.ts";
export { errors } from "./errors.ts";
