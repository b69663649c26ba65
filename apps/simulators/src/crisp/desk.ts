/** What the desk holds, in memory: conversations, people, files. It is gone when the simulator stops. */
import type { Faults } from "../faults.ts";
import type { deskDefects } from "./defects.ts";

export const MESSAGE_TYPES = [
  "text",
  "file",
  "animation",
  "audio",
  "carousel",
  "note",
  "picker",
  "field",
  "event",
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

export const STATES = ["pending", "unresolved", "resolved"] as const;
export type ConversationState = (typeof STATES)[number];

type Data = Record<string, string | number | boolean>;
export type Fields = Readonly<Record<string, unknown>>;

/** As the wire shows it, names and all. */
export interface Message {
  session_id: string;
  website_id: string;
  type: MessageType;
  from: "user" | "operator";
  origin: string;
  content: string | Fields;
  fingerprint: number;
  timestamp: number;
  user: Fields;
  stamped: true;
  mentions: string[];
  preview: never[];
  references: Fields[];
  read: string;
  delivered: string;
  edited: boolean;
  translated: boolean;
  automated: boolean;
  properties?: Fields;
}

export interface Meta {
  nickname: string;
  email: string;
  phone: string;
  address: string;
  subject: string;
  avatar: string;
  ip: string;
  data: Data;
  segments: string[];
  origin: string;
  device: Fields;
  connection: Fields;
}

interface VisitedPage {
  page_title: string;
  page_url: string;
  page_referrer: string;
  timestamp: number;
}

export interface Conversation {
  readonly session_id: string;
  state: ConversationState;
  is_verified: boolean;
  is_blocked: boolean;
  people_id: string | undefined;
  /** What the publisher's page told the widget, so that a person finds the conversation again. */
  token: string | undefined;
  readonly meta: Meta;
  messages: Message[];
  pages: VisitedPage[];
  events: Fields[];
  participants: Fields[];
  assigned: string | null;
  inbox_id: string | null;
  unread: { operator: number; visitor: number };
  readonly created_at: number;
  updated_at: number;
  waiting_since: number | undefined;
}

export interface Person {
  readonly people_id: string;
  email: string;
  person: Fields;
  company: Fields;
  segments: string[];
  notepad: string;
  active: number;
  data: Data;
  events: Fields[];
  subscribed: boolean;
  readonly created_at: number;
  updated_at: number;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  bytes: Buffer;
  /** The conversation that it belongs to, once a message names it. */
  session_id: string | undefined;
}

/** The desk that every route works on. */
export interface Desk {
  readonly websiteId: string;
  readonly pluginId: string;
  /** `http://localhost:8704`. */
  readonly url: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly faults: Faults<typeof deskDefects>;
  readonly conversations: Map<string, Conversation>;
  readonly people: Map<string, Person>;
  readonly files: Map<string, StoredFile>;
  /** Tells the plugin and the website's hook; answers at once. */
  readonly emit: (event: string, data: Fields) => void;
  /** Does something in so many milliseconds, unless the desk stops before. */
  readonly later: (millis: number, act: () => void) => void;
}
