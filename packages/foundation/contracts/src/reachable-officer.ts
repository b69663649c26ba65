/** To whom of a client one writes: its officer for data protection, else whoever represents it, else its contact. @clause DA */
import { type AgreementsInForce, correspondenceFlow } from "@preau/agreement";
import type { ControllerId, Message, Unit } from "@preau/kernel";
import type { Contracts } from "./contracts-port.ts";
import type { Officer, OfficerId, OfficerRole } from "./controller.ts";

export type ReachableOfficer = Officer & { readonly email: string };

const ORDER: readonly OfficerRole[] = ["dpo", "representative", "contact"];
const NONE: ReadonlySet<OfficerId> = new Set();

/** Undefined where none has an address. Who could not be reached before is passed over. */
export function reachableOfficer(
  officers: readonly Officer[],
  unreached: ReadonlySet<OfficerId> = NONE,
): ReachableOfficer | undefined {
  for (const role of ORDER)
    for (const officer of officers)
      if (officer.role === role && isReachable(officer) && !unreached.has(officer.id)) return officer;
  return undefined;
}

function isReachable(officer: Officer): officer is ReachableOfficer {
  return officer.email !== undefined && officer.email !== "";
}

export type Addressee = Pick<Message, "to" | "flow">;

/** Undefined where the agreement says nothing of correspondence, or nobody has an address: by hand. @clause DA */
export async function officerToTell(
  unit: Unit,
  ports: {
    readonly agreements: Pick<AgreementsInForce, "of">;
    readonly contracts: Pick<Contracts, "officers">;
  },
  controller: ControllerId,
): Promise<Addressee | undefined> {
  const flow = correspondenceFlow(ports.agreements, controller);
  if (flow === undefined) return undefined;
  const officer = reachableOfficer(await ports.contracts.officers(unit, controller));
  return officer && { to: { name: officer.name, address: officer.email }, flow };
}
