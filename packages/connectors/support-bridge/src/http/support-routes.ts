/** Every address of people and their agents, those with fixed words first. */
import type { WebRoute } from "@preau/web";
import type { SupportBridgeOptions } from "../options.ts";
import { apiRoutes } from "./api-routes.ts";
import { caseListRoutes, casesMenu } from "./case-list-routes.tsx";
import { caseRoutes } from "./case-routes.tsx";
import { personRoutes, supportMenu } from "./person-routes.tsx";
import type { PeoplePorts } from "./support-access.ts";

export const supportPages = [supportMenu, casesMenu];

export function supportRoutes(ports: PeoplePorts, options: SupportBridgeOptions): readonly WebRoute[] {
  return [
    ...personRoutes(ports, options),
    ...apiRoutes(ports, options),
    ...caseListRoutes(ports),
    ...caseRoutes(ports, options),
  ];
}
