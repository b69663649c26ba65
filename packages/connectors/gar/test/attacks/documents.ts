/** What attackers make of documents. They hold a valid response for "eve" and want to be "admin". */
import { createHash } from "node:crypto";
import type { RefusalReason } from "../../src/refusal.ts";
import { admin } from "../attempt.ts";
import { assertionXml, type Fields, responseXml, signedResponse, signXml } from "../identity-provider.ts";

export type Build = (fields: Fields) => string;
/** A title, what is sent, and why it must be refused where that is one reason alone. */
export type Attack = readonly [title: string, build: Build, reason?: RefusalReason];

/** An assertion that nobody signed, for "admin". */
export function forged(fields: Fields, assertionId = "_forged"): string {
  return assertionXml({ ...fields, assertionId, attributes: admin });
}

export function signedAssertion(fields: Fields): string {
  return signXml(assertionXml(fields));
}

/** The Response signed, around an assertion that is signed too. */
export function bothSigned(fields: Fields): string {
  return signXml(signedResponse(fields), { element: "Response" });
}

/** Signed by the provider as it never would: the assertion changed before it signs. */
export function edited(fields: Fields, change: (assertion: string) => string): string {
  return responseXml(fields, signXml(change(assertionXml(fields))));
}

/** Replaces the first; an attack that changes nothing is none. */
export function swap(xml: string, from: string | RegExp, to: string): string {
  const changed = xml.replace(from, to);
  if (changed === xml) throw new Error(`nothing to replace: ${String(from)}`);
  return changed;
}

/** Puts something in front of the first occurrence. */
export function before(xml: string, place: string, content: string): string {
  return swap(xml, place, `${literal(content)}$&`);
}

/** Puts something behind the first occurrence. */
export function after(xml: string, place: string, content: string): string {
  return swap(xml, place, `$&${literal(content)}`);
}

/** Makes something the last child of the root. */
export function within(xml: string, content: string): string {
  return swap(xml, /<\/[^<]*>$/, `${literal(content)}$&`);
}

export function signatureOf(xml: string): string {
  return /<Signature[\s\S]*?<\/Signature>/.exec(xml)?.[0] ?? "";
}

export function withoutSignatures(xml: string): string {
  return swap(xml, /<Signature[\s\S]*?<\/Signature>/g, "");
}

/** Base64 of SHA-256. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/** `$` means something in a replacement. */
export function literal(content: string): string {
  return content.replaceAll("$", "$$$$");
}
