/** What one simulated account holds. Plain data: it is written to a file and read again. */
import type { Left } from "./agenda.ts";
import type { EventName } from "./event-names.ts";

export interface MailAddress {
  readonly email: string;
  readonly name?: string;
}

export interface MailAttachment {
  readonly name: string;
  readonly url?: string;
  /** Of the decoded content; 0 where an address was given. */
  readonly bytes: number;
}

export interface MailContent {
  readonly sender: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly replyTo?: MailAddress;
  readonly subject: string;
  readonly htmlContent?: string;
  readonly textContent?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly attachments: readonly MailAttachment[];
}

export interface Mail extends MailContent {
  /** `<…@…>` */
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  readonly scheduledAt?: number;
  readonly batchId?: string;
  state: "queued" | "processed";
}

export interface LoggedEvent {
  readonly name: EventName;
  readonly at: number;
  readonly reason?: string;
}

/** One line of the transactional log: a mail to one address. */
export interface Recipient {
  readonly uuid: string;
  readonly messageId: string;
  readonly email: string;
  readonly at: number;
  readonly events: LoggedEvent[];
}

export type BlockReason =
  | "unsubscribedViaMA"
  | "unsubscribedViaEmail"
  | "adminBlocked"
  | "unsubscribedViaApi"
  | "hardBounce"
  | "contactFlaggedAsSpam";

interface BlockedContact {
  readonly email: string;
  readonly senderEmail: string | null;
  readonly reason: BlockReason;
  readonly at: number;
}

export interface Contact {
  readonly id: number;
  readonly email?: string;
  readonly extId?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly listIds: readonly number[];
  readonly emailBlacklisted: boolean;
  readonly smsBlacklisted: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface WebhookSettings {
  readonly url: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly type: "transactional" | "marketing" | "inbound";
  readonly batched: boolean;
  readonly auth?: { readonly type: string; readonly token: string };
  readonly headers: readonly { readonly key: string; readonly value: string }[];
}

export interface Webhook extends WebhookSettings {
  readonly id: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

interface DeliveryAttempt {
  readonly at: number;
  /** HTTP status; absent when there was no answer. */
  readonly status?: number;
}

export interface Delivery {
  readonly id: number;
  readonly webhook: number;
  /** One event, or those of a batch. */
  readonly payloads: readonly Readonly<Record<string, unknown>>[];
  readonly batched: boolean;
  readonly attempts: DeliveryAttempt[];
  state: "waiting" | "delivered" | "given up" | "lost";
}

interface Process {
  readonly id: number;
  readonly name: string;
  status: "queued" | "completed";
  readonly logDeletion?: LogDeletion;
}

export interface LogDeletion {
  /** A message id or an address. */
  readonly identifier: string;
  /** Epoch milliseconds, both included: only what was logged in between. */
  readonly from: number;
  readonly until: number;
}

export interface AccountState {
  readonly mails: Map<string, Mail>;
  readonly recipients: Map<string, Recipient>;
  /** By address in lower case. */
  readonly blocked: Map<string, BlockedContact>;
  readonly contacts: Map<number, Contact>;
  readonly webhooks: Map<number, Webhook>;
  readonly deliveries: Map<number, Delivery>;
  /** Events that wait for the end of a batch's window, by webhook. */
  readonly batches: Map<number, Readonly<Record<string, unknown>>[]>;
  readonly processes: Map<number, Process>;
  /** Until when an idempotency key counts. */
  readonly keys: Map<string, number>;
  lastNumber: number;
}

export function emptyAccount(): AccountState {
  return {
    mails: new Map(),
    recipients: new Map(),
    blocked: new Map(),
    contacts: new Map(),
    webhooks: new Map(),
    deliveries: new Map(),
    batches: new Map(),
    processes: new Map(),
    keys: new Map(),
    lastNumber: 1_000,
  };
}

/** The next number for a webhook, a contact, a process or a delivery. */
export function nextNumber(state: AccountState): number {
  state.lastNumber += 1;
  return state.lastNumber;
}

/** As text for a file, with what is still to come. */
export function writeAccount(state: AccountState, left: Left): string {
  const plain = (_name: string, value: unknown): unknown =>
    value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
  return JSON.stringify({ state, left }, plain);
}

/** What `writeAccount` wrote; the file is this program's own. */
export function readAccount(text: string): { readonly state: AccountState; readonly left: Left } {
  const written = JSON.parse(text) as { state: Record<string, unknown>; left: Left };
  const state: Record<string, unknown> = { ...emptyAccount() };
  for (const [name, value] of Object.entries(written.state)) {
    state[name] = Array.isArray(value) ? new Map(value as [unknown, unknown][]) : value;
  }
  return { state: state as unknown as AccountState, left: written.left };
}
