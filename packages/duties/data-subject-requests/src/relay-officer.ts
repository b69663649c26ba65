/** To whom at the controller: whoever can be reached, and was not tried in vain. @clause D10.1b */
import { type Officer, type ReachableOfficer, reachableOfficer } from "@preau/contracts";
import type { Relay } from "./relay.ts";

/** Undefined where nobody can be written to. */
export function officerToWrite(
  officers: readonly Officer[],
  relays: readonly Pick<Relay, "state" | "officer">[],
): ReachableOfficer | undefined {
  const bounced = relays.flatMap(({ state, officer }) =>
    state === "bounced" && officer !== undefined ? [officer] : [],
  );
  return reachableOfficer(officers, new Set(bounced));
}
