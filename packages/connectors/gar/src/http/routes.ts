/** The connector's routes in a hub: those of every configured provider, and who is signed in. */
import type { WebHandler, WebRoute } from "@preau/web";
import { webRoutes } from "@preau/web";
import { type ConfiguredProvider, configuredProviders } from "../configured-providers.ts";
import type { GarPorts } from "../door.ts";
import type { GarOptions } from "../options.ts";
import { casRoutes } from "./cas-routes.ts";
import { oidcRoutes } from "./oidc-routes.ts";
import { samlRoutes } from "./saml-routes.ts";
import { sessionAnswer } from "./session-answer.ts";

export function garRoutes(ports: GarPorts, options: GarOptions): readonly WebRoute[] {
  return [
    ...configuredProviders(options).flatMap((each) => routesOf(ports, each)),
    ...webRoutes([
      {
        method: "get",
        path: "/session",
        handler: session,
        who: "signedIn",
        clause: "D4.1",
        forMachines: true,
      },
    ]),
  ];
}

function routesOf(ports: GarPorts, configured: ConfiguredProvider): readonly WebRoute[] {
  if ("saml" in configured) return samlRoutes(ports, configured.provider, configured.saml);
  if ("oidc" in configured) return oidcRoutes(ports, configured.provider, configured.oidc);
  if ("cas" in configured) return casRoutes(ports, configured.provider, configured.cas);
  return [];
}

const session: WebHandler = (request, response) => {
  if (request.session !== undefined) response.json(sessionAnswer(request.session.data));
};
