/** Where requests come in, over the hub's database. @clause D10.1b */
import type {} from "@preau/agreement";
import type {} from "@preau/contracts";
import type { Ports, RightsDesk } from "@preau/kernel";
import type {} from "@preau/keys";

export type RightsDeskPorts = Pick<
  Ports,
  | "agreements"
  | "clock"
  | "contracts"
  | "ids"
  | "jobs"
  | "journal"
  | "log"
  | "subjects"
  | "unitOfWork"
  | "vault"
>;

export function makeRightsDesk(_ports: RightsDeskPorts): RightsDesk {
  return { receive: () => Promise.reject(new Error("the desk is not built yet")) };
}
