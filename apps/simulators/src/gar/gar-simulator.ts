import { generateKeyPair } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { selfSignedCertificate, signingKey } from "@preau/gar";
import { type Instant, systemClock } from "@preau/kernel";
import { listen } from "../listen.ts";
import type { Simulator } from "../simulator.ts";
import { garAddresses, registrationAddresses } from "./addresses.ts";
import { configuredCasServices } from "./cas/services.ts";
import { garApplication } from "./gar-application.ts";
import { configuredOidcClients } from "./oidc/clients.ts";
import { hubResources, parseResources } from "./resources.ts";
import { serviceProviders } from "./service-providers.ts";
import type { Signer } from "./sign.ts";

/** The GAR: not started when a real identity provider is configured. */
export const garSimulator: Simulator = {
  id: "gar",
  port: 8701,
  notWanted: (environment) =>
    environment["PREAU_GAR_IDP_METADATA"] === undefined ? undefined : "PREAU_GAR_IDP_METADATA names another",
  start: async ({ port, dataFolder, environment }) => {
    const now = systemClock.now();
    const key = (file: string) =>
      signingKey({ keyFile: join(dataFolder, "gar", file), name: "GAR simulator", now });
    const [own, next, stranger] = await Promise.all([key("idp.pem"), key("idp-next.pem"), strangerKey(now)]);
    const hub = `http://127.0.0.1:${environment["PREAU_PORT"] ?? "8700"}`;
    const addresses = (environment["PREAU_SIM_GAR_SP_METADATA"] ?? `${hub}/gar/saml/metadata`)
      .split(/[\s,]+/)
      .filter(Boolean);
    const resources = environment["PREAU_SIM_GAR_RESOURCES"];
    let url = "";
    const application = garApplication({
      url: () => url,
      clock: systemClock,
      signers: { own, next, stranger },
      providers: serviceProviders(addresses),
      oidcClients: await configuredOidcClients({ dataFolder, environment }),
      casServices: configuredCasServices(environment),
      resources: resources === undefined ? hubResources(hub) : parseResources(resources),
    });
    const running = await listen(application, port);
    ({ url } = running);
    return { ...running, addresses: [...garAddresses(url), ...registrationAddresses(url)] };
  },
};

/** Nobody trusts it, so it need not be kept, nor be as long as the others. */
async function strangerKey(from: Instant): Promise<Signer> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: selfSignedCertificate(privateKey, { name: "Stranger", from, days: 365 }),
  };
}
