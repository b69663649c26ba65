/** How a message leaves: one file a transport. Every transport demands the gate's permit for what it is given. @clause DC */
import type { Language, MailAddress, MessageId, Permit } from "@preau/kernel";

/** A message as it leaves. No personal data but the address itself stands in its headers. */
export interface OutgoingMail {
  readonly id: MessageId;
  /** What the provider called it when it left before, where it is sent anew. */
  readonly before?: string;
  readonly to: MailAddress;
  readonly language: Language;
  /** What it carries, as the gate permitted it. */
  readonly categories: readonly string[];
  /** Name of the publisher, beside our own address. */
  readonly sender: string;
  /** Name of its template: the same for everybody. */
  readonly template: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type Sent =
  /** With what the provider calls it, where it calls it something. */
  | { readonly outcome: "accepted"; readonly providerId?: string }
  /** Refused for good, by a word of ours: `SMTP_550`, `SMTP_5.1.1` for no such mailbox, `BREVO_INVALID_PARAMETER`, `BAD_ADDRESS`. */
  | { readonly outcome: "bounced"; readonly reason: string };

export type TransportName = "smtp" | "brevo" | "catcher";

export interface MailTransport {
  readonly name: TransportName;
  /**
   * @throws MAIL_DEFERRED where another try may do, with `unanswered` where it may have arrived all the same; NotYet where it is
   *   to be tried at that moment; PERMIT_… where the gate has not permitted it
   */
  send(mail: OutgoingMail, permit: Permit, signal?: AbortSignal): Promise<Sent>;
  close(): void;
}
