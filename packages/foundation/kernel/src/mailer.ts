/**
 * Technical mail, put in the outbox with the business change. The gate is asked when the message really leaves.
 * Addresses and variables are sealed at rest; subjects, tags and headers carry no personal data. @clause DC
 */
import type { Flow } from "./gate.ts";
import type { MessageId } from "./ids.ts";
import type { Json } from "./json.ts";
import type { Language } from "./language.ts";
import type { Unit } from "./unit-of-work.ts";

export interface MailAddress {
  readonly name?: string;
  /** One address, RFC 5321 mailbox, already validated; never a list. */
  readonly address: string;
}

export interface Message {
  /** `plugin.template`, declared by the plugin. */
  readonly template: string;
  readonly language: Language;
  readonly to: MailAddress;
  readonly variables: Readonly<Record<string, Json>>;
  /** What the message carries and why; `send`, or `answer` when it answers a data subject. */
  readonly flow: Flow & { readonly operation: "send" | "answer" };
  /** Idempotency: one message a key, ever. At most 191 printable ASCII characters, opaque ids alone. */
  readonly key: string;
  /** 0 first. 100 by default; deadlines of the law use less. */
  readonly priority?: number;
}

export interface Mailer {
  /** Queues one message with the unit; the same key twice is one message. @throws UNIT_CLOSED */
  send(unit: Unit, message: Message): Promise<MessageId>;
  /** As `send` of each, in fewer statements: a notice to every controller. Their ids, in the order of the messages. */
  sendMany?(unit: Unit, messages: readonly Message[]): Promise<readonly MessageId[]>;
}
