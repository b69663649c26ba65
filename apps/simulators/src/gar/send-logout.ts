/** Sends logout messages, spoilt as the switches say, and reads what services answer to them. */
import { isFault } from "@preau/kernel";
import type { Answered } from "./choices.ts";
import { type Defects, freshId, nobody } from "./defects.ts";
import type { IdentityProviderNames } from "./identity-provider-metadata.ts";
import {
  envelope,
  type LogoutMessage,
  type LogoutResponseFields,
  logoutRequestXml,
  logoutResponseXml,
  readSignedLogoutMessage,
} from "./logout-messages.ts";
import { postPage } from "./pages.ts";
import { type MessageName, redirectUrl } from "./redirect-binding.ts";
import { saml } from "./saml.ts";
import type { SamlSubject } from "./saml-logout.ts";
import type { LogoutService, ServiceProvider } from "./service-providers.ts";
import type { LogoutOutcome } from "./sessions.ts";
import { type Signer, signElement } from "./sign.ts";
import { type Signers, signerOf } from "./spoilt-document.ts";

export interface LogoutSenderOptions {
  readonly names: () => IdentityProviderNames;
  readonly now: () => number;
  readonly signers: Signers;
  readonly defects: Defects;
}

interface Answering {
  readonly message: LogoutMessage;
  readonly status: LogoutResponseFields["status"];
  readonly service: LogoutService;
  readonly relayState: string | undefined;
}

export interface LogoutSender {
  requestThroughBrowser(subject: SamlSubject, service: LogoutService, handle: string): Answered;
  requestBySoap(subject: SamlSubject, service: LogoutService): Promise<LogoutOutcome>;
  answerThroughBrowser(answering: Answering): Answered;
  answerBySoap(
    message: LogoutMessage,
    status: LogoutResponseFields["status"],
    provider: ServiceProvider,
  ): string;
  /** The handle that came with the request that a message answers. */
  handleOf(message: LogoutMessage): string | undefined;
  /** What a LogoutResponse, whose signature is verified, says to our request. */
  outcomeOf(message: LogoutMessage, provider: ServiceProvider): LogoutOutcome;
}

const VALID_MS = 5 * 60_000;
const STALE_MS = 60 * 60_000;
const ANSWER_WITHIN_MS = 5_000;
const MOST_ANSWER_CHARACTERS = 131_072;
const MOST_SENT = 1_000;
const ELSEWHERE = "https://elsewhere.example/saml/logout";

export function makeLogoutSender({ names, now, signers, defects }: LogoutSenderOptions): LogoutSender {
  const on = (name: Parameters<Defects["get"]>[0]) => defects.get(name) > 0;
  /** Requests that wait for an answer, by ID. */
  const sent = new Map<string, { readonly entityId: string; readonly handle: string | undefined }>();
  const lastRequests = new Map<string, string>();
  const signer = (): Signer | undefined =>
    on("logout-unsigned") ? undefined : signerOf(signers, defects, on("logout-wrong-key"));
  const hash = () => (on("logout-sha1") ? "sha1" : "sha256");
  const frame = (destination: string) => ({
    id: freshId(),
    version: on("logout-wrong-version") ? "1.1" : "2.0",
    issuer: on("logout-wrong-issuer") ? "https://elsewhere.example/idp" : names().entityId,
    destination: on("logout-wrong-destination") ? ELSEWHERE : destination,
    issuedAt: now() - (on("logout-stale") ? STALE_MS : 0),
  });

  const request = (subject: SamlSubject, destination: string, handle?: string) => {
    const { provider, nameId, sessionIndex } = subject;
    const fields = frame(destination);
    for (const id of sent.keys()) if (sent.size >= MOST_SENT) sent.delete(id);
    sent.set(fields.id, { entityId: provider.entityId, handle });
    const session = on("logout-other-session") ? freshId() : sessionIndex;
    return {
      ...fields,
      expiresAt: fields.issuedAt + VALID_MS,
      nameId: on("logout-for-another") ? freshId() : nameId,
      sessionIndex: on("logout-no-session-index") ? undefined : session,
    };
  };

  const answer = (message: LogoutMessage, status: LogoutResponseFields["status"], destination: string) =>
    logoutResponseXml({
      ...frame(destination),
      inResponseTo: on("logout-answer-other-request") ? freshId() : message.id,
      status: on("logout-answer-failed") ? [saml.responder] : status,
    });

  /** A message with its signature inside, as POST and SOAP carry it. */
  const signedInside = (xml: string): string => {
    const by = signer();
    return by === undefined ? xml : signElement(xml, by, hash());
  };

  const signedRequest = (subject: SamlSubject, destination: string, handle?: string): string => {
    const { entityId } = subject.provider;
    const last = lastRequests.get(entityId);
    if (on("logout-replayed") && last !== undefined) return last;
    const fields = request(subject, destination, handle);
    const signed = signedInside(logoutRequestXml(fields));
    const wrapped = on("logout-wrapped")
      ? logoutRequestXml({ ...fields, id: freshId(), nameId: nobody }).replace(
          "</saml2:Issuer>",
          `$&<saml2p:Extensions>${signed}</saml2p:Extensions>`,
        )
      : signed;
    const xml = spoiltText(on("logout-tampered") ? wrapped.replace(fields.nameId, nobody) : wrapped);
    lastRequests.set(entityId, xml);
    return xml;
  };

  const spoiltText = (xml: string) => (on("logout-doctype") ? `<!DOCTYPE saml2p:Logout>${xml}` : xml);

  const carry = (name: MessageName, location: string, xml: string, relayState: string | undefined) =>
    postPage({
      action: location,
      fields: {
        [name]: Buffer.from(xml).toString("base64"),
        ...(relayState === undefined ? {} : { RelayState: relayState }),
      },
    });

  const redirected = (options: {
    readonly name: MessageName;
    readonly location: string;
    readonly xml: string;
    readonly relayState: string | undefined;
    readonly tampered?: string | undefined;
  }): Answered => ({
    redirect: redirectUrl({ ...options, xml: spoiltText(options.xml), signer: signer(), hash: hash() }),
  });

  const outcomeOf = (message: LogoutMessage, { entityId }: ServiceProvider): LogoutOutcome => {
    const asked = sent.get(message.inResponseTo ?? "");
    sent.delete(message.inResponseTo ?? "");
    if (message.kind !== "LogoutResponse") return { ok: false, said: "n'a pas envoyé de LogoutResponse" };
    if (asked?.entityId !== entityId) return { ok: false, said: "InResponseTo ne nomme pas notre demande" };
    if (message.issuer !== entityId) return { ok: false, said: "Issuer est un autre service" };
    const ok = message.status === saml.success;
    return {
      ok,
      said: ok ? "a confirmé (Success)" : `a refusé (${message.status?.split(":").at(-1) ?? "?"})`,
    };
  };

  return {
    outcomeOf,
    handleOf: ({ inResponseTo }) => sent.get(inResponseTo ?? "")?.handle,
    requestThroughBrowser: (subject, service, handle) => {
      const { location } = service;
      if (service.binding === saml.post)
        return carry("SAMLRequest", location, signedRequest(subject, location, handle), handle);
      const fields = request(subject, location, handle);
      const xml = logoutRequestXml(fields);
      const tampered = on("logout-tampered") ? xml.replace(fields.nameId, nobody) : undefined;
      return redirected({ name: "SAMLRequest", location, xml, relayState: handle, tampered });
    },
    requestBySoap: async (subject, { location }) => {
      try {
        const answered = await fetch(location, {
          method: "POST",
          headers: {
            "content-type": "text/xml; charset=utf-8",
            soapaction: '"http://www.oasis-open.org/committees/security"',
          },
          body: envelope(signedRequest(subject, location)),
          redirect: "manual",
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        });
        const text = (await answered.text()).slice(0, MOST_ANSWER_CHARACTERS);
        if (!answered.ok) return { ok: false, said: `a répondu ${answered.status}` };
        return outcomeOf(readSignedLogoutMessage(text, subject.provider.certificates), subject.provider);
      } catch (error) {
        return { ok: false, said: isFault(error) ? `réponse refusée : ${error.place ?? ""}` : "injoignable" };
      }
    },
    answerThroughBrowser: ({ message, status, service, relayState }) => {
      const location = service.responseLocation;
      const xml = answer(message, status, location);
      return service.binding === saml.post
        ? carry("SAMLResponse", location, spoiltText(signedInside(xml)), relayState)
        : redirected({ name: "SAMLResponse", location, xml, relayState });
    },
    answerBySoap: (message, status, provider) =>
      envelope(spoiltText(signedInside(answer(message, status, provider.entityId)))),
  };
}
