/** What a person takes back in the ledger itself. What has a verb of its own is taken back there. @clause D6.1c, D13.3 */
import type { Instructions, Unit } from "@preau/kernel";
import { fault, kernelFault } from "./errors.ts";
import type { InstructionsPorts } from "./instructions-ports.ts";
import { findInstruction } from "./store/instruction-rows.ts";

/**
 * @throws INSTRUCTION_UNKNOWN, INSTRUCTIONS_OWN_VERB, INSTRUCTION_NEEDS_WRITING, INSTRUCTION_BAD
 * @clause D6.1c
 */
export async function revokeByHand(
  unit: Unit,
  { instructions }: Pick<InstructionsPorts, "instructions">,
  revocation: Parameters<Instructions["revoke"]>[1],
): Promise<void> {
  const found = await findInstruction(unit, revocation.controller, revocation.id);
  if (found === undefined) throw kernelFault("INSTRUCTION_UNKNOWN", { clause: "D6.1c" });
  if (found.kind === "opposeAnonymisation") throw fault("INSTRUCTIONS_OWN_VERB", { clause: "D13.3" });
  await instructions.revoke(unit, revocation);
}
