/** One field wrong, in a document that the provider itself signs. */
import type { RefusalReason } from "../../src/refusal.ts";
import { type Fields, signedResponse, signXml } from "../identity-provider.ts";
import { type Attack, type Build, before, edited, swap } from "./documents.ts";

type Change = (xml: string, fields: Fields) => string;

export const saml = "urn:oasis:names:tc:SAML:2.0";

/** Epoch milliseconds as SAML writes them. */
export const at = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Fields that are wrong. */
export const field = (
  title: string,
  change: (f: Fields) => Partial<Fields>,
  reason: RefusalReason,
): Attack => [title, (f) => signedResponse({ ...f, ...change(f) }), reason];

/** An assertion that was changed before it was signed. */
export const assertion = (title: string, change: Change, reason?: RefusalReason): Attack =>
  attack(title, (f) => edited(f, (xml) => change(xml, f)), reason);

/** A Response that was changed before it was signed as a whole. */
export const envelope = (title: string, change: Change, reason?: RefusalReason): Attack =>
  attack(title, (f) => signXml(change(signedResponse(f), f), { element: "Response" }), reason);

/** An attribute too many. */
export const attribute = (title: string, extra: string, reason?: RefusalReason): Attack =>
  assertion(title, (xml) => before(xml, "</saml:AttributeStatement>", extra), reason);

export const issueInstantOf = (xml: string, value: string) => swap(xml, /IssueInstant="[^"]*"/, value);

export const RESTRICTION = /<saml:AudienceRestriction>[\s\S]*<\/saml:AudienceRestriction>/;

export function restriction(...audiences: readonly string[]): string {
  const list = audiences.map((each) => `<saml:Audience>${each}</saml:Audience>`);
  return `<saml:AudienceRestriction>${list.join("")}</saml:AudienceRestriction>`;
}

function attack(title: string, build: Build, reason: RefusalReason | undefined): Attack {
  return reason === undefined ? [title, build] : [title, build, reason];
}
