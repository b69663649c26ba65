/** What a webhook is sent for one event. No two events have an id of their own, and nothing is signed. */
import { momentOfMillis } from "../gar-subscriptions/paris-time.ts";
import type { LoggedEvent, Mail, Recipient } from "./account-state.ts";
import type { BrevoFaults } from "./defects.ts";
import { type EventName, eventNames } from "./event-names.ts";
import { headerOf } from "./read-mail.ts";

const SENDING_IP = "192.0.2.25";
/** Those that happen at the sender's or the recipient's server, and say from where it was sent. */
const SENT_FROM: ReadonlySet<EventName> = new Set([
  "request",
  "delivered",
  "deferred",
  "hardBounce",
  "softBounce",
]);

export interface PayloadSource {
  readonly mail: Mail;
  readonly recipient: Recipient;
  readonly event: LoggedEvent;
  readonly webhook: number;
}

export function eventPayload(
  { mail, recipient, event, webhook }: PayloadSource,
  defects: Pick<BrevoFaults, "get">,
): Readonly<Record<string, unknown>> {
  const local = momentOfMillis(event.at); // 2026-09-01T00:00:00.000+02:00
  const shift = defects.get("hooks-account-time") > 0 ? Number(local.slice(-5, -3)) * 3_600 : 0;
  const seconds = Math.floor(event.at / 1_000) + shift;
  const complaint = event.name === "spam";
  return {
    event: nameFor(event.name, defects),
    email: recipient.email,
    id: webhook,
    date: local.slice(0, 19).replace("T", " "),
    ts: seconds,
    "message-id":
      defects.get("hooks-bare-message-id") > 0 ? mail.messageId.replaceAll(/[<>]/g, "") : mail.messageId,
    ts_event: seconds,
    // A complaint has neither of these two.
    ...(complaint ? {} : { subject: mail.subject, ts_epoch: event.at }),
    ...(SENT_FROM.has(event.name) ? { sending_ip: SENDING_IP } : {}),
    ...(event.reason === undefined ? {} : { reason: event.reason }),
    ...(event.name === "click" ? { link: "https://publisher.example/" } : {}),
    ...(defects.get("hooks-without-tags") > 0 ? {} : labels(mail)),
  };
}

function nameFor(event: EventName, defects: Pick<BrevoFaults, "get">): string {
  if (defects.get("hooks-unknown-event") > 0) return "teleported";
  if (event === "spam" && defects.get("hooks-say-spam") > 0) return "spam";
  return eventNames[event].payload;
}

/** `tag` is the list as JSON, or the one of the mail's header. */
function labels({ tags, headers }: Mail): Readonly<Record<string, unknown>> {
  const custom = headerOf(headers, "x-mailin-custom");
  const tag = tags.length > 0 ? JSON.stringify(tags) : headerOf(headers, "x-mailin-tag");
  return {
    ...(custom === undefined ? {} : { "X-Mailin-custom": custom }),
    ...(tag === undefined ? {} : { tag }),
    ...(tags.length > 0 ? { tags } : {}),
  };
}
