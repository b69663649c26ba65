/** The mailer over real databases, with a simulated Brevo behind it. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { compileGateTable, oneAgreement } from "@preau/agreement";
import {
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  openDatabase,
} from "@preau/database";
import {
  controllerId,
  type Message,
  type MessageTemplate,
  makeEvents,
  makeGate,
  makeIds,
  type Plugin,
  type Ports,
  type PreauEvents,
  type SubjectId,
  silentLog,
  systemClock,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { type MailerOptions, mailerPlugin, makeMailer, makePost } from "@preau/mailer";
import { brevoSimulator } from "@preau/simulators";
import { freePort, makeFolder } from "@preau/testing";
import { readAgreement } from "../src/read-agreement.ts";
import { message, relay } from "./relay-message.ts";

export const [ACACIAS, TILLEULS] = [controllerId("lycee-des-acacias"), controllerId("ecole-des-tilleuls")];
const KEY = "xkeysib-simulated-0123456789";
const agreement = readAgreement(undefined);

export interface ProviderHouseOptions {
  readonly options?: Partial<MailerOptions>;
  readonly templates?: readonly MessageTemplate[];
  /** What the simulated Brevo does wrong, or otherwise: `unlimited`, `log-deleted-at-once`… */
  readonly switches?: readonly string[];
}

export async function openProviderHouse({
  options: given = {},
  templates = [relay],
  switches = [],
}: ProviderHouseOptions = {}) {
  const folder = makeFolder();
  const dataFolder = folder.path;
  mkdirSync(path.join(dataFolder, "mail"), { recursive: true });
  const brevo = await brevoSimulator.start({
    ...{ port: await freePort(), dataFolder },
    environment: { PREAU_SIM_MAIL_API_KEY: KEY, PREAU_SIM_MAIL_SPEED: "1" },
  });
  const plugin: Plugin<MailerOptions> = mailerPlugin;
  const options = plugin.options.parse({
    ...{ apiKey: KEY, apiUrl: `${brevo.url}/v3`, from: "preau@marelle.example" },
    ...{ publicUrl: "https://preau.example", ...given },
  });
  const clock = systemClock;
  const ids = makeIds(clock);
  const [database, keysDatabase] = [
    await openDatabase({ url: "sqlite::memory:" }),
    await openDatabase({ url: "sqlite::memory:" }),
  ];
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [databaseMigrations, { owner: "mailer", migrations: plugin.migrations }]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const unitOfWork = makeUnitOfWork(database);
  const jobs = makeJobs({ clock, ids });
  const settled: PreauEvents["mail.settled"][] = [];
  const table = compileGateTable(agreement);
  const post = makePost(options, templates);
  const ports = {
    agreements: oneAgreement(agreement),
    ...{ clock, ids, jobs, post, unitOfWork, vault, log: silentLog },
    events: makeEvents([{ "mail.settled": async (event) => void settled.push(event) }]),
    gate: makeGate({ clock, tableFor: () => table }),
    mailer: makeMailer({ clock, ids, jobs, vault }),
  };
  const worker = makeWorker({
    ...{ database, clock, ids },
    handlers: plugin.jobs(ports as unknown as Ports, options),
  });
  /** A call of the simulator's own, or of Brevo's API. */
  const ask = async (method: string, where: string, body?: unknown) => {
    const answer = await fetch(`${brevo.url}${where}`, {
      method,
      headers: { "api-key": KEY, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: (text.startsWith("{") ? JSON.parse(text) : {}) as Readonly<Record<string, unknown>>,
    };
  };
  const turn = (name: string, to: string) => ask("POST", "/_faults", { [name]: to });
  for (const name of switches) await turn(name, "on");
  return {
    ...ports,
    ...{ options, database, settled, worker, ask, turn, brevo, plugin },
    sources: plugin.personalData(ports as unknown as Ports, options),
    /** Sends a message about a person, to the person, and lets it leave. */
    sendTo: async (subject: SubjectId, address: string, key: string, change: Partial<Message> = {}) => {
      const each = message(ACACIAS, key, { to: { address }, ...change });
      const flow = {
        ...{ ...each.flow, product: "plume", role: "teacher", subject, purpose: "runPlatform" },
        categories: ["workEmail"],
      } as Message["flow"];
      const id = await unitOfWork.transaction((unit) => ports.mailer.send(unit, { ...each, flow }));
      await worker.drain();
      return id;
    },
    row: async (id: string) =>
      (await database.knex("mlr_message").where({ id }).first()) as Record<string, unknown>,
    close: async () => {
      post.close();
      await brevo.stop();
      await database.close();
      await keysDatabase.close();
      folder.remove();
    },
  };
}
