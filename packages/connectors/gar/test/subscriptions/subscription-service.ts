/**
 * A service that behaves as the GAR's does, on this machine and over mutual TLS: it asks for a certificate that it knows,
 * wants the elements in their order, answers 201, 200, 204, 409 and 404 with the bodies that go with them.
 */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { instant, silentLog, systemClock } from "@preau/kernel";
import { selfSignedCertificate } from "../../src/saml/self-signed-certificate.ts";
import { httpsExchange } from "../../src/subscriptions/https-exchange.ts";
import { subscriptionClient } from "../../src/subscriptions/subscription-client.ts";
import { listOfSchools, schoolXml } from "./some-schools.ts";

const NAMESPACE = "http://www.atosworldline.com/wsabonnement/v1.0/";
const ORDER =
  "idAbonnement commentaireAbonnement idDistributeurCom idRessource typeIdRessource libelleRessource debutValidite finValidite anneeFinValidite uaiEtab codeNatureUAI categorieAffectation typeAffectation nbLicenceEnseignant nbLicenceEleve nbLicenceProfDoc nbLicenceAutrePersonnel nbLicenceGlobale publicCible codeProjetRessource".split(
    " ",
  );

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface SubscriptionService {
  readonly url: string;
  readonly asked: Asked[];
  /** Elements by identifier, as they were sent. */
  readonly stored: Map<string, string>;
  /** Answers the next request in the service's place. */
  instead: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly pem: { readonly server: string; readonly client: string; readonly clientKey: string };
  stop(): Promise<void>;
}

const pemOf = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();

/** A key and its certificate, as an invented body of the GAR would make them. */
export function identity(name: string, names: readonly string[] = []) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const from = instant(Date.parse(systemClock.now()) - 3_600_000); // TLS reads the machine's own clock
  return {
    key: pemOf(privateKey),
    certificate: selfSignedCertificate(privateKey, { name, names, from, days: 2 }),
  };
}

export async function startSubscriptionService(): Promise<SubscriptionService> {
  const own = identity("gar.example", ["localhost"]);
  const client = identity("publisher");
  const service: SubscriptionService = {
    url: "",
    asked: [],
    stored: new Map(),
    instead: undefined,
    pem: { server: own.certificate, client: client.certificate, clientKey: client.key },
    stop: () => stopped(server),
  };
  const server = createServer(
    {
      cert: own.certificate,
      key: own.key,
      ca: client.certificate,
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => void answered(service, request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(service, { url: `https://localhost:${(server.address() as AddressInfo).port}` });
}

function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A client of it; by default the one that the service knows, and that knows the service. */
export function clientOf(
  { url, pem }: SubscriptionService,
  changes: {
    certificate?: string;
    privateKey?: string;
    authorities?: string | undefined;
    url?: string;
    timeoutSeconds?: number;
  } = {},
) {
  const exchange = exchangeOf({ pem }, changes);
  return subscriptionClient({ url: changes.url ?? url, exchange, clock: systemClock, log: silentLog });
}

export function exchangeOf(
  { pem }: Pick<SubscriptionService, "pem">,
  { timeoutSeconds = 10, ...changes }: Parameters<typeof clientOf>[1] & object = {},
) {
  const certificate = {
    certificate: pem.client,
    privateKey: pem.clientKey,
    authorities: pem.server as string | undefined,
    endsAt: systemClock.now(),
    ...changes,
  };
  return httpsExchange({ certificate, timeoutSeconds });
}

async function answered(service: SubscriptionService, request: IncomingMessage, response: ServerResponse) {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
  const { method = "", url: path = "" } = request;
  service.asked.push({ method, path, body });
  const { instead } = service;
  service.instead = undefined;
  if (instead !== undefined) {
    instead(request, response);
    return;
  }
  const [status, text] = path.startsWith("/abonnements")
    ? [200, listed(service, body)]
    : path === "/etablissements/etablissements.xml"
      ? [
          200,
          listOfSchools(
            schoolXml({ uai: "0350042F", code_postal_uai: "1234" }),
            schoolXml({ uai: "0570001A", nature_uai: "151" }),
          ),
        ]
      : changed(service, method, decodeURIComponent(path.slice(1)), body);
  response.writeHead(status, { "content-type": "application/xml" }).end(text);
}

function changed(
  { stored }: SubscriptionService,
  method: string,
  id: string,
  body: string,
): [number, string] {
  const inner = /<abonnement xmlns="[^"]+">([\s\S]*)<\/abonnement>/.exec(body)?.[1] ?? "";
  const names = [...inner.matchAll(/<(\w+)>/g)].map((match) => ORDER.indexOf(match[1] ?? ""));
  const inOrder = names.every((place, at) => place >= (names[at - 1] ?? 0));
  if (method === "DELETE") return stored.delete(id) ? [204, ""] : [404, error("404", "Abonnement inconnu")];
  if (!body.includes(`xmlns="${NAMESPACE}"`) || !inOrder || names.includes(-1))
    return [400, error("400", "XML non conforme")];
  if (method === "PUT" && stored.has(id)) return [409, error("409", `L'abonnement ${id} existe deja`)];
  if (method === "POST" && inner.includes("<uaiEtab>"))
    return [400, error("RG99", "uaiEtab ne peut pas changer")];
  const kept =
    stored
      .get(id)
      ?.match(/<uaiEtab>.*?<\/uaiEtab>/g)
      ?.join("") ?? "";
  stored.set(id, inner.replace(/(?=<categorieAffectation>)/, kept));
  return [method === "PUT" ? 201 : 200, ""];
}

function listed({ stored }: SubscriptionService, body: string): string {
  const wanted = [...body.matchAll(/<filtreNom>(.*?)<\/filtreNom><filtreValeur>(.*?)<\/filtreValeur>/g)];
  // Like the GAR's own, its filters find what merely contains the value.
  const found = [...stored.values()].filter((inner) =>
    wanted.every(([, name = "", value = ""]) => new RegExp(`<${name}>[^<]*${value}`).test(inner)),
  );
  const parts = found.map((inner) => `<abonnement>${inner}</abonnement>`).join("");
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><abonnements xmlns="${NAMESPACE}">${parts}</abonnements>`;
}

export function error(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Erreur><Code>${code}</Code><Message>${message}</Message></Erreur>`;
}
