/** The ledger of written instructions over the hub's database. @clause D6.1c */
import type { AgreementsInForce } from "@preau/agreement";
import type { Clock, Events, Ids, Instructions, Jobs, Journal } from "@preau/kernel";
import { refuseInstruction, standingOf } from "@preau/kernel";
import { kernelFault } from "./errors.ts";
import { holdsFlagged, termsOf } from "./instruction.ts";
import { recordInstruction } from "./record-instruction.ts";
import { revokeInstruction } from "./revoke-instruction.ts";
import { findInstruction } from "./store/instruction-rows.ts";
import { insertLink, instructionsOf } from "./store/link-rows.ts";

export interface MakeInstructionsOptions {
  readonly agreements: AgreementsInForce;
  readonly clock: Clock;
  readonly events: Events;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly journal: Journal;
}

const THING = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

export function makeInstructions(options: MakeInstructionsOptions): Instructions {
  const { agreements, clock } = options;
  return {
    record: (unit, given) => recordInstruction(unit, options, given),
    standing: async (unit, controller, id, use) => {
      const instruction = await findInstruction(unit, controller, id);
      if (instruction === undefined) return refuseInstruction("INSTRUCTION_UNKNOWN");
      return standingOf(termsOf(instruction, holdsFlagged(agreements, controller)), use, clock.now());
    },
    link: async (unit, controller, id, thing) => {
      if ((await findInstruction(unit, controller, id)) === undefined)
        throw kernelFault("INSTRUCTION_UNKNOWN", { clause: "D6.1c" });
      // Who a person is never stands in a link: those go with the person, these stay.
      if (!THING.test(thing) || thing.startsWith("sub_"))
        throw kernelFault("INSTRUCTION_BAD", { place: "thing", clause: "D6.1c" });
      await insertLink(unit, { controller, instruction: id, thing, at: clock.now() });
    },
    of: (unit, controller, thing) => instructionsOf(unit, controller, [thing]),
    revoke: (unit, revocation) => revokeInstruction(unit, options, revocation),
  };
}
