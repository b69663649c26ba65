/**
 * The gate's question to the ledger: whatever names an instruction names one that is in force and reaches this far. A text
 * that looks like one opens nothing. @clause D6.1c, D10.1c
 */
import type { Flow, GateCheck, Instructions, InstructionUse } from "@preau/kernel";

/** One indexed read. @clause D6.1c, D10.1c */
export function inForceCheck(instructions: Pick<Instructions, "standing">): GateCheck {
  return {
    id: "instructions.inForce",
    clause: "D6.1c",
    concerns: ({ instruction }) => instruction !== undefined,
    check: async (flow, unit) => {
      const { controller, instruction } = flow;
      if (instruction === undefined) return { allowed: true };
      const standing = await instructions.standing(unit, controller, instruction, useOf(flow));
      if (standing.inForce) return { allowed: true };
      const { clause, reason, remedy } = standing;
      return { allowed: false, clause, reason, remedy };
    },
  };
}

function useOf({ product, operation, recipient, purpose, categories, subject }: Flow): InstructionUse {
  return {
    ...{ product, operation, recipient, purpose, categories },
    ...(subject === undefined ? {} : { subject }),
  };
}
