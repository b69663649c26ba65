/** What the mailer's log tells of a message without opening it. */
import type { ControllerId, Instant, Language, MessageId, SubjectId } from "@preau/kernel";

export const messageStates = [
  /** Waits for its turn, for another try, or for a transport. */
  "queued",
  /** The next server took it, or the catcher shows it. */
  "accepted",
  /** A server refused it for good, or it came back. */
  "bounced",
  /** The gate kept it here. */
  "refused",
  /** Given up: no server took it within its tries. */
  "dead",
] as const;
export type MessageState = (typeof messageStates)[number];

export interface MessageLine {
  readonly id: MessageId;
  readonly controller: ControllerId;
  readonly key: string;
  /** Whom it is about, where that is a data subject; until that person is erased. */
  readonly subject?: SubjectId;
  readonly template: string;
  readonly language: Language;
  readonly priority: number;
  readonly state: MessageState;
  /** Why it was refused, came back or was given up; why it waits for another try. A word of a fixed list, never a server's text. */
  readonly reason?: string;
  /** Of the gate's refusal. */
  readonly clause?: string;
  readonly transport?: string;
  /** What the provider calls it, where one carries it. */
  readonly providerId?: string;
  /** Since when it is leaving, or when it left. On a message that waits: nobody wrote down what became of its last try. */
  readonly leftAt?: Instant;
  readonly attempts: number;
  readonly queuedAt: Instant;
  readonly settledAt?: Instant;
  /** The person's data is restricted: it waits, and does not leave. */
  readonly restrictedAt?: Instant;
  /** Whether address and variables still stand. */
  readonly isWhole: boolean;
}

/** How a message ends, and why. */
export interface Settlement {
  readonly state: Exclude<MessageState, "queued">;
  readonly reason?: string;
  readonly clause?: string;
  readonly transport?: string;
  readonly providerId?: string;
}
