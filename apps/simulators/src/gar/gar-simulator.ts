import { join } from "node:path";
import { signingKey } from "@preau/gar";
import { systemClock } from "@preau/kernel";
import { makeFaults } from "../faults.ts";
import { listen } from "../listen.ts";
import type { Simulator } from "../simulator.ts";
import { defects } from "./defects.ts";
import { identityProvider } from "./identity-provider.ts";
import { serviceProviders } from "./service-providers.ts";

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
    const [own, stranger] = await Promise.all([key("idp.pem"), key("stranger.pem")]);
    const hub = `http://127.0.0.1:${environment["PREAU_PORT"] ?? "8700"}/gar/saml/metadata`;
    const addresses = (environment["PREAU_SIM_GAR_SP_METADATA"] ?? hub).split(/[\s,]+/).filter(Boolean);
    let url = "";
    const application = identityProvider({
      url: () => url,
      clock: systemClock,
      signers: { own, stranger },
      providers: serviceProviders(addresses),
      defects: makeFaults(defects),
    });
    const running = await listen(application, port);
    ({ url } = running);
    return running;
  },
};
