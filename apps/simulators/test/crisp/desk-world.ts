/** A running desk, what it was configured with, and somebody who receives its hooks. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { makeFolder } from "@preau/testing";
import { Crisp } from "crisp-api";
import { crispSimulator } from "../../src/crisp/crisp-simulator.ts";

export interface ReceivedHook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the desk's own routes answer, all of it: each gives some. */
interface DeskAnswer {
  readonly deliveries: readonly {
    id: string;
    state: string;
    status: number;
    attempt: number;
    body: string;
  }[];
  readonly targets: Readonly<Record<string, string>>;
  readonly captured: readonly { text: string; body: string; headers: [string, string][]; path: string }[];
  readonly requests: number;
  readonly bytes: number;
  readonly lost: number;
  readonly conversations: readonly unknown[];
  readonly people: readonly unknown[];
  readonly files: readonly unknown[];
  readonly faults: readonly { name: string; says: string }[];
  readonly messages: readonly { type: string }[];
  readonly session_id: string;
  readonly fingerprints: number[];
}

export interface DeskWorld {
  readonly url: string;
  readonly at: Readonly<Record<string, string>>;
  readonly website: string;
  /** Contents of the secrets' files. */
  readonly key: string;
  readonly secret: string;
  readonly nextSecret: string;
  readonly urlKey: string;
  readonly hooks: ReceivedHook[];
  /** What the receiver answers; 200 by default. */
  readonly answers: number[];
  client(): Crisp;
  json(path: string, init?: RequestInit): Promise<DeskAnswer>;
  faults(wanted: Readonly<Record<string, string | number>>): Promise<void>;
  visit(visit: object): Promise<Pick<DeskAnswer, "session_id" | "fingerprints">>;
  /** Waits for all deliveries, then gives what came since the last time. */
  settled(): Promise<readonly ReceivedHook[]>;
  /** Switches off, empties desk, captured requests and received hooks. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDesk(environment: Readonly<Record<string, string>> = {}): Promise<DeskWorld> {
  const folder = makeFolder();
  const hooks: ReceivedHook[] = [];
  const answers: number[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      hooks.push({ url: request.url ?? "", headers: request.headers, body });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", () => resolve()));
  const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
  const running = await crispSimulator.start({
    port: 0,
    dataFolder: folder.path,
    environment: {
      PREAU_SIM_DESK_HOOK: to,
      PREAU_SIM_DESK_WEBSITE_HOOK: `${to}?key=of-the-url`,
      ...environment,
    },
  });
  const at = Object.fromEntries((running.addresses ?? []).map((address) => [address.id, address.at]));
  const secretOf = (id: string) => readFileSync(at[id] ?? "", "utf8").trim();
  const json = async (path: string, init: RequestInit = {}) => {
    const headers = { accept: "application/json", "content-type": "application/json" };
    const response = await fetch(running.url + path, { headers, ...init });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as DeskAnswer;
  };
  const post = (path: string, body: object) => json(path, { method: "POST", body: JSON.stringify(body) });
  return {
    url: running.url,
    at,
    website: at["website"] ?? "",
    key: secretOf("key"),
    secret: secretOf("hookSecret"),
    nextSecret: secretOf("nextHookSecret"),
    urlKey: secretOf("hookKey"),
    hooks,
    answers,
    client: () => {
      const client = new Crisp();
      client.setRestHost(running.url);
      client.authenticateTier("plugin", at["identifier"] ?? "", secretOf("key"));
      return client;
    },
    json,
    faults: async (wanted) => {
      await post("/_faults", wanted);
    },
    visit: (visit) => post("/visitor", visit),
    settled: async () => {
      await json("/_hooks/settled");
      return hooks.splice(0);
    },
    reset: async () => {
      for (const path of ["/_faults", "/_desk", "/_captured", "/_hooks"])
        await json(path, { method: "DELETE" });
      await json("/_hooks/settled");
      hooks.length = 0;
      answers.length = 0;
    },
    stop: async () => {
      await running.stop();
      await new Promise<void>((resolve) => {
        receiver.close(() => resolve());
        receiver.closeAllConnections();
      });
      folder.remove();
    },
  };
}
