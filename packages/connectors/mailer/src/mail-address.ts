/** One address that a message may be sent to, in ASCII; undefined for a list, an injected header, or what is no mailbox. */
import { domainToASCII } from "node:url";
import type { MailAddress } from "@preau/kernel";

/** Dot-atom of RFC 5322 §3.2.3: no quotes, no comments, no route. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;
const MOST_LOCAL = 64;
const MOST = 254;
const MOST_NAME = 120;

export function readMailAddress({ name, address }: MailAddress): Required<MailAddress> | undefined {
  if (/[\s\p{C}]/u.test(address)) return undefined; // domainToASCII forgives soft hyphens and other spaces
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  const domain = domainToASCII(address.slice(at + 1));
  if (local.length > MOST_LOCAL || local.length + domain.length + 1 > MOST) return undefined;
  if (!LOCAL.test(local) || !DOMAIN.test(domain)) return undefined;
  return { name: nameOf(name), address: `${local}@${domain}` };
}

/** One line without control characters, invisible ones and what only headers use. */
function nameOf(name = ""): string {
  const line = name.normalize("NFC").replaceAll(/[\p{C}\s<>]+/gu, " ");
  return Array.from(line.trim()).slice(0, MOST_NAME).join("");
}
