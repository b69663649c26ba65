/**
 * What we tell any desk that takes Standard Webhooks 1.0.0: one address, each thing a signed POST, so that no reference of anybody
 * stands in an address. What is sent and what is answered stands in the package's README. A desk that answers no questions (405, 501)
 * erases all the same; whether it has done so a person looks. @clause DC
 */
import { createHash, createHmac } from "node:crypto";
import { type Clock, millisOf, type Permit } from "@preau/kernel";
import { z } from "zod";
import type { DeskVisitor } from "../desk-event.ts";
import { fault } from "../errors.ts";
import type { GuardedFetch, Incoming } from "../guarded-fetch.ts";
import type { WallScope } from "../wall.ts";
import { deskAddress } from "./desk-address.ts";
import { redeemForDesk } from "./desk-permit.ts";
import type { DeskClient, Gone } from "./source.ts";

export interface StandardClientOptions {
  readonly fetch: GuardedFetch;
  readonly clock: Pick<Clock, "now">;
  readonly api: string;
  /** `whsec_` and base64, or base64 alone. */
  readonly key: string;
  readonly installation?: string;
  /** The recipient of annex C that the desk is. */
  readonly recipient: string;
}

const REFERENCE = /^[A-Za-z0-9_.:@-]{1,191}$/;
/** Bytes: 24 of them are the least that the standard allows. */
const SHORTEST_KEY = 24;
/** A conversation that no desk has. */
const NOBODYS = "preau-doctor";
const word = z.string().min(1).max(1_000).optional().catch(undefined);
const visitorShape = z.object({
  data: z
    .object({
      visitor: z.object({ id: word, name: word, email: word, telephone: word, token: word }).catch({}),
    })
    .catch({ visitor: {} }),
});

/** @throws SUPPORT_BAD_OPTIONS for an address that is not safe, or a short key */
export function standardClient(options: StandardClientOptions): DeskClient {
  const { fetch, clock, installation, recipient } = options;
  const url = new URL(deskAddress(options.api));
  const key = Buffer.from(options.key.replace(/^whsec_/, ""), "base64");
  if (key.length < SHORTEST_KEY) throw fault("SUPPORT_BAD_OPTIONS", { place: "plugins.support-bridge.key" });

  const tell = async (
    scope: WallScope,
    type: string,
    { own, ...data }: Readonly<Record<string, unknown>> & { readonly own: readonly string[] },
    { once, signal }: { readonly once?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Incoming> => {
    const now = clock.now();
    const body = JSON.stringify({
      ...{ type, timestamp: now },
      data: { ...(installation === undefined ? {} : { installation }), ...data },
    });
    const id = `msg_${createHash("sha256")
      .update(once ?? `${now} ${body}`)
      .digest("hex")
      .slice(0, 32)}`;
    const seconds = String(Math.floor(millisOf(now) / 1_000));
    const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
    const proofs = {
      "webhook-id": id,
      "webhook-timestamp": seconds,
      "webhook-signature": `v1,${signature}`,
    };
    const ours = [...own, now, ...(installation === undefined ? [] : [installation])];
    const outgoing = { method: "POST", url, at: url.href, own: ours, body } as const;
    const answer = await fetch(scope, outgoing, proofs, signal);
    if (answer.status === 429 || (answer.status >= 500 && answer.status !== 501))
      throw fault("SUPPORT_DESK_DEFERRED", { place: `HTTP ${answer.status}` });
    return answer;
  };

  const erase = async (type: string, about: About, signal: AbortSignal | undefined): Promise<Gone> => {
    const answer = await tell("all", type, about, { signal });
    return { outcome: isAbsent(answer, about) ? "absent" : "asked" };
  };
  const isThere = async (type: string, about: About, signal: AbortSignal | undefined): Promise<boolean> =>
    !isAbsent(await tell("all", type, about, { signal }), about);

  return {
    say: async (permit: Permit<"outsideGar">, { conversation, categories, text, fingerprint }, signal) => {
      const about = aboutOf("conversation", conversation);
      redeemForDesk(permit, { recipient, categories });
      const message = { author: "agent", text, fingerprint };
      const { status } = await tell(
        "all",
        "conversation.message.create",
        { ...about, own: [...about.own, fingerprint], message },
        { once: `say ${conversation} ${fingerprint}`, signal },
      );
      if (status >= 400) return { outcome: "refused", reason: `STANDARD_${status}` };
      return { outcome: "sent" };
    },
    visitor: async (conversation, signal): Promise<DeskVisitor | undefined> => {
      const about = aboutOf("conversation", conversation);
      const answer = await tell("all", "conversation.read", about, { signal });
      // It answers no questions: nothing is known of anybody.
      if (answer.status === 405 || answer.status === 501) return {};
      if (isAbsent(answer, about)) return undefined;
      const { json } = answer;
      const read = visitorShape.safeParse(json);
      const { id, name, email, telephone, token }: z.infer<typeof visitorShape>["data"]["visitor"] =
        read.success ? read.data.data.visitor : {};
      return {
        ...(token === undefined ? {} : { token }),
        ...(name === undefined ? {} : { name }),
        ...(email === undefined ? {} : { email }),
        ...(telephone === undefined ? {} : { telephone }),
        ...(id === undefined || !REFERENCE.test(id) ? {} : { person: id }),
      };
    },
    reach: async (signal) => {
      if (await isThere("conversation.read", aboutOf("conversation", NOBODYS), signal))
        throw fault("SUPPORT_DESK_REFUSED", { place: "a conversation that no desk has" });
    },
    eraseConversation: async (conversation, signal) =>
      erase("conversation.delete", aboutOf("conversation", conversation), signal),
    erasePerson: async (person, signal) => erase("visitor.delete", aboutOf("visitor", person), signal),
    isConversationThere: async (conversation, signal) =>
      isThere("conversation.read", aboutOf("conversation", conversation), signal),
    isPersonThere: async (person, signal) => isThere("visitor.read", aboutOf("visitor", person), signal),
  };
}

const absentShape = z.object({
  error: z.literal("not_found"),
  data: z.record(z.string(), z.object({ id: z.string() })),
});

/**
 * By the desk's own word, which says of what: any other 404 is a wrong address's, or a proxy's.
 * @throws SUPPORT_DESK_REFUSED for whatever is refused otherwise
 */
function isAbsent({ status, json }: Incoming, { own, ...about }: About): boolean {
  if (status < 400) return false;
  const read = absentShape.safeParse(json);
  const isOf = ([what]: readonly [string, unknown]) =>
    read.success && own.includes(read.data.data[what]?.id ?? "");
  if ((status === 404 || status === 410) && Object.entries(about).every(isOf)) return true;
  throw fault("SUPPORT_DESK_REFUSED", { place: `HTTP ${status}` });
}

/** Whom or what it is about, by the desk's own reference. */
type About = Readonly<Record<string, unknown>> & { readonly own: readonly string[] };

function aboutOf(what: "conversation" | "visitor", reference: string): About {
  const id = referenceIn(reference);
  return { [what]: { id }, own: [id] };
}

/** @throws SUPPORT_BAD_HOOK for what is no reference */
function referenceIn(reference: string): string {
  if (!REFERENCE.test(reference)) throw fault("SUPPORT_BAD_HOOK", { place: "reference" });
  return reference;
}
