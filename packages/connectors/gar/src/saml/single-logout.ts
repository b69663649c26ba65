/**
 * Single logout (SAML profiles §4.4) by HTTP-Redirect, HTTP-POST and SOAP: a message of the provider is verified as a sign-in
 * is, its ID is used up, and the sessions that it names end wherever their browsers are. A person who signs out here has her
 * session ended first; then the provider is told. @clause DD.7
 */
import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import { addMillis, instant, millisOf } from "@preau/kernel";
import type { SessionKey } from "@preau/web";
import { browserHash, newBrowserToken } from "../browser-binding.ts";
import type { BegunRequest, GarPorts } from "../door.ts";
import { refuse } from "../refusal.ts";
import { addRequest, consumeRequest } from "../store/pending-requests.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";
import type { NameId } from "./check-assertion.ts";
import {
  checkLogoutMessage,
  type LogoutMessage,
  type LogoutRequest,
  type LogoutResponse,
} from "./check-logout-message.ts";
import { checkSignatureCount, checkSignatureShape, elementsOf } from "./check-signature-shape.ts";
import { chooseCertificates } from "./choose-certificates.ts";
import { decryptElement } from "./decrypt-element.ts";
import type { IdentityProvider, LogoutEndpoints } from "./identity-provider-metadata.ts";
import { logoutRequest, logoutResponse, signedMessage } from "./logout-documents.ts";
import { parse } from "./parse-message.ts";
import { inflated, isSignedBy, readRedirect, redirectUrl } from "./redirect-binding.ts";
import { saml } from "./saml-names.ts";
import type { SamlService } from "./saml-service.ts";
import { sessionKeysOf } from "./session-keys.ts";
import { type InEnvelope, inEnvelope, requestInEnvelope } from "./soap-binding.ts";
import { verifyMessage } from "./verify-message.ts";

/** A verified message, from whom, and what is to be given back with its answer, percent-encoded. */
export interface ReceivedLogout {
  readonly provider: IdentityProvider;
  readonly message: LogoutMessage;
  readonly via: keyof LogoutEndpoints;
  readonly rawRelayState?: string | undefined;
}

/** How a message of ours goes through the browser. */
export type Sending =
  | { readonly via: "redirect"; readonly url: string }
  | {
      readonly via: "post";
      readonly action: string;
      readonly fields: Readonly<Record<string, string>>;
    };

/** What signing out at the provider needs of the session that has just ended. */
export interface EndedSession {
  readonly nameId: NameId;
  readonly sessionIndex: string | undefined;
}

/** A logout message has some 30 elements and 6 kB, with an EncryptedID 9. */
const logoutCaps = {
  characters: 24_576,
  elements: 80,
  depth: 12,
  attributes: 200,
  attributesOfElement: 16,
  namespaces: 32,
};

export function makeSingleLogout({ clock, unitOfWork }: GarPorts, service: SamlService) {
  const { door, names, options } = service;
  const { controller } = door.provider;
  const bound = (token: string) => browserHash(token, `${door.provider.id} logout`);

  const expectations = async ({ entityId: issuer }: IdentityProvider) => {
    const { decryption } = await service.keys();
    const how = { keys: decryption, allowCbc: false };
    return {
      now: millisOf(clock.now()),
      clockSkewMs: door.provider.clockSkewSeconds * 1_000,
      maxAgeMs: options.maxAgeSeconds * 1_000,
      issuer,
      logout: names.logout,
      decrypt: (holder: XmlElement) => decryptElement(holder, how, logoutCaps).root,
    };
  };

  /** A signature that no known key made may be by the provider's next one. */
  const withProvider = async <T>(verified: (provider: IdentityProvider) => Promise<T | undefined>) => {
    const provider = await service.provider();
    const found = await verified(provider);
    if (found !== undefined) return { provider, found };
    const latest = await service.refreshed();
    const again = latest === provider ? undefined : await verified(latest);
    return again === undefined ? refuse("badSignature") : { provider: latest, found: again };
  };

  /**
   * A message with a signature of its own; `find` gives it, in a document that the strict reader took. Nothing in it is read
   * before its signature holds, and no key of ours used.
   */
  const verifiedMessage = (bytes: Buffer, find: (root: XmlElement) => InEnvelope) =>
    withProvider(async (provider) => {
      const text = textOf(bytes);
      const root = parse(text, logoutCaps);
      const { element, inScope } = find(root);
      const signature = element.children.find(isSignature) ?? refuse("unsignedMessage");
      const id = element.attributes.get("ID") || refuse("unknownShape");
      const namedCertificates = checkSignatureShape(signature, id);
      checkSignatureCount(elementsOf(root), 1);
      const certificates = chooseCertificates(provider.certificates, namedCertificates);
      if (certificates.length === 0) return undefined;
      await verifyMessage(text, { element, signature, inScope, namedCertificates }, certificates);
      return checkLogoutMessage(element, await expectations(provider));
    });

  const answerTo = ({ id: inResponseTo }: LogoutRequest, destination: string | undefined) =>
    logoutResponse({ id: newId(), now: clock.now(), destination, issuer: names.entityId, inResponseTo });

  const sending = async (message: Outgoing, endpoint: Endpoint): Promise<Sending> => {
    const { signing } = await service.keys();
    const { kind, document, rawRelayState } = message;
    const { via, location } = endpoint;
    if (via === "redirect") {
      const { privateKey } = signing;
      return { via, url: redirectUrl({ location, kind, document, rawRelayState, privateKey }) };
    }
    const name = kind === "SAMLRequest" ? "LogoutRequest" : "LogoutResponse";
    const encoded = Buffer.from(signedMessage(name, document, signing)).toString("base64");
    const relayed = rawRelayState === undefined ? {} : { RelayState: plain(rawRelayState) };
    return { via, action: location, fields: { [kind]: encoded, ...relayed } };
  };

  return {
    /** A message in the query. Its signature is checked before it is opened. @throws GAR_SIGN_IN_REFUSED */
    receiveRedirect: async (query: string): Promise<ReceivedLogout> => {
      const redirect = readRedirect(query);
      const { provider } = await withProvider(
        async ({ certificates }) => isSignedBy(redirect, certificates) || undefined,
      );
      const root = parse(textOf(inflated(redirect, logoutCaps.characters)), logoutCaps);
      if (root.children.some(isSignature)) refuse("unknownShape"); // bindings §3.4.4.1: the query's is the only one
      const message = checkLogoutMessage(root, await expectations(provider));
      if (nameOf(redirect.kind) !== message.kind) refuse("unknownShape");
      return { provider, message, via: "redirect", rawRelayState: redirect.rawRelayState };
    },

    /** A field of a form. @throws GAR_SIGN_IN_REFUSED */
    receivePost: async (form: URLSearchParams): Promise<ReceivedLogout> => {
      const { kind, encoded, relayState } = fieldsOf(form);
      const bytes = Buffer.from(encoded, "base64");
      const { provider, found } = await verifiedMessage(bytes, (root) =>
        root.name === nameOf(kind) ? { element: root, inScope: new Map() } : refuse("unknownShape"),
      );
      const rawRelayState = relayState === undefined ? undefined : encodeURIComponent(relayState);
      return { provider, message: found, via: "post", rawRelayState };
    },

    /** The provider itself: its sessions end, and this is the answer to it. @throws GAR_SIGN_IN_REFUSED */
    answerSoap: async (bytes: Buffer): Promise<string> => {
      const { provider, found } = await verifiedMessage(bytes, requestInEnvelope);
      if (found.kind !== "LogoutRequest") return refuse("unknownShape");
      await end(provider, found);
      const { signing } = await service.keys();
      const answer = answerTo(found, undefined);
      return inEnvelope(signedMessage("LogoutResponse", answer, signing));
    },

    /** Ends what a request names, and how to answer it: by the binding that it came by if the provider takes answers there. */
    endAndAnswer: async (received: ReceivedLogout, request: LogoutRequest): Promise<Sending | undefined> => {
      const { provider, via, rawRelayState } = received;
      await end(provider, request);
      const used = provider.logout[via] === undefined ? other(via) : via;
      const location = provider.logout[used]?.answers;
      if (location === undefined) return undefined;
      const document = answerTo(request, location);
      return sending({ kind: "SAMLResponse", document, rawRelayState }, { via: used, location });
    },

    /** The answer to a request that this browser brought there: whether everything ended. @throws GAR_SIGN_IN_REFUSED */
    finish: (response: LogoutResponse, browserToken: string | undefined): Promise<boolean> =>
      unitOfWork.transaction(async (unit) => {
        const { inResponseTo: id, complete } = response;
        if (browserToken === undefined) return refuse("unknownRequest");
        const used = { id, browserHash: bound(browserToken), now: clock.now() };
        const begun = await consumeRequest(unit, controller, used);
        return begun === undefined ? refuse("unknownRequest") : complete;
      }),

    /**
     * What tells the provider of a session that ended here; undefined when it takes no part in single logout. By POST: a NameID
     * is in no address, unless it is one that means nothing after the session.
     * @throws GAR_METADATA_UNREADABLE, GAR_KEY_UNREADABLE
     */
    begin: async (
      ended: EndedSession,
      token = newBrowserToken(),
    ): Promise<{ readonly sending: Sending; readonly begun: BegunRequest } | undefined> => {
      const { logout } = await service.provider();
      const via = logout.post !== undefined ? "post" : "redirect";
      const location = logout[via]?.requests;
      const mayBeSeen = via === "post" || ended.nameId.format === saml.transient;
      if (location === undefined || !mayBeSeen) return undefined;
      const begun = { id: newId(), browserToken: token };
      const [now, { requestMinutes }] = [clock.now(), door.provider];
      const expiresAt = addMillis(now, requestMinutes * 60_000);
      const kept = { id: begun.id, browserHash: bound(token), nextPath: "/", expiresAt };
      await unitOfWork.transaction((unit) => addRequest(unit, controller, kept));
      const fields = { id: begun.id, now, destination: location, issuer: names.entityId, ...ended };
      const message = { kind: "SAMLRequest", document: logoutRequest(fields) } as const;
      return { sending: await sending(message, { via, location }), begun };
    },
  };

  function end({ entityId: issuer }: IdentityProvider, request: LogoutRequest): Promise<number> {
    const { id, acceptableUntil, nameId, sessionIndexes } = request;
    const keys: readonly SessionKey[] = sessionKeysOf(
      { id: door.provider.id, entityId: issuer },
      nameId.value,
      sessionIndexes,
    );
    return door.endSessions(keys, { issuer, id, expiresAt: instant(acceptableUntil) });
  }
}

interface Outgoing {
  readonly kind: "SAMLRequest" | "SAMLResponse";
  readonly document: string;
  readonly rawRelayState?: string | undefined;
}

interface Endpoint {
  readonly via: keyof LogoutEndpoints;
  readonly location: string;
}

/** A RelayState has 80 bytes at most (bindings §3.4.3); providers that keep an address in it have more. */
const MOST_RELAY_STATE = 1_024;

function fieldsOf(form: URLSearchParams) {
  const kind = form.has("SAMLRequest") ? "SAMLRequest" : "SAMLResponse";
  const [encoded = "", ...more] = form.getAll(kind);
  const [relayState, ...others] = form.getAll("RelayState");
  const both = form.has("SAMLRequest") && form.has("SAMLResponse");
  if (both || more.length > 0 || others.length > 0) refuse("unknownShape");
  if ((relayState?.length ?? 0) > MOST_RELAY_STATE) refuse("unknownShape");
  const base64 = encoded.replaceAll(/[\t\r\n ]/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) refuse("notBase64");
  return { kind, encoded: base64, relayState } as const;
}

function nameOf(kind: "SAMLRequest" | "SAMLResponse"): LogoutMessage["kind"] {
  return kind === "SAMLRequest" ? "LogoutRequest" : "LogoutResponse";
}

function other(via: keyof LogoutEndpoints): keyof LogoutEndpoints {
  return via === "post" ? "redirect" : "post";
}

function isSignature({ namespace, name }: XmlElement): boolean {
  return namespace === saml.signature && name === "Signature";
}

function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : refuse("notXml");
}

/** Of a query, where a space may be a plus. */
function plain(raw: string): string {
  return decodeURIComponent(raw.replaceAll("+", " "));
}

function newId(): string {
  return `_${randomBytes(20).toString("hex")}`;
}
