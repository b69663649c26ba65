/** A simulated Brevo on any free port, the official client of it, and somebody who listens to its webhooks. */

import { readFileSync } from "node:fs";
import { type IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { BrevoClient } from "@getbrevo/brevo";
import { makeFolder } from "@preau/testing";
import express from "express";
import { brevoSimulator } from "../../src/brevo/brevo-simulator.ts";
import { listen } from "../../src/listen.ts";

interface Heard {
  readonly body: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
  readonly headers: IncomingHttpHeaders;
}

interface TakenMail {
  readonly messageId: string;
  readonly subject: string;
  readonly takenAt: string;
  readonly recipients: readonly { readonly email: string; readonly events: readonly string[] }[];
}

interface MadeCall {
  readonly state: string;
  readonly attempts: readonly { readonly status?: number }[];
}

export const sender = { email: "preau@plume.example", name: "Plume" };

export async function brevoWorld() {
  const folder = makeFolder();
  const start = (environment: Readonly<Record<string, string>> = {}) =>
    brevoSimulator.start({ port: 0, dataFolder: folder.path, environment });
  let running = await start();
  const apiKey = readFileSync(join(folder.path, "mail", "api-key"), "utf8").trim();

  const heard: Heard[] = [];
  const answers: (number | "none")[] = [];
  const listener = express();
  listener.post("/hook", express.json({ limit: "1mb" }), (request, response) => {
    heard.push({ body: request.body as Heard["body"], headers: request.headers });
    const answer = answers.shift() ?? 200;
    if (answer === "none") response.socket?.destroy();
    else response.status(answer).end();
  });
  const hooks = await listen(listener, 0);

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${running.url}${path}`, {
      method,
      headers: { "content-type": "application/json", "api-key": apiKey, ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json: any = text === "" ? undefined : JSON.parse(text); // eslint-disable-line @typescript-eslint/no-explicit-any -- read by path
    return { status: response.status, headers: response.headers, body: json };
  };

  return {
    url: () => running.url,
    apiKey,
    hookUrl: hooks.url.replace("http://", "http://hub:pass%20word@") + "/hook",
    plainHookUrl: `${hooks.url}/hook`,
    heard,
    /** Statuses of the next answers to webhooks; then 200. */
    answers,
    call,
    client: () => new BrevoClient({ apiKey, baseUrl: `${running.url}/v3`, maxRetries: 0 }),
    advance: (seconds: number) => call("POST", "/_advance", { seconds }),
    mails: async () => (await call("GET", "/_mails")).body.mails as readonly TakenMail[],
    deliveries: async () => (await call("GET", "/_deliveries")).body.deliveries as readonly MadeCall[],
    switchOn: (name: string, value: string | number = "on") =>
      call("POST", "/_faults", { [name]: String(value) }),
    /** Everything in order, nothing remembered but the settings of the account. */
    clear: async () => {
      await call("DELETE", "/_faults");
      await call("DELETE", "/_mails");
      await call("POST", "/_faults", { unlimited: "on" });
      heard.length = 0;
      answers.length = 0;
    },
    restart: async (environment: Readonly<Record<string, string>> = {}) => {
      await running.stop();
      running = await start(environment);
    },
    stop: async () => {
      await Promise.all([running.stop(), hooks.stop()]);
      folder.remove();
    },
  };
}

export type BrevoWorld = Awaited<ReturnType<typeof brevoWorld>>;
