/** What a visitor's browser does to the desk: says who it is, where it stands, writes, sends a file. */
import { z } from "zod";
import { fileUrl, storeFile } from "./bucket-routes.ts";
import { addMessage, openConversation, setMeta } from "./converse.ts";
import type { Conversation, Desk } from "./desk.ts";
import { DeskRefusal } from "./envelope.ts";
import { tell } from "./events.ts";
import { isSessionId } from "./identifiers.ts";

const text = z.string().max(20_000).optional();

/** What `POST /visitor` takes, all of it optional: without a session or a token, somebody new comes. */
export const visit = z.strictObject({
  session_id: z.string().refine(isSessionId).optional(),
  /** Finds the conversation that was opened with it before. */
  token: z.string().min(1).max(200).optional(),
  ...{ nickname: text, email: text, phone: text },
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  segments: z.array(z.string()).optional(),
  /** The publisher's server vouched for the e-mail. */
  verified: z.boolean().optional(),
  page: z
    .object({ url: z.string(), title: z.string().default(""), referrer: z.string().default("") })
    .optional(),
  content: text,
  file: z
    .object({ name: z.string().min(1).max(200), type: z.string().max(200), base64: z.base64() })
    .optional(),
  /** Of the message; made when they are missing. */
  fingerprint: z.int().min(0).optional(),
  timestamp: z.int().min(0).optional(),
});
export type Visit = z.infer<typeof visit>;

export interface Visited {
  readonly session_id: string;
  /** Of the messages that this wrote. */
  readonly fingerprints: readonly number[];
}

/** @throws DeskRefusal 403 when the visitor is blocked */
export function writeAsVisitor(desk: Desk, given: Visit, userAgent = ""): Visited {
  const conversation = conversationFor(desk, given);
  if (userAgent !== "")
    conversation.meta.device = { ...conversation.meta.device, system: { useragent: userAgent } };
  const { nickname, email, phone, data, segments } = given;
  setMeta(desk, conversation, {
    ...{ nickname, email, phone, segments },
    data: data === undefined ? undefined : { ...conversation.meta.data, ...data },
  });
  if (given.verified === true && !conversation.is_verified) {
    conversation.is_verified = true;
    const verifications = [{ identity: "email", method: "signature", annotation: "" }];
    tell(desk, "session:update_verify", conversation, { is_verified: true, verifications });
  }
  seePage(desk, conversation, given.page);
  return { session_id: conversation.session_id, fingerprints: write(desk, conversation, given) };
}

function conversationFor(desk: Desk, { session_id, token }: Visit): Conversation {
  const known =
    session_id === undefined
      ? [...desk.conversations.values()].find((each) => token !== undefined && each.token === token)
      : desk.conversations.get(session_id);
  if (known?.is_blocked === true) throw new DeskRefusal(403, "blocked", "this visitor is blocked");
  const conversation = known ?? openConversation(desk, session_id);
  conversation.token = token ?? conversation.token;
  return conversation;
}

function seePage(desk: Desk, conversation: Conversation, page: Visit["page"]): void {
  if (page === undefined) return;
  const { url, title, referrer } = page;
  conversation.pages.unshift({
    ...{ page_title: title, page_url: url, page_referrer: referrer },
    timestamp: desk.now(),
  });
  const pages = conversation.pages.map(({ page_title, page_url, timestamp }) => ({
    ...{ page_title, page_url, timestamp },
  }));
  tell(desk, "session:sync:pages", conversation, { pages });
}

function write(desk: Desk, conversation: Conversation, given: Visit): readonly number[] {
  const { content, file, fingerprint, timestamp } = given;
  const message = { from: "user", origin: "chat", timestamp } as const;
  const written: number[] = [];
  if (content !== undefined && content !== "") {
    const text = addMessage(desk, conversation, { ...message, type: "text", content, fingerprint });
    written.push(text.fingerprint);
  }
  if (file !== undefined) {
    const { name, type, base64 } = file;
    const stored = storeFile(desk, { name, type, bytes: Buffer.from(base64, "base64") });
    const url = fileUrl(desk, stored);
    const sent = addMessage(desk, conversation, { ...message, type: "file", content: { name, type, url } });
    written.push(sent.fingerprint);
  }
  return written;
}
