/** The bytes of a message as a mail server would get them (RFC 5322), made by the same library, sent to nobody. */
import { createTransport } from "nodemailer";
import { readMailAddress } from "./mail-address.ts";
import type { MailerOptions } from "./options.ts";
import { envelopeOf } from "./transports/smtp.ts";
import type { OutgoingMail } from "./transports/transport.ts";

const STREAM = createTransport({ streamTransport: true, buffer: true, newline: "windows" });

/** The same bytes for the same message and date. */
export async function messageBytes(mail: OutgoingMail, options: MailerOptions, date: Date): Promise<Buffer> {
  const content = envelopeOf(mail, readMailAddress(mail.to), options);
  const { message } = await STREAM.sendMail({ ...content, date, baseBoundary: mail.id });
  if (!Buffer.isBuffer(message)) throw new TypeError("the stream was not buffered");
  return message;
}
