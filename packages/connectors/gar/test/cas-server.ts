/** A CAS server of the tests' own, on real sockets, in which every answer can be wrong. Independent of the simulator. */
import { createPrivateKey, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type Instant, instant } from "@preau/kernel";
import { onTestFinished } from "vitest";
import { selfSignedCertificate } from "../src/saml/self-signed-certificate.ts";
import { idpKey, teacher } from "./identity-provider.ts";
import { openWorld, type World } from "./world.ts";

export const casNs = 'xmlns:cas="http://www.yale.edu/tp/cas"';

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function successXml(inside: string, user = "opaque-user"): string {
  return (
    `<cas:serviceResponse ${casNs}><cas:authenticationSuccess><cas:user>${user}</cas:user>${inside}` +
    `</cas:authenticationSuccess></cas:serviceResponse>`
  );
}

/** Attributes side by side, as the GAR writes them. */
export function flatXml(attributes: Readonly<Record<string, readonly string[]>>): string {
  const elements = Object.entries(attributes).flatMap(([name, values]) =>
    values.map((value) => `<cas:${name}>${escapeText(value)}</cas:${name}>`),
  );
  return `<cas:attributes>${elements.join("")}</cas:attributes>`;
}

const failureXml = (code: string) =>
  `<cas:serviceResponse ${casNs}><cas:authenticationFailure code="${code}">no</cas:authenticationFailure></cas:serviceResponse>`;

export function logoutXml(ticket: string, at: Instant, more: { readonly id?: string } = {}): string {
  const { id = `LR-1-${randomBytes(12).toString("hex")}` } = more;
  return (
    `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${id}" Version="2.0" IssueInstant="${at}">` +
    `<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">@NOT_USED@</saml:NameID>` +
    `<samlp:SessionIndex>${ticket}</samlp:SessionIndex></samlp:LogoutRequest>`
  );
}

/** A certificate for 127.0.0.1, by the key that all tests share. Real programs check it on the real clock. */
export function tlsCertificate(from = "2020-01-01T00:00:00.000Z", days = 36_500, names = ["127.0.0.1"]) {
  const privateKey = createPrivateKey(idpKey.privateKey);
  return selfSignedCertificate(privateKey, { name: `CAS ${from}`, names, from: instant(from), days });
}

export interface CasServerOptions {
  /** PEM; plain http without. */
  readonly certificate?: string;
  /** Context path. */
  readonly path?: string;
}

export type Behaviour = (ticket: string, response: ServerResponse, request: IncomingMessage) => void;

export type CasServer = Awaited<ReturnType<typeof startCasServer>>;

export async function startCasServer({ certificate, path = "" }: CasServerOptions = {}) {
  const tickets = new Map<string, { readonly service: string; readonly body: string }>();
  const asked: { readonly path: string; readonly ticket: string; readonly service: string }[] = [];
  let behaviour: Behaviour | undefined;

  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? "", "http://cas.test");
    const ticket = url.searchParams.get("ticket") ?? "";
    const service = url.searchParams.get("service") ?? "";
    asked.push({ path: url.pathname, ticket, service });
    if (behaviour !== undefined) {
      behaviour(ticket, response, request);
      return;
    }
    const known = tickets.get(ticket);
    tickets.delete(ticket); // valid or not, a ticket is looked at once
    response.setHeader("content-type", "application/xml");
    if (known === undefined) response.end(failureXml("INVALID_TICKET"));
    else response.end(known.service === service ? known.body : failureXml("INVALID_SERVICE"));
  };
  const server =
    certificate === undefined
      ? createServer(listener)
      : createTlsServer({ key: idpKey.privateKey, cert: certificate }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}${path}`,
    asked,
    /** Every answer from now on; undefined for the honest one. */
    behave: (next: Behaviour | undefined) => {
      behaviour = next;
    },
    /** A ticket for the service address in a redirect to the login page, and the path where it is brought to us. */
    issue: (location: string, body = successXml(flatXml(teacher))) => {
      const service = URL.parse(location)?.searchParams.get("service") ?? "";
      const ticket = `ST-1-${randomBytes(12).toString("base64url").replaceAll("_", "x")}-cas.test`;
      tickets.set(ticket, { service, body });
      const back = new URL(service);
      back.searchParams.set("ticket", ticket);
      return { ticket, service, path: back.pathname + back.search };
    },
  };
}

/** From our login to our service address with a ticket, as an honest browser does it. */
export async function casSignIn(
  world: World,
  cas: CasServer,
  more: {
    readonly body?: string;
    readonly base?: string;
    readonly browser?: ReturnType<World["browser"]>;
  } = {},
) {
  const { body, base = "/gar/cas", browser = world.browser() } = more;
  const begun = await browser.ask(`${base}/login`);
  const location = begun.headers.get("location") ?? "";
  const issued = cas.issue(location, body);
  const answer = await browser.ask(issued.path);
  return { browser, location, ...issued, answer };
}

/** A logout message, as a server posts it: no browser, no cookies. */
export function postLogout(world: World, message: string, path = "/gar/cas/logout") {
  return fetch(world.base + path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ logoutRequest: message }),
  });
}

/** A world of one test alone whose GAR speaks CAS. */
export function openCas(cas: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return openWorld({ options: { cas, ...more } });
}

/** The same, and its server. */
export async function openBoth(cas: Record<string, unknown> = {}, server: CasServerOptions = {}) {
  const peer = await startCasServer(server);
  return { cas: peer, world: await openCas({ server: peer.url, ...cas }) };
}
