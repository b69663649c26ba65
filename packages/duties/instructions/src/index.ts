export { instructionsPlugin } from "./plugin.ts";
export { type InstructionsOptions, instructionsOptions } from "./options.ts";
export { makeInstructions, type MakeInstructionsOptions } from "./make-instructions.ts";
export { errors } from "./errors.ts";
