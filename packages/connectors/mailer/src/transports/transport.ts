/** How a message leaves: one file a transport. Every transport demands the gate's permit for what it is given. @clause DC */
import type { Language, MailAddress, MessageId, Permit } from "@preau/kernel";

/** A message as it leaves. No personal data but the address itself stands in its headers. */
export interface OutgoingMail {
  readonly id: MessageId;
  readonly to: MailAddress;
  readonly language: Language;
  /** What it carries, as the gate permitted it. */
  readonly categories: readonly string[];
  /** Name of the publisher, beside our own address. */
  readonly sender: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type Sent =
  | { readonly outcome: "accepted" }
  /** Refused for good, by a word of ours: `SMTP_550`, `BAD_ADDRESS`. */
  | { readonly outcome: "bounced"; readonly reason: string };

export interface MailTransport {
  readonly name: "smtp" | "catcher";
  /** @throws MAIL_DEFERRED where another try may do; PERMIT_… where the gate has not permitted it */
  send(mail: OutgoingMail, permit: Permit, signal?: AbortSignal): Promise<Sent>;
  close(): void;
}
