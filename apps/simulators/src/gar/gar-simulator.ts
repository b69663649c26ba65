import { generateKeyPair } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { selfSignedCertificate, signingKey } from "@preau/gar";
import { type Instant, systemClock } from "@preau/kernel";
import { fault } from "../errors.ts";
import { type Faults, makeFaults } from "../faults.ts";
import { configuredCasServices } from "../gar-cas/services.ts";
import { configuredOidcClients } from "../gar-oidc/clients.ts";
import {
  type RunningSubscriptionService,
  SUBSCRIPTIONS_PORT,
  startSubscriptionService,
} from "../gar-subscriptions/start-subscription-service.ts";
import { listen } from "../listen.ts";
import type { RunningSimulator, Simulator, SimulatorOptions } from "../simulator.ts";
import { garAddresses, registrationAddresses, subscriptionAddresses } from "./addresses.ts";
import { garApplication, garDefects } from "./gar-application.ts";
import { garPeople } from "./people.ts";
import { hubResources, parseResources } from "./resources.ts";
import { garSchools } from "./schools.ts";
import { serviceProviders } from "./service-providers.ts";
import type { Signer } from "./sign.ts";
import type { Signers } from "./spoilt-document.ts";

const USUAL_PORT = 8701;

/** The GAR: not started when a real identity provider is configured. */
export const garSimulator: Simulator = {
  id: "gar",
  port: USUAL_PORT,
  notWanted: (environment) =>
    environment["PREAU_GAR_IDP_METADATA"] === undefined ? undefined : "PREAU_GAR_IDP_METADATA names another",
  start: async (options) => {
    const { dataFolder } = options;
    const defects = makeFaults(garDefects);
    const signers = await signersIn(dataFolder);
    const subscriptions = await startSubscriptions(options, defects);
    try {
      const running = await startApplication(options, { signers, defects });
      return {
        url: running.url,
        addresses: [
          ...garAddresses(running.url),
          ...registrationAddresses(running.url),
          ...(subscriptions === undefined ? [] : subscriptionAddresses(subscriptions)),
        ],
        stop: async () => {
          await Promise.all([running.stop(), subscriptions?.stop()]);
        },
      };
    } catch (error) {
      await subscriptions?.stop();
      throw error;
    }
  },
};

type GarFaults = Faults<typeof garDefects>;

async function startApplication(
  { port, dataFolder, environment }: SimulatorOptions,
  own: { readonly signers: Signers; readonly defects: GarFaults },
): Promise<RunningSimulator> {
  const hub = `http://127.0.0.1:${environment["PREAU_PORT"] ?? "8700"}`;
  const addresses = (environment["PREAU_SIM_GAR_SP_METADATA"] ?? `${hub}/gar/saml/metadata`)
    .split(/[\s,]+/)
    .filter(Boolean);
  const resources = environment["PREAU_SIM_GAR_RESOURCES"];
  let url = "";
  const application = garApplication({
    ...own,
    url: () => url,
    clock: systemClock,
    providers: serviceProviders(addresses),
    oidcClients: await configuredOidcClients({ dataFolder, environment }),
    casServices: configuredCasServices(environment),
    resources: resources === undefined ? hubResources(hub) : parseResources(resources),
  });
  const running = await listen(application, port);
  ({ url } = running);
  return running;
}

/**
 * The subscription service beside it. Where the GAR stands on another port than the usual one, so does this: on any
 * that is free.
 */
function startSubscriptions(
  { port, dataFolder, environment }: SimulatorOptions,
  defects: GarFaults,
): Promise<RunningSubscriptionService | undefined> {
  const variable = "PREAU_SIM_GAR_SUBSCRIPTIONS_PORT";
  const wanted = environment[variable] ?? String(port === USUAL_PORT ? SUBSCRIPTIONS_PORT : 0);
  if (wanted === "off") return Promise.resolve(undefined);
  if (!/^\d{1,5}$/.test(wanted) || Number(wanted) > 65_535) {
    throw fault("SIMULATOR_BAD_PORT", { place: variable });
  }
  const [schools, people, clock] = [garSchools, garPeople, systemClock];
  return startSubscriptionService({ port: Number(wanted), dataFolder, clock, schools, people, defects });
}

async function signersIn(dataFolder: string): Promise<Signers> {
  const now = systemClock.now();
  const key = (file: string) =>
    signingKey({ keyFile: join(dataFolder, "gar", file), name: "GAR simulator", now });
  const [own, next, stranger] = await Promise.all([key("idp.pem"), key("idp-next.pem"), strangerKey(now)]);
  return { own, next, stranger };
}

/** Nobody trusts it, so it need not be kept, nor be as long as the others. */
async function strangerKey(from: Instant): Promise<Signer> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: selfSignedCertificate(privateKey, { name: "Stranger", from, days: 365 }),
  };
}
