/**
 * E-mail addresses in the form that people use (RFC 5321 without quoted local parts, address literals or comments):
 * a local part of 64 characters at most, a domain with a dot, of 253 at most.
 */
import { type Found, findAll } from "./find.ts";

declare const emailBrand: unique symbol;
/** The domain is in lower case; the local part is as it was written. */
export type Email = string & { readonly [emailBrand]: true };

const ATOM = "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]";
const LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
const SHAPE = new RegExp(
  `^${ATOM}+(?:\\.${ATOM}+)*@(?:${LABEL}\\.)+\\p{L}[\\p{L}\\p{N}-]*[\\p{L}\\p{N}]$`,
  "u",
);
const IN_TEXT =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}\p{N}-]{2,63}(?![\p{L}\p{N}@])/gu;

/** The address that a text is; undefined when it is none. */
export function parseEmail(text: string): Email | undefined {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf("@");
  if (at < 1 || at > 64 || trimmed.length - at > 254 || !SHAPE.test(trimmed)) return undefined;
  return `${trimmed.slice(0, at)}@${trimmed.slice(at + 1).toLowerCase()}` as Email;
}

export function isEmail(text: string): boolean {
  return parseEmail(text) !== undefined;
}

/** Every address in a text. */
export function findEmails(text: string): readonly Found<Email>[] {
  return findAll(text, IN_TEXT, parseEmail);
}
