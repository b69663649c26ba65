/** A hub with the simulated desk beside it, both in this process: its pages over HTTP, its jobs when they are asked for. */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import {
  type ActorId,
  type ActorRole,
  type ControllerId,
  controllerId,
  type Origin,
  silentLog,
  systemClock,
} from "@preau/kernel";
import { crispSimulator } from "@preau/simulators";
import { freePort, makeFolder } from "@preau/testing";
import { makeApp, mountRoutes } from "@preau/web";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";
import { routeTable } from "../src/route-table.ts";
import { cookieOfRole } from "./signed-in.ts";

export const [ACACIAS, TILLEULS] = [controllerId("lycee-des-acacias"), controllerId("ecole-des-tilleuls")];

const controller = (id: ControllerId) => `
  - id: ${id}
    kind: school
    name: ${id}
    region: metropole
    goodFriday: workingDay
    officers: [{ role: dpo, name: Solveig Amaury-Kern, email: dpo@${id}.example }]
    contracts:
      - reference: ${id}-1
        products: [plume, jardin]
        startsOn: 2020-09-01
        endsOn: 2090-08-31
        legalBases: { plume: { runPlatform: publicTask, support: publicTask, traceability: legalObligation } }
        attested: true`;

const yamlOf = (desk: string, port: number) => `name: preau-support
keyBackupHours: 0
plugins:
  mailer: { host: 127.0.0.1, port: ${port}, from: preau@editeur.example }
  support-bridge:
${desk}
controllers:${controller(ACACIAS)}${controller(TILLEULS)}
`;

export interface Reply {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
  readonly headers: Headers;
}

interface Persona {
  readonly origin: Origin;
  readonly role?: string;
  readonly product?: string;
  readonly controller?: ControllerId;
  readonly identifier: { readonly kind: string; readonly value: string };
}

export type SupportHouse = Awaited<ReturnType<typeof startSupportHouse>>;

/** `desk: "none"`: everybody has the form. `api: false`: nothing can be told to the desk. */
export async function startSupportHouse({ desk = "crisp", api = true } = {}) {
  const folder = makeFolder();
  const port = await freePort();
  const simulated = await crispSimulator.start({
    ...{ port: await freePort(), dataFolder: path.join(folder.path, "simulators") },
    environment: { PREAU_PORT: String(port), PREAU_SIM_DESK_WEBSITE_HOOK: "off" },
  });
  const told = (id: string) => simulated.addresses?.find((each) => each.id === id)?.at;
  const secret = path.join(folder.path, "simulators/desk");
  const environment = {
    PREAU_DATA: path.join(folder.path, "data"),
    PREAU_PORT: String(port),
    PREAU_SUPPORT_KEY_FILE: path.join(secret, "plugin-key"),
    PREAU_SUPPORT_HOOK_SECRET_FILE: path.join(secret, "hook-secret"),
  };
  const options = [
    `    desk: ${desk}`,
    `    website: ${told("website")}`,
    `    api: ${simulated.url}/v1`,
    ...(api ? [`    identifier: ${IDENTIFIER}`] : []),
    `    chat: ${simulated.url}/chat/embed/?website_id=${told("website")}`,
  ];
  writeFileSync(path.join(folder.path, "preau.yaml"), yamlOf(options.join("\n"), await freePort()));
  const config = readConfig(environment, folder.path);
  const hub = await openHub(config, { clock: systemClock, log: silentLog });
  const server = createServer(appOf(hub)).listen(config.port, "127.0.0.1");
  await once(server, "listening");
  const url = config.publicUrl;

  /** A person at their browser, or anybody where there is no cookie. */
  const visitor = (cookie = "", language = "fr") => {
    const headers = { accept: "text/html", "accept-language": language, cookie, origin: url };
    const ask = async (where: string, init: RequestInit = {}): Promise<Reply> => {
      const reply = await fetch(new URL(where, url), {
        ...init,
        headers: { ...headers, ...(init.headers as Record<string, string>) },
        redirect: "manual",
      });
      return {
        ...{ status: reply.status, html: await reply.text(), headers: reply.headers },
        location: reply.headers.get("location"),
      };
    };
    const get = (where: string, more: Record<string, string> = {}) => ask(where, { headers: more });
    return {
      cookie,
      get,
      /** What a form of that page would send, with these fields over it. */
      fieldsOf: async (page: string, action: string, fields: Readonly<Record<string, string>> = {}) => {
        const hidden = hiddenIn((await get(page)).html, action);
        return new URLSearchParams({ ...hidden, ...fields });
      },
      send: (action: string, body: URLSearchParams) => ask(action, { method: "POST", body }),
      /** The form of a page, sent with these fields. */
      post: async (page: string, action: string, fields: Readonly<Record<string, string>> = {}) => {
        const hidden = hiddenIn((await get(page)).html, action);
        const body = new URLSearchParams({ ...hidden, ...fields });
        return ask(action, { method: "POST", body });
      },
    };
  };
  const staff = async (role: ActorRole, where?: ControllerId) =>
    visitor(await cookieOfRole(hub, role, where, ACTORS[role]));

  return {
    ...{ hub, url, folder: folder.path, environment, desk: simulated, visitor, staff },
    /** An agent who has said why a case is opened. */
    agentIn: async (id: string, role: ActorRole = "support") => {
      const agent = await staff(role);
      await agent.post(`/support/cases/${id}`, `/support/cases/${id}/opening`, { reason: "answer" });
      return agent;
    },
    /** Somebody of the directory, signed in. */
    signIn: async ({ origin, role = "teacher", product = "plume", identifier, ...of }: Persona) => {
      const school = of.controller ?? ACACIAS;
      const subject = await hub.ports.unitOfWork.transaction((unit) =>
        hub.ports.subjects.identify(unit, school, identifier),
      );
      const { secret: cookie } = await hub.sessions.start({
        data: {
          ...{ controller: school, actorRole: "dataSubject", subject, origin, role, product },
          ...{ categories: [], dropped: [], refusals: [] },
        },
      });
      return { subject, controller: school, ...visitor(`preau=${cookie}`) };
    },
    /** Does what is due by now, until nothing is. */
    work: () => hub.worker.drain(),
    /** A call of the simulator's own. */
    ask: async <T = Record<string, unknown>>(method: string, where: string, body?: unknown): Promise<T> => {
      const reply = await fetch(`${simulated.url}${where}`, {
        method,
        headers: { "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await reply.json()) as T;
    },
    /** What a visitor writes at the desk, with its hooks delivered and dealt with; the session there. */
    write: async (visit: Readonly<Record<string, unknown>>): Promise<string> => {
      const reply = await fetch(`${simulated.url}/visitor`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(visit),
      });
      const { session_id } = (await reply.json()) as { readonly session_id: string };
      await fetch(`${simulated.url}/_hooks/settled`);
      await hub.worker.drain();
      return session_id;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await hub.close();
      await simulated.stop();
      folder.remove();
    },
  };
}

/** Of the simulated plugin. */
const IDENTIFIER = "e83f6a17-5d2c-4b09-a7e4-60c9d1b8f3a2";
const ACTORS: Readonly<Partial<Record<ActorRole, ActorId>>> = {
  support: "act_01kat2v6m0x3w8r5n9c4f7h1q2",
  publisherDpo: "act_01kat2v6m0x3w8r5n9c4f7h1q3",
};

function appOf(hub: Hub) {
  const { config, ports, sessions } = hub;
  const { log, clock, ids } = ports;
  const app = makeApp({
    ...{ log, clock, ids, sessions, publicUrl: config.publicUrl, title: "Préau", menu: [], version: "0" },
    ...{ signIn: "/sign-in", signOut: () => "/sign-out", formKey: Buffer.alloc(32, 3), trustProxy: false },
  });
  mountRoutes(app, routeTable(hub));
  return app;
}

function formOf(html: string, action: string): string {
  const forms = [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
  const form = forms.find(([, to]) => to === action)?.[2];
  if (form === undefined) throw new Error(`no form for ${action}`);
  return form;
}

/** Hidden fields of the first form of a page that leads there. */
export function hiddenIn(html: string, action: string): Record<string, string> {
  const fields = formOf(html, action).matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = "", value = ""]) => [name, value]));
}
