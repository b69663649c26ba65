/** The transport that the options name: none is a choice too, and then messages wait. */
import type { Clock } from "@preau/kernel";
import { type MailerOptions } from "./options.ts";
import { brevoTransport } from "./transports/brevo.ts";
import { catcherTransport } from "./transports/catcher.ts";
import { smtpTransport } from "./transports/smtp.ts";
import type { MailTransport, TransportName } from "./transports/transport.ts";

export function transportNameOf({
  transport,
  host,
  apiKey,
  apiKeyFile,
  demonstration,
}: MailerOptions): TransportName | "none" {
  if (transport !== undefined) return transport;
  if (host !== undefined) return "smtp";
  if (apiKey !== undefined || apiKeyFile !== undefined) return "brevo";
  return demonstration ? "catcher" : "none";
}

/** Undefined for `none`. Opens no connection before the first message. @throws MAIL_BAD_OPTIONS */
export function openTransport(options: MailerOptions, clock: Clock): MailTransport | undefined {
  const name = transportNameOf(options);
  return name === "none" ? undefined : makers[name](options, clock);
}

const makers = {
  smtp: smtpTransport,
  brevo: brevoTransport,
  catcher: catcherTransport,
} as const satisfies Record<TransportName, (options: MailerOptions, clock: Clock) => MailTransport>;
