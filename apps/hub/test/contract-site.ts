/** The hub with two schools of the register, and persons of any role signed in to it. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import {
  type ActorId,
  type ActorRole,
  type ControllerId,
  controllerId,
  silentLog,
  systemClock,
} from "@preau/kernel";
import { type Folder, freePort, makeFolder } from "@preau/testing";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";
import { serve } from "../src/serve.ts";

export const SCHOOL = controllerId("ecole-des-mirabelliers");
export const OTHER = controllerId("college-des-ajoncs");

const YAML = `controllers:
  - id: ecole-des-mirabelliers
    kind: school
    name: École maternelle des Mirabelliers
    legalForm: Commune
    seat: 8, rue des Mirabelliers, 57000 Metz
    siret: "99900102700013"
    uai: 0579901C
    officers:
      - { role: dpo, name: Tancrède Ohl, email: dpo@mirabelliers.example, address: "8, rue des Mirabelliers" }
    contracts:
      - reference: MIR-1
        products: [plume, jardin]
        startsOn: 2020-09-01
        endsOn: 2099-08-31
        legalBases: { plume: { support: publicTask } }
  - id: college-des-ajoncs
    kind: school
    name: Collège des Ajoncs
    uai: 0359902Y
    officers:
      - { role: representative, name: Nolwenn Treguidou, capacity: principale }
    contracts:
      - { reference: AJO-1, products: [plume], startsOn: 2020-09-01 }
`;

interface Reply {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
}

export interface ContractSite {
  readonly hub: Hub;
  readonly url: string;
  /** A person of that role, of the first school unless told. */
  as(role: ActorRole, controller?: ControllerId): Promise<Visitor>;
  stop(): Promise<void>;
}

interface Visitor {
  readonly cookie: string;
  get(where: string): Promise<Reply>;
  post(where: string, fields?: Readonly<Record<string, string>>): Promise<Reply>;
  upload(where: string, file: string): Promise<Reply>;
}

export async function startContractSite(yaml = YAML): Promise<ContractSite> {
  const folder: Folder = makeFolder();
  writeFileSync(path.join(folder.path, "preau.yaml"), yaml);
  const environment = { PREAU_DATA: path.join(folder.path, "data"), PREAU_PORT: String(await freePort()) };
  const hub = await openHub(readConfig(environment, folder.path), { clock: systemClock, log: silentLog });
  const serving = await serve(hub);
  await hub.sequencer.runOnce(); // what was registered has its numbers from the start
  const { url } = serving;

  const as = async (actorRole: ActorRole, controller = SCHOOL): Promise<Visitor> => {
    const actor: ActorId = `act_${actorRole.toLowerCase()}`;
    const data = { controller, actorRole, actor, categories: [], dropped: [], refusals: [] };
    const { secret } = await hub.sessions.start({ data });
    const cookie = `preau=${secret}`;
    const ask = async (where: string, init: RequestInit = {}): Promise<Reply> => {
      const headers = new Headers(init.headers);
      headers.set("cookie", cookie);
      headers.set("accept", "text/html");
      headers.set("accept-language", "fr");
      if (init.method === "POST") headers.set("origin", url);
      const response = await fetch(url + where, { ...init, headers, redirect: "manual" });
      return {
        status: response.status,
        html: await response.text(),
        location: response.headers.get("location"),
      };
    };
    const token = async () => /name="_csrf" value="([^"]*)"/.exec((await ask("/journal")).html)?.[1] ?? "";
    return {
      cookie,
      get: (where) => ask(where),
      post: async (where, fields = {}) =>
        ask(where, { method: "POST", body: new URLSearchParams({ ...fields, _csrf: await token() }) }),
      upload: async (where, file) => {
        const body = new FormData();
        body.set("_csrf", await token());
        body.set("file", new File([file], "contracts.csv", { type: "text/csv" }));
        return ask(where, { method: "POST", body });
      },
    };
  };
  return {
    hub,
    url,
    as,
    stop: async () => {
      await serving.stop();
      folder.remove();
    },
  };
}
