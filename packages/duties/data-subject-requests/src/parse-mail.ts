/**
 * Reads a mail as it reached us into a request: bounded whatever it holds, and dropped when no person wrote it. The key is its
 * `Message-ID`; the clock runs from when it was delivered here, never from the date that its sender wrote on it.
 * @clause D10.1b
 */
import { createHash } from "node:crypto";
import type { Instant, Language, ReceivedRequest } from "@preau/kernel";
import PostalMime, { type Email } from "postal-mime";
import { fault } from "./errors.ts";
import { textOfHtml } from "./parse-mail-html.ts";
import { guessLanguage } from "./parse-mail-language.ts";

export interface MailDelivery {
  /** When it was delivered to us: the clock of the mailbox, or of its `Received` line, never its `Date`. */
  readonly deliveredAt: Instant;
  /** What is later than now is not believed. */
  readonly now: Instant;
  /** Of our own `Message-ID`s: what comes back with one is an echo. */
  readonly messageIdDomain: string;
  readonly language?: Language | undefined;
}

export type ParsedMail =
  | { readonly kind: "request"; readonly request: ReceivedRequest; readonly attachments: number }
  | { readonly kind: "dropped"; readonly why: "automatic" | "echo" | "empty" };

/** A letter and its pictures; what is larger is read by a person. */
export const MOST_MAIL_BYTES = 25 * 1_048_576;
const MOST_TEXT = 20_000;
const LIMITS = { maxNestingDepth: 32, maxHeadersSize: 256 * 1_024, maxRfc822NestingDepth: 0 } as const;

/** @throws REQUEST_MAIL_UNREADABLE for one that is too large, nested too deeply, or no mail @clause D10.1b */
export async function parseMail(raw: Uint8Array, delivery: MailDelivery): Promise<ParsedMail> {
  if (raw.byteLength > MOST_MAIL_BYTES) throw fault("REQUEST_MAIL_UNREADABLE", { place: "size" });
  const mail = await readMail(raw);
  if (mail.headers.length === 0) throw fault("REQUEST_MAIL_UNREADABLE", { place: "headers" });
  if (isEcho(mail, delivery.messageIdDomain)) return { kind: "dropped", why: "echo" };
  if (isAutomatic(mail)) return { kind: "dropped", why: "automatic" };
  const text = textOf(mail);
  // What only stands in an attachment, a message that somebody passed on, is a person's to read in the mailbox.
  if (text === "" && mail.attachments.length === 0) return { kind: "dropped", why: "empty" };
  const sender = mail.from?.group === undefined ? mail.from : mail.from.group[0];
  const name = clean(sender?.name ?? "", 200);
  const address = clean(sender?.address ?? "", 320);
  return {
    kind: "request",
    attachments: mail.attachments.length,
    request: {
      ...{ channel: "mail", key: keyOf(mail, raw), text: text === "" ? "[…]" : text },
      receivedAt: delivery.deliveredAt > delivery.now ? delivery.now : delivery.deliveredAt,
      language: delivery.language ?? guessLanguage(text),
      requester: {
        ...(name === "" ? {} : { name }),
        ...(address === "" ? {} : { address }),
      },
    },
  };
}

async function readMail(raw: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(raw, LIMITS);
  } catch (error) {
    throw fault("REQUEST_MAIL_UNREADABLE", { cause: error });
  }
}

/** Without one, or with one beyond all measure, the bytes themselves: the same mail twice is one. */
function keyOf({ messageId }: Email, raw: Uint8Array): string {
  const id = messageId?.trim() ?? "";
  if (id !== "" && id.length <= 400) return `mail:${id}`;
  return `mail:sha256:${createHash("sha256").update(raw).digest("hex")}`;
}

/**
 * RFC 3834, and what those write who do not know it. A bounce has no return path to answer to. What came over a list is a
 * person's: the address of the desk may be one itself.
 */
function isAutomatic({ headers, returnPath, from }: Email): boolean {
  const value = (key: string) =>
    headers
      .find((each) => each.key === key)
      ?.value.trim()
      .toLowerCase();
  // What a form generated, a person filled in.
  const submitted = value("auto-submitted")?.split(";")[0]?.trim() ?? "";
  if (submitted !== "" && submitted !== "no" && submitted !== "auto-generated") return true;
  if (value("precedence") === "auto_reply" || value("x-autoreply") !== undefined) return true;
  if (value("x-autorespond") !== undefined) return true;
  if (returnPath?.trim() === "<>" || value("return-path") === "<>") return true;
  const box = (from?.group === undefined ? from?.address : undefined)?.split("@")[0]?.toLowerCase();
  return box === "mailer-daemon" || box === "postmaster";
}

/** A mail of ours that came back under its own `Message-ID`, which has our shape and, where it is known, our domain. */
function isEcho({ messageId }: Email, domain: string): boolean {
  const id = messageId?.trim().toLowerCase() ?? "";
  if (!/^<?msg_[0-9a-z]{26}@/.test(id)) return false;
  return domain === "" || id.replace(/>$/, "").endsWith(`@${domain.toLowerCase()}`);
}

/** The subject stands first: it often is the whole request. What is longer than can be kept is cut, and says so. */
function textOf({ subject, text, html }: Email): string {
  const plain = text?.trim() ?? "";
  const body = plain === "" ? textOfHtml(html ?? "") : plain;
  const whole = [clean(subject ?? "", 500), tidy(body)].filter((part) => part !== "").join("\n\n");
  if (whole.length <= MOST_TEXT) return whole;
  const end = "\n[…]";
  return `${whole.slice(0, MOST_TEXT - end.length).replace(/[\ud800-\udbff]$/, "")}${end}`;
}

/** No sign that hides or turns others round; line ends of one kind. */
function tidy(text: string): string {
  return text
    .slice(0, 4 * MOST_TEXT)
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{C}\n\t]/gu, "")
    .replace(/\n{4,}/g, "\n\n\n")
    .trim();
}

function clean(text: string, most: number): string {
  return text
    .slice(0, 4 * most)
    .replace(/\p{C}/gu, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, most);
}
