import type { ImportPorts } from "@preau/contracts";
import type { Hub } from "./hub.ts";

/** What an import of contracts needs, with the journal that records many at once. */
export function importPortsOf({ ports, journal }: Pick<Hub, "ports" | "journal">): ImportPorts {
  const { agreements, clock, contracts, ids, vault } = ports;
  return { agreements, clock, contracts, ids, vault, journal };
}
