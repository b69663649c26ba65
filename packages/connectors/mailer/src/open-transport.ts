/** The transport that the options name: none is a choice too, and then messages wait. */
import { type MailerOptions } from "./options.ts";
import { catcherTransport } from "./transports/catcher.ts";
import { smtpTransport } from "./transports/smtp.ts";
import type { MailTransport } from "./transports/transport.ts";

export function transportNameOf({
  transport,
  host,
  demonstration,
}: MailerOptions): "smtp" | "catcher" | "none" {
  if (transport !== undefined) return transport;
  if (host !== undefined) return "smtp";
  return demonstration ? "catcher" : "none";
}

/** Undefined for `none`. Opens no connection before the first message. @throws MAIL_BAD_OPTIONS */
export function openTransport(options: MailerOptions): MailTransport | undefined {
  const name = transportNameOf(options);
  if (name === "none") return undefined;
  return name === "smtp" ? smtpTransport(options) : catcherTransport(options);
}
