/** Every address of this package, those with fixed words first. */
import type { WebRoute } from "@preau/web";
import type { DataSubjectRequestsOptions } from "../options.ts";
import { type ApiPorts, apiRoutes } from "./api-routes.ts";
import { caseRoutes } from "./case-routes.tsx";
import { deskMenu, deskRoutes } from "./desk-routes.tsx";
import { inaccuracyRoutes } from "./inaccuracy-routes.tsx";
import { inquiryEvents, inquiryRoutes } from "./inquiry-routes.tsx";
import { intakeMenu, intakeRoutes } from "./intake-routes.tsx";
import { relayRoutes } from "./relay-routes.tsx";

/** Inaccurate data is reached from the desk. */
export const requestPages = [deskMenu, intakeMenu];
/** What these pages journal beside what the desk does. */
export const pageEvents = inquiryEvents;

export function requestRoutes(ports: ApiPorts, options: DataSubjectRequestsOptions): readonly WebRoute[] {
  return [
    ...intakeRoutes(ports),
    ...relayRoutes(ports),
    ...deskRoutes(ports),
    ...inquiryRoutes(ports, options),
    ...inaccuracyRoutes(ports),
    ...apiRoutes(ports),
    // `/requests/:id` would take the others' words for an id.
    ...caseRoutes(ports, options),
  ];
}
