import { configuredProviders } from "../configured-providers.ts";
import type { GarPorts } from "../door.ts";
import type { GarOptions } from "../options.ts";
import { makeOidcService, type OidcService } from "./oidc-service.ts";

export type { OidcService };

/**
 * A provider over OpenID Connect, for a passport strategy of one's own: `new GarOidcStrategy(oidcService(ports, options))`; the GAR
 * itself unless `id` names another of the options.
 */
export function oidcService(ports: GarPorts, options: GarOptions, id = "gar.oidc"): OidcService {
  for (const configured of configuredProviders(options)) {
    if ("oidc" in configured && configured.provider.id === id)
      return makeOidcService(ports, configured.provider, configured.oidc);
  }
  throw new TypeError("the options name no such OpenID provider");
}
