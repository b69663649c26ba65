/** The GAR's subscription service as a command meets it: mutual TLS on this machine, and the few answers that a test needs. */
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { selfSignedCertificate } from "@preau/gar";
import { instant, systemClock } from "@preau/kernel";

const NAMESPACE = "http://www.atosworldline.com/wsabonnement/v1.0/";
const COUNTS =
  "UAI;idAbonnement;codeProjetRessource;idRessource;cumulAffectationEleve;cumulAffectationEnseignant;cumulAffectationDocumentaliste;cumulAffectationAutrePersonnel";

export interface GarSubscriptionService {
  readonly url: string;
  /** `PUT /…`, in their order. */
  readonly asked: string[];
  /** Elements by identifier. */
  readonly stored: Map<string, string>;
  /** Status and body of the next answer. */
  instead: readonly [number, string] | undefined;
  stop(): Promise<void>;
}

/** Starts it, with the files that a client is configured with in a folder: `client.crt`, `client.key`, `server.crt`. */
export async function startGarSubscriptionService(folder: string): Promise<GarSubscriptionService> {
  const [own, client] = [identity(["localhost"]), identity([])];
  const file = (name: string, text: string) => writeFileSync(path.join(folder, name), text, { mode: 0o600 });
  file("client.crt", client.cert);
  file("client.key", client.key);
  file("server.crt", own.cert);
  const service: GarSubscriptionService = {
    url: "",
    asked: [],
    stored: new Map(),
    instead: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const mutual = { ca: client.cert, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ ...own, ...mutual }, (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      service.asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      const { instead } = service;
      service.instead = undefined;
      const [status, text] = instead ?? answer(service, request.method ?? "", request.url ?? "", body);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(service, { url: `https://localhost:${(server.address() as AddressInfo).port}` });
}

function identity(names: readonly string[]) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const from = instant(Date.parse(systemClock.now()) - 3_600_000); // TLS reads the machine's own clock
  const cert = selfSignedCertificate(privateKey, { name: "invented", names, from, days: 60 });
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert };
}

function answer(
  { stored }: GarSubscriptionService,
  method: string,
  url: string,
  body: string,
): readonly [number, string] {
  const id = decodeURIComponent(url.slice(1));
  if (url.startsWith("/abonnements")) return [200, list(stored, body)];
  if (url === "/etablissements/etablissements.xml") return [200, schools];
  if (url.startsWith("/decompteaffectations"))
    return [
      200,
      url.endsWith("=empty")
        ? COUNTS
        : `${COUNTS}\n0350042F;${id.split("=")[1] ?? ""};null;ark:/9/p;31;2;0;1\n`,
    ];
  if (method === "DELETE") return stored.delete(id) ? [204, ""] : [404, error("404", "Abonnement inconnu")];
  if (method === "PUT" && stored.has(id)) return [409, error("409", "L'abonnement existe deja")];
  const inner = /<abonnement xmlns="[^"]+">([\s\S]*)<\/abonnement>/.exec(body)?.[1] ?? "";
  const kept =
    stored
      .get(id)
      ?.match(/<uaiEtab>.*?<\/uaiEtab>/g)
      ?.join("") ?? "";
  stored.set(id, inner.replace(/(?=<categorieAffectation>)/, kept));
  return [method === "PUT" ? 201 : 200, ""];
}

function list(stored: ReadonlyMap<string, string>, body: string): string {
  const value = /<filtreValeur>(.*?)<\/filtreValeur>/.exec(body)?.[1] ?? "";
  const found = [...stored.values()].filter((inner) => inner.includes(`>${value}<`) || value === "");
  const parts = found.map((inner) => `<abonnement>${inner}</abonnement>`).join("");
  return `<abonnements xmlns="${NAMESPACE}">${parts}</abonnements>`;
}

export function error(code: string, message: string): string {
  return `<Erreur><Code>${code}</Code><Message>${message}</Message></Erreur>`;
}

function school(uai: string, nature: string, label: string, name: string): string {
  return `<etablissement><uai>${uai}</uai><nature_uai>${nature}</nature_uai><nature_uai_libe>${label}</nature_uai_libe><appellation_officielle>${name}</appellation_officielle><patronyme_uai>Saules</patronyme_uai><code_postal_uai>1000</code_postal_uai><localite_acheminement_uai>NULLE-PART</localite_acheminement_uai><idENT>QTk=</idENT></etablissement>`;
}

const schools = `<listEtablissement xmlns="http://www.atosworldline.com/listEtablissement/v1.0/">${school("0350042F", "340", "Collège", "Collège des Saules")}${school("0570001A", "151", "École", "École publique")}</listEtablissement>`;
