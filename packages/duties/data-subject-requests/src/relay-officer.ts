/** To whom at the controller: its officer for data protection, else whoever represents it, else its contact. @clause D10.1b */
import type { Officer, OfficerRole } from "@preau/contracts";
import type { Relay } from "./relay.ts";

type Reachable = Officer & { readonly email: string };
const ORDER = ["dpo", "representative", "contact"] as const satisfies readonly OfficerRole[];

/** Undefined where nobody can be written to. Who could not be reached before is passed over. */
export function officerToWrite(
  officers: readonly Officer[],
  relays: readonly Pick<Relay, "state" | "officer">[],
): Reachable | undefined {
  const failed = new Set(relays.filter(({ state }) => state === "bounced").map(({ officer }) => officer));
  for (const role of ORDER)
    for (const officer of officers)
      if (officer.role === role && isReachable(officer) && !failed.has(officer.id)) return officer;
  return undefined;
}

function isReachable(officer: Officer): officer is Reachable {
  return officer.email !== undefined && officer.email !== "";
}
