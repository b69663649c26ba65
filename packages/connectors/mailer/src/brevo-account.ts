/**
 * What a Brevo account keeps of those to whom it carried a message: its log, contacts, the list of blocked addresses; and its web
 * hooks. Every call is one of API v3, as documented; of a refusal its status alone is read. @clause DC, D12.2
 */
import { setTimeout as wait } from "node:timers/promises";
import { addMillis, type Clock, type Json, NotYet } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { MailerOptions } from "./options.ts";
import { readSecretLine } from "./read-secret.ts";

export interface LoggedMail {
  readonly email: string;
  readonly messageId: string;
  readonly subject: string;
  readonly date: string;
}

export interface ProviderHook {
  readonly url: string;
  readonly events: readonly string[];
  readonly type: string;
  readonly batched: boolean;
  /** The token that it bears, as far as Brevo shows it; undefined where it bears none. */
  readonly token?: string;
}

export interface BrevoAccount {
  /** Everything that the log has to one address, from that day (`2026-11-23`) to that one. */
  logTo(email: string, days: Days, signal?: AbortSignal): Promise<readonly LoggedMail[]>;
  /** What the log has of one message, in those days: without them Brevo looks at the last thirty alone. */
  logOf(messageId: string, days: Days, signal?: AbortSignal): Promise<readonly LoggedMail[]>;
  /** Of an address, or of a message: done a day or two later. False where there is nothing. */
  deleteLog(identifier: string, signal?: AbortSignal): Promise<boolean>;
  /** Undefined where there is none. */
  contact(email: string, signal?: AbortSignal): Promise<Readonly<Record<string, Json>> | undefined>;
  deleteContact(email: string, signal?: AbortSignal): Promise<boolean>;
  /** Every blocked address, in lower case, with its reason. */
  blocked(signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  unblock(email: string, signal?: AbortSignal): Promise<boolean>;
  hooks(signal?: AbortSignal): Promise<readonly ProviderHook[]>;
}

export interface Days {
  readonly from: string;
  readonly until: string;
}

type AccountOptions = Pick<MailerOptions, "apiKey" | "apiKeyFile" | "apiSeconds" | "apiUrl">;

const PAGE = 100;
const LOG_PAGE = 500;
/** Days of one question: Brevo answers for a month at most. */
const MOST_DAYS = 28;
const DAY = 86_400_000;
/** A limit of two calls a second is waited for; one of a hundred an hour is somebody else's to wait for, and no failure. */
const MOST_WAIT_S = 5;
const MOST_PAUSE_S = 3_600;
const MOST_WAITS = 20;

interface Answer {
  readonly status: number;
  readonly body: Json | undefined;
}

/**
 * @throws MAIL_PROVIDER_LATER from every call, where the account does not answer as documented; caused by NotYet where a limit says
 *   when there is room again
 */
export function brevoAccount(options: AccountOptions, clock: Pick<Clock, "now">): BrevoAccount {
  const base = options.apiUrl.replace(/\/+$/, "");

  const call = async (method: "GET" | "DELETE", path: string, signal?: AbortSignal): Promise<Answer> => {
    const key = options.apiKey ?? (await readSecretLine(options.apiKeyFile ?? "", "apiKeyFile"));
    for (let waits = 0; ; waits += 1) {
      const late = AbortSignal.timeout(options.apiSeconds * 1_000);
      let response: Response;
      try {
        response = await fetch(`${base}${path}`, {
          ...{ method, redirect: "error", headers: { "api-key": key, accept: "application/json" } },
          signal: signal === undefined ? late : AbortSignal.any([late, signal]),
        });
      } catch (cause) {
        signal?.throwIfAborted();
        throw later("NO_ANSWER", cause);
      }
      if (response.status !== 429) return { status: response.status, body: await jsonIn(response) };
      await response.body?.cancel();
      const reset = Number(response.headers.get("x-sib-ratelimit-reset") ?? 1);
      if (!(reset <= MOST_WAIT_S) || waits >= MOST_WAITS) {
        const seconds = Math.min(Math.max(Number.isFinite(reset) ? reset : 0, MOST_WAIT_S), MOST_PAUSE_S);
        throw later("BREVO_429", new NotYet(addMillis(clock.now(), seconds * 1_000)));
      }
      await wait(Math.max(reset, 0.2) * 1_000, undefined, signal === undefined ? {} : { signal });
    }
  };

  const read = async (path: string, signal?: AbortSignal): Promise<Json | undefined> => {
    const { status, body } = await call("GET", path, signal);
    if (status === 404) return undefined;
    if (status !== 200) throw later(`BREVO_${status}`);
    return body;
  };

  const remove = async (path: string, signal?: AbortSignal): Promise<boolean> => {
    const { status } = await call("DELETE", path, signal);
    if (status === 404) return false;
    if (status < 200 || status > 299) throw later(`BREVO_${status}`);
    return true;
  };

  /** Page after page, until one is not full. */
  const pages = async <T>(path: string, part: string, reader: (each: Fields) => T, signal?: AbortSignal) => {
    const found: T[] = [];
    const size = path.startsWith("/smtp/emails") ? LOG_PAGE : PAGE;
    for (let offset = 0; ; offset += size) {
      const joint = path.includes("?") ? "&" : "?";
      const page = fieldsIn(await read(`${path}${joint}limit=${size}&offset=${offset}&sort=asc`, signal));
      const rows = listIn(page[part]);
      found.push(...rows.map(reader));
      if (rows.length < size) return found;
    }
  };

  const logged = async (about: string, days: Days, signal?: AbortSignal): Promise<readonly LoggedMail[]> => {
    const found: LoggedMail[] = [];
    for (const { from, until } of portionsOf(days)) {
      const query = `?${about}&startDate=${from}&endDate=${until}`;
      found.push(...(await pages(`/smtp/emails${query}`, "transactionalEmails", loggedIn, signal)));
    }
    return found;
  };

  return {
    logTo: (email, days, signal) => logged(`email=${encodeURIComponent(email)}`, days, signal),
    logOf: (messageId, days, signal) => logged(`messageId=${encodeURIComponent(messageId)}`, days, signal),
    deleteLog: (identifier, signal) => remove(`/smtp/log/${encodeURIComponent(identifier)}`, signal),
    contact: async (email, signal) => {
      const body = await read(`/contacts/${encodeURIComponent(email)}`, signal);
      return body === undefined ? undefined : fieldsIn(body);
    },
    deleteContact: (email, signal) => remove(`/contacts/${encodeURIComponent(email)}`, signal),
    blocked: async (signal) =>
      new Map(
        await pages(
          "/smtp/blockedContacts",
          "contacts",
          (each) => [textIn(each["email"]).toLowerCase(), textIn(fieldsIn(each["reason"])["code"])] as const,
          signal,
        ),
      ),
    unblock: (email, signal) => remove(`/smtp/blockedContacts/${encodeURIComponent(email)}`, signal),
    hooks: async (signal) => {
      const { webhooks } = fieldsIn(await read("/webhooks?type=transactional", signal));
      return listIn(webhooks).map(hookIn);
    },
  };
}

type Fields = Readonly<Record<string, Json>>;

function later(place: string, cause?: unknown) {
  return fault("MAIL_PROVIDER_LATER", { place, cause });
}

function* portionsOf({ from, until }: Days): Iterable<Days> {
  const last = Date.parse(until);
  for (let first = Date.parse(from); first <= last; first += MOST_DAYS * DAY)
    yield { from: dayOf(first), until: dayOf(Math.min(first + (MOST_DAYS - 1) * DAY, last)) };
}

function dayOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}

async function jsonIn(response: Response): Promise<Json | undefined> {
  const text = await response.text();
  try {
    return text === "" ? undefined : (JSON.parse(text) as Json);
  } catch {
    throw later("BREVO_NO_JSON");
  }
}

function fieldsIn(value: Json | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listIn(value: Json | undefined): readonly Fields[] {
  return Array.isArray(value) ? value.map((each: Json) => fieldsIn(each)) : [];
}

function textIn(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function loggedIn(each: Fields): LoggedMail {
  return {
    email: textIn(each["email"]),
    messageId: textIn(each["messageId"]),
    subject: textIn(each["subject"]),
    date: textIn(each["date"]),
  };
}

function hookIn(each: Fields): ProviderHook {
  const { events } = each;
  const token = tokenIn(each);
  return {
    url: textIn(each["url"]),
    events: Array.isArray(events) ? events.map((word: Json) => textIn(word)) : [],
    type: textIn(each["type"]),
    batched: each["batched"] === true,
    ...(token === undefined ? {} : { token }),
  };
}

/** As its own field, or as a header of that name; no other header is one. */
function tokenIn(each: Fields): string | undefined {
  const auth = fieldsIn(each["auth"]);
  if (textIn(auth["type"]).toLowerCase() === "bearer") return textIn(auth["token"]);
  const header = listIn(each["headers"]).find(({ key }) => textIn(key).toLowerCase() === "authorization");
  return header && textIn(header["value"]).replace(/^Bearer +/i, "");
}
