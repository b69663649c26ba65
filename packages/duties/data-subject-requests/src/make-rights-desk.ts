/** Where requests come in, over the hub's database. @clause D10.1b */
import type { RightsDesk } from "@preau/kernel";
import type { IntakePorts } from "./desk-ports.ts";
import { receiveRequest } from "./receive-request.ts";

export type RightsDeskPorts = IntakePorts;

export function makeRightsDesk(ports: RightsDeskPorts): RightsDesk {
  return { receive: (unit, request) => receiveRequest(unit, ports, request) };
}
