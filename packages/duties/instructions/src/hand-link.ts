/**
 * A link that the publisher's officer hands over: only where nobody can be written to, and with evidence, since whoever holds it
 * speaks for the client. @clause D6.2a, S14
 */
import { officerToTell } from "@preau/contracts";
import type { ControllerId, InstructionGiver, Unit } from "@preau/kernel";
import { OBSERVATION_LINK } from "./ask-observation.ts";
import { fault } from "./errors.ts";
import type { InstructionsPorts } from "./instructions-ports.ts";
import { linkFor } from "./jobs/tell.ts";
import type { InstructionsOptions } from "./options.ts";
import type { FLAG_LINK } from "./settle-flag.ts";

/** @throws INSTRUCTIONS_HAS_ADDRESS where the client's officer gets it by mail */
export async function handLinkOver(
  unit: Unit,
  ports: InstructionsPorts,
  options: InstructionsOptions,
  given: {
    readonly controller: ControllerId;
    readonly thing: string;
    readonly purpose: typeof FLAG_LINK | typeof OBSERVATION_LINK;
    readonly by: InstructionGiver;
  },
): Promise<string> {
  const { controller, thing, purpose, by } = given;
  const clause = purpose === OBSERVATION_LINK ? "S14" : "D6.2a";
  if ((await officerToTell(unit, ports, controller)) !== undefined)
    throw fault("INSTRUCTIONS_HAS_ADDRESS", { clause });
  await ports.journal.record(unit, {
    ...{ log: "evidence", type: "instructions.linkHandedOver", clause, controller },
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    payload: { thing, purpose },
  });
  return linkFor(unit, ports, options, { controller, thing, purpose });
}
