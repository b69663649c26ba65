/** Logout messages of the tests' own identity provider, in which every field can be wrong. */
import { sign } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { millisOf } from "@preau/kernel";
import {
  assertionXml,
  base64,
  ido,
  idpEntityId,
  idpKey,
  type Key,
  responseXml,
  type Signing,
  signXml,
} from "./identity-provider.ts";
import type { World } from "./world.ts";

export const logoutUrl = "https://idp.example/idp/profile/SAML2/SLO";
const bindings = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP";

/** Elements of the provider's metadata. */
export const logoutServices = {
  post: `<md:SingleLogoutService Binding="${bindings}-POST" Location="${logoutUrl}/post"/>`,
  redirect: `<md:SingleLogoutService Binding="${bindings}-Redirect" Location="${logoutUrl}/redirect"/>`,
};
export const bothServices = logoutServices.redirect + logoutServices.post;

export interface LogoutFields {
  name: "LogoutRequest" | "LogoutResponse";
  id: string;
  version: string;
  issuedAt: number;
  destination: string | undefined;
  issuer: string;
  notOnOrAfter: number | undefined;
  inResponseTo: string | undefined;
  /** XML after the Issuer. */
  content: string;
  more: string;
}

const saml = "urn:oasis:names:tc:SAML:2.0";
const at = (milliseconds: number) => new Date(milliseconds).toISOString();
let serial = 0;

export const nameId = (value: string, attributes = "") => `<saml:NameID${attributes}>${value}</saml:NameID>`;
export const sessionIndex = (value: string) => `<samlp:SessionIndex>${value}</samlp:SessionIndex>`;
export const status = (value: string, more = "") =>
  `<samlp:Status><samlp:StatusCode Value="${value}">${more}</samlp:StatusCode></samlp:Status>`;
export const success = `${saml}:status:Success`;

/** An honest request for one session. */
export function honestLogout(world: World, name: string, index: string | undefined): LogoutFields {
  serial += 1;
  const now = millisOf(world.clock.now());
  return {
    name: "LogoutRequest",
    id: `_logout${serial}-${now}`,
    version: "2.0",
    issuedAt: now,
    destination: world.names.logout,
    issuer: idpEntityId,
    notOnOrAfter: now + 300_000,
    inResponseTo: undefined,
    content: nameId(name) + (index === undefined ? "" : sessionIndex(index)),
    more: "",
  };
}

/** An honest answer to a request of ours. */
export function honestAnswer(world: World, inResponseTo: string): LogoutFields {
  const fields = honestLogout(world, "", undefined);
  return {
    ...fields,
    name: "LogoutResponse",
    notOnOrAfter: undefined,
    inResponseTo,
    content: status(success),
  };
}

const attr = (name: string, value: string | undefined) => (value === undefined ? "" : ` ${name}="${value}"`);

export function logoutXml(f: LogoutFields): string {
  return (
    `<samlp:${f.name} xmlns:samlp="${saml}:protocol" xmlns:saml="${saml}:assertion" ID="${f.id}" Version="${f.version}"` +
    ` IssueInstant="${at(f.issuedAt)}"${attr("Destination", f.destination)}` +
    attr("NotOnOrAfter", f.notOnOrAfter === undefined ? undefined : at(f.notOnOrAfter)) +
    `${attr("InResponseTo", f.inResponseTo)}${f.more}><saml:Issuer>${f.issuer}</saml:Issuer>${f.content}</samlp:${f.name}>`
  );
}

export function signedLogout(fields: LogoutFields, signing: Signing = {}): string {
  return signXml(logoutXml(fields), { ...signing, element: fields.name });
}

export interface RedirectSigning {
  readonly key?: Key;
  readonly hash?: "sha1" | "sha256" | "sha512";
  readonly relayState?: string;
  /** The parameter, when it is not that of the message. */
  readonly as?: "SAMLRequest" | "SAMLResponse";
}

const algorithms = {
  sha1: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
  sha256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  sha512: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
};

/** The query of HTTP-Redirect. */
export function redirectQuery(
  xml: string,
  { key = idpKey, hash = "sha256", relayState, as }: RedirectSigning = {},
) {
  const name = as ?? (xml.startsWith("<samlp:LogoutResponse") ? "SAMLResponse" : "SAMLRequest");
  const message = encodeURIComponent(deflateRawSync(xml).toString("base64"));
  const relayed = relayState === undefined ? "" : `&RelayState=${encodeURIComponent(relayState)}`;
  const signed = `${name}=${message}${relayed}&SigAlg=${encodeURIComponent(algorithms[hash])}`;
  const signature = sign(hash, Buffer.from(signed), key.privateKey).toString("base64");
  return `${signed}&Signature=${encodeURIComponent(signature)}`;
}

export function envelope(message: string, header = ""): string {
  return `<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">${header}<S:Body>${message}</S:Body></S:Envelope>`;
}

/** The provider's own calls, and those of browsers that it sends. */
export function providerOf(world: World, path = "/gar/saml/logout") {
  const provider = world.browser();
  const cross = { "content-type": "application/x-www-form-urlencoded", origin: "https://idp.example" };
  return {
    soap: (body: string, type = "text/xml; charset=utf-8") =>
      provider.ask(path, { method: "POST", headers: { "content-type": type }, body }),
    post: (xml: string, more: Record<string, string> = {}, browser = provider, as?: string) => {
      const name = as ?? (xml.includes("<samlp:LogoutResponse") ? "SAMLResponse" : "SAMLRequest");
      const body = new URLSearchParams({ [name]: base64(xml), ...more }).toString();
      return browser.ask(path, { method: "POST", headers: cross, body });
    },
    redirect: (query: string, browser = provider) => browser.ask(`${path}?${query}`),
  };
}

/** A teacher who signed in, and how her provider names her session. */
export async function signedIn(world: World, given: { readonly format?: string } = {}) {
  const browser = world.browser();
  const { requestId } = await browser.begin();
  const fields = { ...browser.fieldsFor(requestId), nameId: `_name-${++serial}` };
  fields.attributes = { ...fields.attributes, IDO: [ido(fields.nameId)] };
  const format =
    given.format === undefined ? "" : ` Format="${given.format}" SPNameQualifier="${world.names.entityId}"`;
  const assertion = assertionXml(fields).replace("<saml:NameID>", `<saml:NameID${format}>`);
  const answer = await browser.post(base64(responseXml(fields, signXml(assertion))));
  if (answer.status !== 303) throw new Error(`the honest sign-in was answered ${answer.status}`);
  return { browser, name: fields.nameId, index: fields.sessionIndex };
}

/** The form by which a person signs out here. */
export async function signOutForm(
  world: World,
  browser: ReturnType<World["browser"]>,
  how: { token?: string; headers?: Record<string, string> } = {},
) {
  const session = await world.sessions.find(browser.cookies.get("preau"));
  const token = how.token ?? session?.csrfToken ?? "";
  return browser.ask("/gar/saml/logout", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...how.headers },
    body: new URLSearchParams({ _csrf: token }).toString(),
  });
}
