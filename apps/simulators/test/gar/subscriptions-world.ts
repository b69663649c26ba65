/** The subscription service, and a client of node's own https with the certificate that it made for us. */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { systemClock } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { makeFaults } from "../../src/faults.ts";
import { garPeople } from "../../src/gar/people.ts";
import { garSchools } from "../../src/gar/schools.ts";
import { subscriptionDefects } from "../../src/gar-subscriptions/defects.ts";
import { startSubscriptionService } from "../../src/gar-subscriptions/start-subscription-service.ts";

const XML = { "content-type": "application/xml;charset=utf-8" };
export const NAMESPACE = "http://www.atosworldline.com/wsabonnement/v1.0/";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly location: string;
  readonly bytes: Buffer;
}

export interface AskOptions {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: { readonly key?: string; readonly cert?: string };
  readonly signal?: AbortSignal;
}

export async function subscriptionsWorld() {
  const folder = makeFolder();
  const defects = makeFaults(subscriptionDefects);
  const start = (port = 0) =>
    startSubscriptionService({
      ...{ port, dataFolder: folder.path, clock: systemClock, defects },
      ...{ schools: garSchools, people: garPeople },
    });
  let service = await start();
  const { files } = service;
  const ca = readFileSync(files.serverCertificate, "utf8");
  const own = {
    key: readFileSync(files.clientKey, "utf8"),
    cert: readFileSync(files.clientCertificate, "utf8"),
  };

  const ask = (method: string, path: string, options: AskOptions = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { body, credentials = own, signal } = options;
      const sent = body === undefined ? {} : { ...XML, "content-length": String(Buffer.byteLength(body)) };
      const headers = { accept: "application/xml", ...sent, ...options.headers };
      const agent = new Agent({ ca, ...credentials, keepAlive: false });
      const asked = request(
        service.url + path,
        { method, headers, agent, ...(signal && { signal }) },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.once("error", reject);
          answer.once("end", () => {
            const bytes = Buffer.concat(chunks);
            const type = answer.headers["content-type"] ?? "";
            const { location = "" } = answer.headers;
            resolve({ status: answer.statusCode ?? 0, type, location, text: bytes.toString("utf8"), bytes });
          });
        },
      );
      asked.once("error", reject);
      asked.end(body);
    });

  return {
    ...{ folder, defects, files, own, ask },
    url: () => service.url,
    startAnother: start,
    restart: async () => {
      await service.stop();
      service = await start();
    },
    stop: async () => {
      await service.stop();
      folder.remove();
    },
  };
}

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A subscription that breaks no rule, for the demo's primary school. */
export const good: Fields = {
  idAbonnement: "plume-1",
  commentaireAbonnement: "Été & <fin>",
  idDistributeurCom: "123456789_0000000000000000",
  idRessource: "ark:/99999/plume.p",
  typeIdRessource: "ark",
  libelleRessource: "Plume",
  debutValidite: "2026-09-01T00:00:00",
  finValidite: "2027-08-15T23:59:59",
  uaiEtab: ["0999999A", "0999998B"],
  categorieAffectation: "transferable",
  typeAffectation: "INDIV",
  nbLicenceEnseignant: "2",
  nbLicenceEleve: "ILLIMITE",
  publicCible: ["ENSEIGNANT", "ELEVE"],
};

/** In the order of the keys; undefined leaves an element out. */
export function subscriptionXml(fields: Fields, namespace = NAMESPACE): string {
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const elements = Object.entries(fields).flatMap(([name, value]) =>
    [value ?? []].flat().map((text) => `<${name}>${escape(text)}</${name}>`),
  );
  return `<?xml version="1.0" encoding="UTF-8"?><abonnement xmlns="${namespace}">${elements.join("")}</abonnement>`;
}

/** The body of an update: without schools. */
export function updateXml(fields: Fields): string {
  return subscriptionXml({ ...fields, uaiEtab: undefined });
}
