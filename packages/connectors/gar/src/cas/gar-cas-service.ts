import { configuredProviders } from "../configured-providers.ts";
import type { GarPorts } from "../door.ts";
import type { GarOptions } from "../options.ts";
import { type CasService, makeCasService } from "./cas-service.ts";

/**
 * The service of one CAS provider of the options, for `GarCasStrategy`: the GAR's own (`gar.cas`) unless another is named.
 * @throws TypeError when the options have none of that id
 */
export function casService(ports: GarPorts, options: GarOptions, id = "gar.cas"): CasService {
  for (const each of configuredProviders(options)) {
    if ("cas" in each && each.provider.id === id) return makeCasService(ports, each.provider, each.cas);
  }
  throw new TypeError(`no CAS provider ${id}`);
}
