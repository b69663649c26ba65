/**
 * What we tell Crisp: its REST API, version 1, with a plugin's identifier and key. Ids go into paths, so that each is held to its
 * own form first: the supplier's own client joins them unread. @clause DC
 */
import type { Permit } from "@preau/kernel";
import { z } from "zod";
import type { DeskVisitor } from "../desk-event.ts";
import { fault } from "../errors.ts";
import type { GuardedFetch, Incoming, Outgoing } from "../guarded-fetch.ts";
import type { WallScope } from "../wall.ts";
import { isAbsent, requireWebsite } from "./crisp-absence.ts";
import { deskAddress } from "./desk-address.ts";
import { redeemForDesk } from "./desk-permit.ts";
import type { DeskClient, Gone } from "./source.ts";

export interface CrispClientOptions {
  readonly fetch: GuardedFetch;
  readonly api: string;
  readonly website: string;
  readonly identifier: string;
  readonly key: string;
  /** The recipient of annex C that the desk is. */
  readonly recipient: string;
}

/** `session_` and a UUID; people have a UUID. */
const SESSION = /^session_[0-9a-f-]{36}$/;
const PERSON = /^[0-9a-f-]{36}$/;
/** Of a path: a conversation, a person, our own number of a message. */
const REFERENCE = /^(?:(?:session_)?[0-9a-f-]{36}|\d{1,16})$/;
/** A word of what we told it to keep: our token. */
const TOKEN = "preau";
const text = z
  .string()
  .catch("")
  .transform((value) => (value === "" ? undefined : value));
const meta = z.object({
  nickname: text,
  email: text,
  phone: text,
  data: z.record(z.string(), z.unknown()).catch({}),
});
const conversationShape = z.object({ people_id: text, meta: meta.partial().catch({}) });

export function crispClient(options: CrispClientOptions): DeskClient {
  const { fetch, website, identifier, key, recipient } = options;
  const secrets = {
    authorization: `Basic ${Buffer.from(`${identifier}:${key}`).toString("base64")}`,
    "x-crisp-tier": "plugin",
  };
  const base = `${deskAddress(options.api)}/website/${encodeURIComponent(website)}`;

  const ask = async (
    scope: WallScope,
    method: Outgoing["method"],
    path: string,
    {
      body,
      own = [],
      signal,
    }: {
      readonly body?: object;
      readonly own?: readonly string[];
      readonly signal?: AbortSignal | undefined;
    } = {},
  ): Promise<Incoming> => {
    const outgoing = {
      ...{ method, at: base, own: [...path.split("/").filter((each) => REFERENCE.test(each)), ...own] },
      url: new URL(`${base}${path}`),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await fetch(scope, outgoing, secrets, signal);
    if (answer.status === 420 || answer.status === 429 || answer.status >= 500)
      throw fault("SUPPORT_DESK_DEFERRED", { place: `HTTP ${answer.status}` });
    return answer;
  };

  const reach = async (signal: AbortSignal | undefined): Promise<void> =>
    requireWebsite(await ask("all", "GET", "", { signal }), website);
  let isReached = false;
  /** Before the first thing is said to be absent: it is our website that says so. */
  const absent = async (answer: Incoming, signal: AbortSignal | undefined): Promise<boolean> => {
    if (!isAbsent(answer)) return false;
    if (!isReached) await reach(signal);
    isReached = true;
    return true;
  };

  const erase = async (path: string, signal: AbortSignal | undefined): Promise<Gone> => {
    const answer = await ask("all", "DELETE", path, { signal });
    return { outcome: (await absent(answer, signal)) ? "absent" : "asked" };
  };
  const isThere = async (path: string, signal: AbortSignal | undefined): Promise<boolean> =>
    !(await absent(await ask("all", "GET", path, { signal }), signal));

  return {
    say: async (
      permit: Permit<"outsideGar">,
      { conversation, categories, text: content, fingerprint },
      signal,
    ) => {
      const path = `${conversationPath(conversation)}/message`;
      redeemForDesk(permit, { recipient, categories });
      const body = {
        type: "text",
        from: "operator",
        origin: "urn:preau",
        content,
        fingerprint: Number(fingerprint),
      };
      const { status } = await ask("all", "POST", path, { body, own: [fingerprint], signal });
      if (status >= 400) return { outcome: "refused", reason: `CRISP_${status}` };
      return { outcome: "sent" };
    },
    wasSaid: async (conversation, fingerprint, signal) => {
      const path = `${conversationPath(conversation)}/message/${fingerprint}`;
      const { status, json } = await ask("all", "GET", path, { signal });
      const read = z.object({ data: z.object({ fingerprint: z.number() }) }).safeParse(json);
      return status < 400 && read.success && String(read.data.data.fingerprint) === fingerprint;
    },
    visitor: async (conversation, signal): Promise<DeskVisitor | undefined> => {
      const answer = await ask("all", "GET", conversationPath(conversation), { signal });
      if (await absent(answer, signal)) return undefined;
      const read = z.object({ data: conversationShape }).safeParse(answer.json);
      if (!read.success) throw fault("SUPPORT_DESK_REFUSED", { place: "conversation" });
      const { people_id: person, meta: said } = read.data.data;
      const token = said.data?.[TOKEN];
      return {
        ...(typeof token === "string" ? { token } : {}),
        ...(said.nickname === undefined ? {} : { name: said.nickname }),
        ...(said.email === undefined ? {} : { email: said.email }),
        ...(said.phone === undefined ? {} : { telephone: said.phone }),
        ...(person === undefined ? {} : { person }),
      };
    },
    reach,
    eraseConversation: (conversation, signal) => erase(conversationPath(conversation), signal),
    erasePerson: (person, signal) => erase(personPath(person), signal),
    isConversationThere: (conversation, signal) => isThere(conversationPath(conversation), signal),
    isPersonThere: (person, signal) => isThere(personPath(person), signal),
  };
}

/** @throws SUPPORT_BAD_HOOK for what is no conversation of Crisp's */
function conversationPath(conversation: string): string {
  if (!SESSION.test(conversation)) throw fault("SUPPORT_BAD_HOOK", { place: "session_id" });
  return `/conversation/${conversation}`;
}

function personPath(person: string): string {
  if (!PERSON.test(person)) throw fault("SUPPORT_BAD_HOOK", { place: "people_id" });
  return `/people/profile/${person}`;
}
