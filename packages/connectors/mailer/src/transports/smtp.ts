/**
 * SMTP by nodemailer. Addresses are objects of one mailbox, never text that would be read as a list; nothing is fetched from
 * files or addresses. Its pool tries nothing again by itself once a byte has left: our own queue decides. @clause DC
 */
import { createPrivateKey } from "node:crypto";
import { redeem } from "@preau/kernel";
import { createTransport, type Transporter } from "nodemailer";
import { fault } from "../errors.ts";
import { readMailAddress } from "../mail-address.ts";
import type { MailerOptions } from "../options.ts";
import { readSecret, readSecretLine } from "../read-secret.ts";
import { messageIdOf, returnPath } from "../return-path.ts";
import type { MailTransport, OutgoingMail, Sent } from "./transport.ts";

const CONNECT_MS = 10_000;
/** Milliseconds without a byte from the server. RFC 5321 §4.5.3.2.6 allows a server ten minutes after the data; we come again. */
const SILENT_MS = 120_000;
/** What fails before a message is spoken of: nothing has left. */
const BEFORE = /^(EDNS|EAUTH|ETLS|EOAUTH2|ENOAUTH|EENVELOPE|EMESSAGE)$/;
/** The status of RFC 3463 about the addressee's mailbox; 5.1.7 and 5.1.8 are about the sender's. */
const AT_ADDRESS = /^5\d\d[ -](5\.1\.(?!7\b|8\b)\d{1,3})\b/;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1"]);

/** @throws MAIL_BAD_OPTIONS where no host is named */
export function smtpTransport(options: MailerOptions): MailTransport {
  const { host } = options;
  if (host === undefined) throw fault("MAIL_BAD_OPTIONS", { place: "plugins.mailer.host" });
  let opened: Promise<Transporter> | undefined;
  let closed = false;

  const open = async (): Promise<Transporter> => {
    const { passwordFile, dkim } = options;
    const password =
      options.password ??
      (passwordFile === undefined ? undefined : await readSecretLine(passwordFile, "passwordFile"));
    return createTransport({
      pool: true,
      host,
      port: options.port ?? (options.secure ? 465 : 587),
      secure: options.secure,
      requireTLS: !options.secure && !LOOPBACK.has(host),
      maxConnections: options.connections,
      maxRequeues: 0,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(dkim === undefined ? {} : { dkim: await signerOf(dkim) }),
      ...(options.user === undefined ? {} : { auth: { user: options.user, pass: password ?? "" } }),
    });
  };

  const transporter = (): Promise<Transporter> => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined; // the file may be mended meanwhile
      throw error;
    });
    return opened;
  };

  return {
    name: "smtp",
    send: async (mail, permit, signal) => {
      const to = readMailAddress(mail.to);
      if (to === undefined) return { outcome: "bounced", reason: "BAD_ADDRESS" };
      if (closed) throw fault("MAIL_DEFERRED", { place: "closed" });
      const post = await transporter();
      signal?.throwIfAborted();
      redeem(permit, { operation: "send", recipient: options.recipient, categories: mail.categories });
      try {
        await post.sendMail(envelopeOf(mail, to, options));
        return { outcome: "accepted" };
      } catch (error) {
        return refusalOf(error);
      }
    },
    close: () => {
      closed = true;
      void opened?.then((post) => post.close()).catch(() => undefined);
    },
  };
}

export function envelopeOf(
  mail: OutgoingMail,
  to: ReturnType<typeof readMailAddress>,
  options: MailerOptions,
) {
  const { from, returnTo = from } = options;
  return {
    from: { name: mail.sender, address: from },
    to: [{ name: to?.name ?? "", address: to?.address ?? "" }],
    envelope: { from: returnPath(returnTo, mail.id), to: [to?.address ?? ""] },
    messageId: messageIdOf(from, mail.id),
    ...(options.replyTo === undefined ? {} : { replyTo: [{ name: "", address: options.replyTo }] }),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    textEncoding: "quoted-printable" as const,
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "Content-Language": mail.language,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * A server's word about this recipient or this text, for good, is a return; about ourselves (sign-in, sender, size of the
 * crowd) or for now, another try may do; where it hung up or fell silent, it may have it all the same. Its text may hold the address and is
 * not kept.
 * @throws MAIL_DEFERRED
 */
function refusalOf(error: unknown): Sent {
  const {
    code = "",
    responseCode = 0,
    command = "",
    response = "",
    syscall = "",
    message = "",
  } = error as {
    readonly code?: string;
    readonly responseCode?: number;
    readonly command?: string;
    readonly response?: string;
    readonly syscall?: string;
    readonly message?: string;
  };
  const isAboutThis = command === "RCPT TO" || command === "DATA";
  if (responseCode >= 500 && responseCode < 600 && isAboutThis) {
    const status = command === "RCPT TO" ? AT_ADDRESS.exec(response)?.[1] : undefined;
    return { outcome: "bounced", reason: `SMTP_${status ?? responseCode}` };
  }
  const place = responseCode > 0 ? `SMTP_${responseCode}` : /^E[A-Z0-9]{2,20}$/.test(code) ? code : "UNKNOWN";
  const isBefore =
    BEFORE.test(code) || syscall === "connect" || /^(Connection timeout|Greeting)/.test(message);
  throw fault("MAIL_DEFERRED", { place, log: { unanswered: responseCode === 0 && !isBefore } });
}

/** @throws MAIL_BAD_OPTIONS for what is no private key, now rather than at every message */
async function signerOf({ domain, selector, keyFile }: NonNullable<MailerOptions["dkim"]>) {
  const privateKey = await readSecret(keyFile, "dkim.keyFile");
  try {
    createPrivateKey(privateKey);
  } catch {
    throw fault("MAIL_BAD_OPTIONS", { place: "plugins.mailer.dkim.keyFile: no private key" });
  }
  return { domainName: domain, keySelector: selector, privateKey };
}
