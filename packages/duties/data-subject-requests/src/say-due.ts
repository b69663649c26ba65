/** An instant as an officer reads it, in the controller's zone. */
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import { sayMoment } from "@preau/web";
import type { IntakePorts } from "./desk-ports.ts";

/** In which officers are written to. */
export const OFFICERS = "fr";

export async function sayTo(
  unit: Unit,
  { contracts }: { readonly contracts: Pick<IntakePorts["contracts"], "placeOf"> },
  controller: ControllerId,
  when: Instant,
): Promise<string> {
  const { zone } = await contracts.placeOf(unit, controller);
  return sayMoment(when, { language: OFFICERS, zone });
}
