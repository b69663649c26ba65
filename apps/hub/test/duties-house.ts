/**
 * Two schools' hub with a mail server before it and a clock that is told: its pages over HTTP, its jobs when they are asked for,
 * so that days pass between two lines of a test.
 */
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  type ActorRole,
  type ControllerId,
  controllerId,
  type Instant,
  manualClock,
  type SubjectId,
  silentLog,
} from "@preau/kernel";
import { simulators, startSimulators } from "@preau/simulators";
import { freePort, makeFolder } from "@preau/testing";
import { makeApp, mountRoutes } from "@preau/web";
import { SMTPServer } from "smtp-server";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";
import { routeTable } from "../src/route-table.ts";
import { cookieOfRole } from "./signed-in.ts";

export const MINISTRY = controllerId("ministry");
export const MIRABELLIERS = controllerId("ecole-des-mirabelliers");
/** Of the publisher's own mailbox; messages come back to it. */
const FROM = "preau@editeur.example";
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const controller = (id: ControllerId, rest: string, officer: string) => `
  - id: ${id}
    name: ${id}
${rest}
    officers: [{ role: dpo, name: Solveig Amaury-Kern, email: ${officer} }]
    contracts:
      - reference: ${id}-1
        products: [plume, jardin]
        startsOn: 2026-09-01
        endsOn: 2031-08-31
        legalBases: { plume: { runPlatform: publicTask, support: publicTask, traceability: legalObligation } }
        attested: true`;

function yamlOf(mailPort: number): string {
  return `name: preau-duties
keyBackupHours: 0
plugins: { mailer: { host: 127.0.0.1, port: ${mailPort}, from: ${FROM} } }
controllers:${controller(MINISTRY, "    kind: ministry\n    region: metropole", "dpo@ministere.example")}${controller(
    MIRABELLIERS,
    "    kind: school\n    uai: 0579901C\n    goodFriday: holiday",
    "dpo@mirabelliers.example",
  )}
lms:
  - id: school
    controller: ministry
    map: ${path.join(ROOT, "apps/simulators/maps/demo-school-1.yaml")}
    database: sqlite:simulators/school/school.sqlite
    signIn: { identifier: gar.ido, table: sch_account, column: gar_id, key: id }
`;
}

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly headers: string;
  /** Every part of it, decoded. */
  readonly text: string;
}

/** Takes every message but those to boxes that it is told not to know. */
async function startMailServer() {
  const received: ReceivedMail[] = [];
  const unknown = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo: ({ address }, _session, done) =>
      done(unknown.has(address) ? Object.assign(new Error("no such user"), { responseCode: 550 }) : null),
    onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("latin1");
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address).join(),
          headers: raw.slice(0, raw.indexOf("\r\n\r\n")),
          text: decoded(raw.slice(raw.indexOf("\r\n\r\n"))),
        });
        done();
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { received, unknown, port, close };
}

/** Quoted-printable, as this mailer writes it. */
function decoded(raw: string): string {
  const bytes = raw
    .replaceAll(/=\r\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

export interface Reply {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
}

export type DutiesHouse = Awaited<ReturnType<typeof startDutiesHouse>>;

export async function startDutiesHouse(start: Instant) {
  const clock = manualClock(start);
  const folder = makeFolder();
  const mail = await startMailServer();
  const environment = {
    PREAU_DATA: path.join(folder.path, "data"),
    PREAU_PORT: String(await freePort()),
    PREAU_SIM_SCHOOL_PORT: String(await freePort()),
  };
  writeFileSync(path.join(folder.path, "preau.yaml"), yamlOf(mail.port));
  const running = await startSimulators(
    environment,
    simulators.filter(({ id }) => id === "school"),
  );
  const config = readConfig(environment, folder.path);
  const open = () => openHub(config, { clock, log: silentLog });
  const hub = await open();
  const server = createServer(appOf(hub)).listen(config.port, "127.0.0.1");
  await once(server, "listening");
  const url = config.publicUrl;

  const ask = async (where: string, init: RequestInit = {}): Promise<Reply> => {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries({ accept: "text/html", "accept-language": "fr", origin: url }))
      headers.set(name, value);
    const reply = await fetch(new URL(where, url), { ...init, headers, redirect: "manual" });
    return { status: reply.status, html: await reply.text(), location: reply.headers.get("location") };
  };
  /** A person at their browser, or anybody where there is no cookie. */
  const visitor = (cookie = "") => {
    let jar = cookie;
    const get = async (where: string) => ask(where, { headers: { cookie: jar } });
    return {
      get,
      /** The form of a page, sent with these fields. */
      post: async (page: string, action: string, fields: Readonly<Record<string, string>> = {}) => {
        const shown = await fetch(new URL(page, url), {
          headers: { accept: "text/html", "accept-language": "fr", cookie: jar },
        });
        const set = shown.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
        jar = [jar, ...set].filter((each) => each !== "").join("; ");
        const html = await shown.text();
        const hidden = Object.fromEntries(
          [...formOf(html, action).matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
            ([, name = "", value = ""]) => [name, value],
          ),
        );
        const body = new URLSearchParams({ ...hidden, ...fields });
        return ask(action, { method: "POST", body, headers: { cookie: jar } });
      },
    };
  };

  return {
    ...{ hub, open, clock, mail, url, folder: folder.path, environment, visitor },
    as: async (role: ActorRole, where?: ControllerId) => visitor(await cookieOfRole(hub, role, where)),
    person: async (subject: SubjectId) => {
      const { secret } = await hub.sessions.start({
        data: {
          ...{ controller: MINISTRY, actorRole: "dataSubject", subject, origin: "gar", role: "teacher" },
          ...{ categories: [], dropped: [], refusals: [] },
        },
      });
      return visitor(`preau=${secret}`);
    },
    /** Does what is due by now, until nothing is. */
    work: () => hub.worker.drain(),
    /** Whether a text stands anywhere in the files of a database, those of its log too. */
    stands: (text: string, database: "hub" | "keys" | "simulators/school/school") =>
      ["", "-wal"]
        .map((end) => path.join(environment.PREAU_DATA, `${database}.sqlite${end}`))
        .some((file) => existsSync(file) && readFileSync(file).includes(text)),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await hub.close();
      await Promise.all(running.map((each) => each.stop()));
      await mail.close();
      folder.remove();
    },
  };
}

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

/** The path of the first link of ours in a mail that has such a one. */
export function linkIn(mail: ReceivedMail | undefined, under: string): string {
  const found = new RegExp(`${under}/[A-Za-z0-9_-]{43}`).exec(mail?.text ?? "")?.[0];
  if (found === undefined) throw new Error(`no link under ${under}`);
  return found;
}
