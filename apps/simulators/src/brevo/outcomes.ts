/** What becomes of a mail, by the local part of the address: all of it, or what stands before its first dot, plus or dash. */
import type { EventName } from "./event-names.ts";

export interface Step {
  /** Seconds after the one before it. */
  readonly after: number;
  readonly event: EventName;
  /** Real reasons quote the address; `{email}` is where. */
  readonly reason?: string;
}

const SOON = 0.5;
const delivered: Step = { after: SOON, event: "delivered" };

export const outcomes = {
  bounce: [
    {
      after: SOON,
      event: "hardBounce",
      reason: "550 RecipientError: 550 5.1.1 <{email}>: Recipient address rejected: User unknown",
    },
  ],
  soft: [{ after: SOON, event: "softBounce", reason: "452 4.2.2 <{email}>: mailbox full" }],
  blocked: [{ after: SOON, event: "blocked", reason: "blocked : due to blacklist user" }],
  invalid: [{ after: SOON, event: "invalid", reason: "invalid_email" }],
  error: [{ after: SOON, event: "error", reason: "error while sending" }],
  deferred: [
    { after: SOON, event: "deferred", reason: "450 4.7.1 <{email}>: greylisted, try again later" },
    { after: 600, event: "delivered" },
  ],
  spam: [delivered, { after: 60, event: "spam" }],
  unsub: [delivered, { after: 60, event: "unsubscribed" }],
  open: [delivered, { after: 60, event: "uniqueOpened" }, { after: 60, event: "opened" }],
  click: [delivered, { after: 60, event: "uniqueOpened" }, { after: 1, event: "click" }],
  lost: [],
} as const satisfies Readonly<Record<string, readonly Step[]>>;

export const onBlocklist: readonly Step[] = outcomes.blocked;

export const senderUnknown: readonly Step[] = [
  {
    after: SOON,
    event: "error",
    reason:
      "Sending has been rejected because the sender you used is not valid. Validate your sender or authenticate your domain",
  },
];

/** Most addresses just get their mail. */
export function outcomeOf(email: string): readonly Step[] {
  const word = /^[a-z]+/i.exec(email)?.[0].toLowerCase() ?? "";
  const ends = /^[.+\-@]/.test(email.slice(word.length));
  return ends && Object.hasOwn(outcomes, word) ? outcomes[word as keyof typeof outcomes] : [delivered];
}
