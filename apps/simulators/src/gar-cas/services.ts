/** The services that the CAS server knows. It sends a ticket to no other address. */
import { z } from "zod";

export const casService = z.strictObject({
  /** Its address without query: a service may add one of its own (a state), and is then validated with it. */
  url: z.url().regex(/^https?:\/\/[^?#]+$/),
  /** Where logout requests are posted; by default to the very service that the ticket was for. */
  logoutUrl: z.url().optional(),
});
export type CasService = z.infer<typeof casService>;

export interface CasServices {
  find(service: string): CasService | undefined;
  /** Adds one, or replaces the one of that address. */
  register(service: CasService): void;
}

export function casServices(first: readonly CasService[]): CasServices {
  const known = new Map(first.map((service) => [service.url, service]));
  return {
    find: (service) => (service.includes("#") ? undefined : known.get(service.split("?")[0] ?? "")),
    register: (service) => known.set(service.url, service),
  };
}

/** The hub's two doors (the GAR's, and an ENT's where the hub calls it `ent`), and the addresses that `PREAU_SIM_GAR_CAS_SERVICES` lists, by commas. Throws when one is no address. */
export function configuredCasServices(
  environment: Readonly<Record<string, string | undefined>>,
): CasServices {
  const hub = `http://127.0.0.1:${environment["PREAU_PORT"] ?? "8700"}`;
  const doors = [`${hub}/gar/cas`, `${hub}/sso/ent`];
  const others = (environment["PREAU_SIM_GAR_CAS_SERVICES"] ?? "").split(/[\s,]+/).filter(Boolean);
  return casServices([
    ...doors.map((door) => ({ url: `${door}/login`, logoutUrl: `${door}/logout` })),
    ...others.map((url) => casService.parse({ url })),
  ]);
}
