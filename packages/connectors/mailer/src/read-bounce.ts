/**
 * A report of delivery (RFC 3464, `multipart/report`) read into which of our messages it is about and what became of it. A
 * person's automatic answer is none, and neither is a delay: only what says that it failed for good is a return.
 */

import type { MessageId } from "@preau/kernel";
import PostalMime, { type Attachment, type Email } from "postal-mime";
import { fault } from "./errors.ts";
import { messageNamedIn } from "./return-path.ts";

export interface Bounce {
  readonly message: MessageId;
  /** `DSN_5.1.1`: the status of RFC 3463, without its words. */
  readonly reason: string;
}

/** Bytes: a report with the whole message in it. */
const MOST = 5_000_000;
const LIMITS = {
  maxNestingDepth: 16,
  maxHeadersSize: 256 * 1_024,
  rfc822Attachments: true,
  attachmentEncoding: "utf8",
} as const;

/** Undefined for a report of a delay, or of a message that arrived. @throws MAIL_NO_BOUNCE for what is no report of ours */
export async function readBounce(raw: Uint8Array): Promise<Bounce | undefined> {
  if (raw.byteLength > MOST) throw fault("MAIL_NO_BOUNCE", { place: "size" });
  const mail = await readMail(raw);
  const parts = mail.attachments.filter(({ mimeType }) =>
    /^message\/(global-)?delivery-status$/.test(mimeType),
  );
  if (parts.length === 0) throw fault("MAIL_NO_BOUNCE", { place: "delivery-status" });
  const status = parts.map(textOf).join("\n\n");
  const message = messageIn(mail, status);
  if (message === undefined) throw fault("MAIL_NO_BOUNCE", { place: "Message-ID" });
  const failed = blocksOf(status).find((fields) => fields.get("action")?.toLowerCase().startsWith("failed"));
  if (failed === undefined) return undefined;
  const code = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(failed.get("status") ?? "")?.[0] ?? "5.0.0";
  return { message, reason: `DSN_${code}` };
}

async function readMail(raw: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(raw, LIMITS);
  } catch (cause) {
    throw fault("MAIL_NO_BOUNCE", { cause });
  }
}

/** The address that the report came to is ours alone; then the report's own words; then what is left of the message. */
function messageIn(mail: Email, status: string): MessageId | undefined {
  const came = ["to", "delivered-to", "x-original-to", "envelope-to", "x-rcpt-to"];
  const reached = mail.headers.filter(({ key }) => came.includes(key)).map(({ value }) => value);
  const returned = mail.attachments
    .filter(({ mimeType }) => /^(message\/(rfc822|global)|text\/rfc822-headers)/.test(mimeType))
    .map((part) => headerIn(textOf(part), "message-id"));
  for (const text of [...reached, headerIn(status, "original-envelope-id"), ...returned]) {
    const found = messageNamedIn(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Fields of each block of the report: the first is about the message, each other one about a recipient. */
function blocksOf(status: string): readonly ReadonlyMap<string, string>[] {
  return unfolded(status)
    .split(/\n{2,}/)
    .map(
      (block) =>
        new Map(
          block.split("\n").flatMap((line): [string, string][] => {
            const at = line.indexOf(":");
            return at < 1 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]];
          }),
        ),
    );
}

function headerIn(text: string, name: string): string {
  const head = unfolded(text).split("\n\n", 1)[0] ?? "";
  const line = head.split("\n").find((each) => each.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1) ?? "";
}

function unfolded(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/\n[ \t]+/g, " ");
}

function textOf({ content }: Attachment): string {
  return typeof content === "string" ? content : Buffer.from(content as Uint8Array).toString("latin1");
}
