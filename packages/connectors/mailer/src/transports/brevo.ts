/**
 * Brevo's API, POST /smtp/email: one message a call, under an idempotency key of its own, so that a second call for want of an
 * answer is no second mail. Text and subject are ours; no template, no parameter, no contact is kept there. What it answers is read
 * for its code alone: its words may hold the address. @clause DC
 */
import { createHash } from "node:crypto";
import { type Clock, redeem } from "@preau/kernel";
import { fault } from "../errors.ts";
import { readMailAddress } from "../mail-address.ts";
import type { MailerOptions } from "../options.ts";
import { readSecretLine } from "../read-secret.ts";
import { makeRateLimit } from "./rate-limit.ts";
import { readLittle } from "./read-little.ts";
import type { MailTransport, OutgoingMail, Sent } from "./transport.ts";

/** Brevo takes no longer names. */
const MOST_NAME = 70;
const MOST_TAG = 100;
/** Namespace of our keys, RFC 9562 §5.5. */
const NAMESPACE = Buffer.from("8c2c2f0de1a14f5c9f6f6f1e3c0b7a52", "hex");
/** The call has not reached Brevo: nothing has left. */
const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** @throws MAIL_BAD_OPTIONS where no key is named */
export function brevoTransport(options: MailerOptions, clock: Clock): MailTransport {
  if (options.apiKey === undefined && options.apiKeyFile === undefined)
    throw fault("MAIL_BAD_OPTIONS", { place: "plugins.mailer.apiKeyFile" });
  const limit = makeRateLimit(clock);
  const closing = new AbortController();

  const call = async (body: string, signal: AbortSignal | undefined): Promise<Answer> => {
    const key = options.apiKey ?? (await readSecretLine(options.apiKeyFile ?? "", "apiKeyFile"));
    const late = AbortSignal.timeout(options.apiSeconds * 1_000);
    try {
      const response = await fetch(`${options.apiUrl.replace(/\/+$/, "")}/smtp/email`, {
        method: "POST",
        headers: { "api-key": key, "content-type": "application/json", accept: "application/json" },
        body,
        redirect: "error",
        signal: AbortSignal.any([late, closing.signal, ...(signal === undefined ? [] : [signal])]),
      });
      limit.note(response.status, response.headers);
      return answerOf(response.status, await readLittle(response.body));
    } catch (error) {
      throw noAnswer(error, late.aborted);
    }
  };

  return {
    name: "brevo",
    send: async (mail, permit, signal) => {
      const to = readMailAddress(mail.to);
      if (to === undefined) return { outcome: "bounced", reason: "BAD_ADDRESS" };
      if (closing.signal.aborted) throw fault("MAIL_DEFERRED", { place: "closed" });
      await limit.wait(signal);
      signal?.throwIfAborted();
      redeem(permit, { operation: "send", recipient: options.recipient, categories: mail.categories });
      return outcomeOf(await call(JSON.stringify(bodyOf(mail, to, options)), signal));
    },
    close: () => closing.abort(),
  };
}

/** The documented fields, and no other. No personal data but the address and its name. */
function bodyOf(
  mail: OutgoingMail,
  to: { readonly name: string; readonly address: string },
  { from, replyTo, sandbox }: MailerOptions,
) {
  return {
    sender: { name: cut(mail.sender, MOST_NAME), email: from },
    to: [{ email: to.address, ...(to.name === "" ? {} : { name: cut(to.name, MOST_NAME) }) }],
    ...(replyTo === undefined ? {} : { replyTo: { email: replyTo } }),
    subject: mail.subject,
    htmlContent: mail.html,
    textContent: mail.text,
    headers: {
      idempotencyKey: idempotencyKey(mail),
      // It comes back in the web hooks.
      "X-Mailin-custom": mail.id,
      "Auto-Submitted": "auto-generated",
      "Content-Language": mail.language,
      ...(sandbox ? { "X-Sib-Sandbox": "drop" } : {}),
    },
    tags: [cut(mail.template, MOST_TAG)],
  };
}

function cut(text: string, most: number): string {
  return Array.from(text).slice(0, most).join("").trim();
}

/** The same at every try of one sending: a UUID of version 5. A message that is sent anew after it had left has another. */
function idempotencyKey({ id, before }: Pick<OutgoingMail, "id" | "before">): string {
  const hash = createHash("sha1")
    .update(NAMESPACE)
    .update(`${id} ${before ?? ""}`)
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly messageId?: string;
  /** Whether its words are about whom the message is for: they are not kept. */
  readonly isAboutRecipient: boolean;
}

function answerOf(status: number, text: string): Answer {
  let fields: Readonly<Record<string, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) fields = value as typeof fields;
  } catch {
    // what is no JSON says nothing
  }
  const { code, message, messageId } = fields;
  const words = typeof message === "string" ? message : "";
  return {
    status,
    isAboutRecipient: /\b(?:in|of|to) to\b|\brecipient/i.test(words) && !/\bsender\b/i.test(words),
    ...(typeof code === "string" && /^[a-z][a-z_]{2,40}$/.test(code) ? { code } : {}),
    ...(typeof messageId === "string" && /^[\x21-\x7e]{3,191}$/.test(messageId) ? { messageId } : {}),
  };
}

/**
 * About this recipient for good: a return. About ourselves (key, credits, sender, our own fields) or for now: another try may do.
 * @throws MAIL_DEFERRED
 */
function outcomeOf({ status, code, messageId, isAboutRecipient }: Answer): Sent {
  if (status >= 200 && status < 300)
    return { outcome: "accepted", ...(messageId === undefined ? {} : { providerId: messageId }) };
  // The key is taken: the first call had arrived.
  if (status === 400 && (code === "duplicate_request" || code === "duplicate_parameter"))
    return { outcome: "accepted" };
  const place = `BREVO_${(code ?? String(status)).toUpperCase()}`;
  if (status === 400 && isAboutRecipient) return { outcome: "bounced", reason: place };
  throw fault("MAIL_DEFERRED", { place, log: { status, unanswered: status >= 500 } });
}

/** Without an answer it may have left all the same, unless the call never reached the other side. */
function noAnswer(error: unknown, isLate: boolean) {
  const { cause } = (error ?? {}) as { readonly cause?: { readonly code?: unknown } };
  const code = typeof cause?.code === "string" ? cause.code : "";
  if (NOT_SENT.test(code)) return fault("MAIL_DEFERRED", { place: code.slice(0, 64) });
  const log = { unanswered: true, late: isLate };
  return fault("MAIL_DEFERRED", { place: "NO_ANSWER", log });
}
