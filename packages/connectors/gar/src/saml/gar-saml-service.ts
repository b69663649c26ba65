import { garOverSaml } from "../configured-providers.ts";
import type { GarPorts } from "../door.ts";
import type { GarOptions } from "../options.ts";
import { makeSamlService, type SamlService } from "./saml-service.ts";

export type { SamlService };

/**
 * The GAR over SAML 2.0, for a passport strategy of one's own: `new GarStrategy(samlService(ports, options))`.
 * @throws TypeError when the options name no metadata of it
 */
export function samlService(ports: GarPorts, options: GarOptions): SamlService {
  const configured = garOverSaml(options);
  if (configured === undefined) throw new TypeError("the options name no `idpMetadata`");
  return makeSamlService(ports, configured.provider, configured.saml);
}
