/** Instructions on one screen: what the controller wrote, how far it reaches, what was done on it. */
import { emptyPlugin, type Plugin } from "@preau/kernel";
import { errors } from "./errors.ts";
import { inForceCheck } from "./in-force-check.ts";
import { instructionsMigrations } from "./migrations/instructions-migrations.ts";
import { type InstructionsOptions, instructionsOptions } from "./options.ts";

export const instructionsPlugin = {
  ...emptyPlugin,
  id: "instructions",
  clauses: ["D6.1c", "D6.1d", "D6.2a", "D13.3", "S4", "S14"],
  options: instructionsOptions,
  requires: ["clock", "instructions", "unitOfWork"],
  tablePrefix: "ins_",
  migrations: instructionsMigrations.migrations,
  gateChecks: ({ instructions }) => [inForceCheck(instructions)],
  journalEvents: ["instructions.recorded", "instructions.revoked"],
  errors,
} as const satisfies Plugin<InstructionsOptions>;
