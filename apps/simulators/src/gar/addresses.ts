/** What an integrator configures, and where they make their own services known. */

import { oidcPaths } from "../gar-oidc/discovery.ts";
import type { RunningSubscriptionService } from "../gar-subscriptions/start-subscription-service.ts";
import type { SimulatorAddress } from "../simulator.ts";

/** Those that a browser may open. */
export function garAddresses(url: string): readonly SimulatorAddress[] {
  return [
    { id: "mediacentre", says: { en: "Médiacentre", fr: "Médiacentre" }, at: `${url}/mediacentre` },
    {
      id: "samlMetadata",
      says: {
        en: "SAML: metadata of the identity provider",
        fr: "SAML : métadonnées du fournisseur d'identité",
      },
      at: `${url}/idp/metadata`,
    },
    {
      id: "oidcDiscovery",
      says: { en: "OpenID Connect: discovery", fr: "OpenID Connect : découverte" },
      at: `${url}${oidcPaths.discovery}`,
    },
    { id: "cas", says: { en: "CAS 3.0", fr: "CAS 3.0" }, at: `${url}/login` },
    { id: "entCas", says: { en: "CAS of an ENT", fr: "CAS d'un ENT" }, at: `${url}/ent/login` },
    {
      id: "faults",
      says: { en: "Defects, switched on and off", fr: "Défauts, à mettre et à ôter" },
      at: `${url}/_faults`,
    },
  ];
}

/** Those that programs post to. */
export function registrationAddresses(url: string): readonly SimulatorAddress[] {
  return [
    {
      id: "samlServiceProviders",
      says: {
        en: "POST the metadata of your service provider (XML)",
        fr: "POST des métadonnées de votre fournisseur de service (XML)",
      },
      at: `${url}/idp/service-providers`,
    },
    {
      id: "oidcClients",
      says: { en: "POST your OpenID client (JSON)", fr: "POST de votre client OpenID (JSON)" },
      at: `${url}${oidcPaths.clients}`,
    },
    {
      id: "casServices",
      says: { en: "POST your CAS service (JSON)", fr: "POST de votre service CAS (JSON)" },
      at: `${url}/cas/services`,
    },
  ];
}

/** The subscription service, and the files that a client of it is configured with. */
export function subscriptionAddresses({
  url,
  files,
}: Pick<RunningSubscriptionService, "url" | "files">): readonly SimulatorAddress[] {
  return [
    {
      id: "subscriptions",
      says: { en: "Subscription service, mutual TLS", fr: "Service d'abonnement, TLS mutuel" },
      at: url,
    },
    {
      id: "subscriptionsServerCertificate",
      says: { en: "  its certificate", fr: "  son certificat" },
      at: files.serverCertificate,
    },
    {
      id: "subscriptionsClientCertificate",
      says: { en: "  your certificate", fr: "  votre certificat" },
      at: files.clientCertificate,
    },
    {
      id: "subscriptionsClientKey",
      says: { en: "  your key", fr: "  votre clé" },
      at: files.clientKey,
    },
  ];
}
