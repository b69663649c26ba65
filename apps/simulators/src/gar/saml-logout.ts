/**
 * Single logout (SAML profiles §4.4) on SOAP, POST and Redirect: our own requests to the services of a session, and
 * answers to those of a service, which reach every other one first.
 */
import express, { type Router } from "express";
import { knownProvider } from "./authn-request.ts";
import { type Answered, send } from "./choices.ts";
import type { Defects } from "./defects.ts";
import type { IdentityProviderNames } from "./identity-provider-metadata.ts";
import { type LogoutMessage, readLogoutMessage, readSignedLogoutMessage } from "./logout-messages.ts";
import { messagePage } from "./pages.ts";
import { readRedirect, refuse } from "./redirect-binding.ts";
import { saml } from "./saml.ts";
import { type LogoutSender, makeLogoutSender } from "./send-logout.ts";
import type { LogoutService, ServiceProvider, ServiceProviders } from "./service-providers.ts";
import type { Channel, LogoutOutcome, Participant, Sessions } from "./sessions.ts";
import type { ServiceOutcome, SigningOut } from "./signing-out.ts";
import type { Signers } from "./spoilt-document.ts";

export interface SamlLogoutOptions {
  readonly names: () => IdentityProviderNames;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly signers: Signers;
  readonly providers: ServiceProviders;
  readonly defects: Defects;
  readonly sessions: Sessions;
  readonly signingOut: SigningOut;
}

/** What a service provider knows the person and the session by. */
export interface SamlSubject {
  readonly provider: ServiceProvider;
  readonly nameId: string;
  readonly sessionIndex: string;
}

export interface SamlLogout {
  /** The service provider as somebody who is to hear of the session's end. */
  participant(subject: SamlSubject): Participant;
  readonly router: Router;
}

const BINDINGS: Readonly<Record<Channel, string>> = {
  soap: saml.soap,
  post: saml.post,
  redirect: saml.redirect,
};
const FRESH_MS = 5 * 60_000;
const MOST_SUBJECTS = 2_000;

export function samlLogout(options: SamlLogoutOptions): SamlLogout {
  const { names, now, providers, sessions, signingOut } = options;
  const sender = makeLogoutSender(options);
  const subjects = new Map<string, SamlSubject>();

  const participant = (subject: SamlSubject): Participant => {
    const { entityId } = subject.provider;
    for (const key of subjects.keys()) if (subjects.size >= MOST_SUBJECTS) subjects.delete(key);
    subjects.set(subject.sessionIndex, subject);
    // Metadata may have changed since the sign-in.
    const latest = () => providers.known().find((each) => each.entityId === entityId)?.logoutServices ?? [];
    const chosen = (channel: Channel | undefined) => chooseService(latest(), channel);
    return {
      service: entityId,
      protocol: "saml",
      index: subject.sessionIndex,
      goesThroughBrowser: (channel) => {
        const service = chosen(channel);
        return service !== undefined && service.binding !== saml.soap;
      },
      throughBrowser: (handle, channel) => {
        const service = chosen(channel);
        if (service === undefined) throw new TypeError("who has no address is not reached by a browser");
        return sender.requestThroughBrowser(subject, service, handle);
      },
      logOut: () => {
        const service = chosen("soap");
        return service?.binding === saml.soap
          ? sender.requestBySoap(subject, service)
          : Promise.resolve({ ok: false, said: "ses métadonnées n'ont aucune adresse de déconnexion" });
      },
    };
  };

  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: "128kb" });
  router.get("/idp/profile/SAML2/Redirect/SLO", async (request, response) => {
    const redirected = readRedirect(request.originalUrl.split("?")[1] ?? "");
    const message = readLogoutMessage(redirected.xml);
    const provider = await knownProvider(providers, message.issuer);
    redirected.verify(provider.certificates);
    checkAddressed(message, names().logoutUrls.redirect, now());
    const at = { provider, binding: saml.redirect, relayState: redirected.relayState };
    send(response, await handle(message, at));
  });
  router.post("/idp/profile/SAML2/POST/SLO", form, async (request, response) => {
    const posted = (request.body ?? {}) as Record<string, unknown>;
    const encoded = posted["SAMLRequest"] ?? posted["SAMLResponse"];
    if (typeof encoded !== "string") return refuse("no SAMLRequest in the form");
    const { message, provider } = await readSigned(Buffer.from(encoded, "base64").toString("utf8"));
    checkAddressed(message, names().logoutUrls.post, now());
    const relayState = typeof posted["RelayState"] === "string" ? posted["RelayState"] : undefined;
    send(response, await handle(message, { provider, binding: saml.post, relayState }));
  });
  const text = express.text({ type: () => true, limit: "128kb" });
  router.post("/idp/profile/SAML2/SOAP/SLO", text, async (request, response) => {
    const { message, provider } = await readSigned(String(request.body ?? ""));
    if (message.kind !== "LogoutRequest") refuse("no LogoutRequest");
    checkAddressed(message, names().logoutUrls.soap, now());
    const status = await endSessionOf(message, provider, async (session, own) => {
      let outcomes: readonly ServiceOutcome[] = [];
      const finish = (all: readonly ServiceOutcome[]) => {
        outcomes = all;
        return { redirect: "" };
      };
      await signingOut.begin(session, { except: own, browser: false, finish });
      return statusOf(outcomes);
    });
    response.type("text/xml").send(sender.answerBySoap(message, status ?? UNKNOWN, provider));
  });
  return { participant, router };

  async function readSigned(xml: string) {
    const provider = await knownProvider(providers, readLogoutMessage(xml).issuer);
    return { provider, message: readSignedLogoutMessage(xml, provider.certificates) };
  }

  async function handle(message: LogoutMessage, at: Came): Promise<Answered> {
    if (message.kind === "LogoutResponse") return readAnswer(message, at);
    const answer = (status: Status) => answerOf(sender, message, at, status);
    const ended = await endSessionOf(message, at.provider, (session, own) =>
      signingOut.begin(session, { except: own, finish: (outcomes) => answer(statusOf(outcomes)) }),
    );
    return ended ?? answer(UNKNOWN);
  }

  function readAnswer(message: LogoutMessage, at: Came): Answered {
    const handle = sender.handleOf(message) ?? at.relayState ?? "";
    const next = signingOut.answered(handle, sender.outcomeOf(message, at.provider));
    return next ?? page("Aucune déconnexion n'attend cette réponse.");
  }

  /** What `end` makes of the session that the request means; undefined when there is none. */
  async function endSessionOf<T>(
    message: LogoutMessage,
    provider: ServiceProvider,
    end: (session: NonNullable<ReturnType<Sessions["byIndex"]>>, own: Participant) => Promise<T>,
  ): Promise<T | undefined> {
    const meant = [...subjects.values()].filter(
      (each) =>
        each.nameId === message.nameId &&
        each.provider.entityId === provider.entityId &&
        (message.sessionIndexes.length === 0 || message.sessionIndexes.includes(each.sessionIndex)),
    );
    for (const { sessionIndex } of meant) {
      const session = sessions.byIndex("saml", sessionIndex);
      const own = session?.participants.find(({ index }) => index === sessionIndex);
      subjects.delete(sessionIndex);
      if (session !== undefined && own !== undefined) return end(session, own);
    }
    return undefined;
  }
}

interface Came {
  readonly provider: ServiceProvider;
  readonly binding: string;
  readonly relayState: string | undefined;
}

type Status = readonly [string] | readonly [string, string];
const UNKNOWN: Status = [saml.requester, saml.unknownPrincipal];

function statusOf(outcomes: readonly LogoutOutcome[]): Status {
  return outcomes.every(({ ok }) => ok) ? [saml.success] : [saml.success, saml.partialLogout];
}

/** The wanted channel where the service has it; SOAP, POST, Redirect otherwise. */
function chooseService(services: readonly LogoutService[], channel: Channel | undefined) {
  const order = [...(channel === undefined ? [] : [channel]), "soap", "post", "redirect"] as const;
  return order
    .map((each) => services.find(({ binding }) => binding === BINDINGS[each]))
    .find((each) => each !== undefined);
}

/** For us, and now. @throws SIMULATOR_BAD_SAML_REQUEST */
function checkAddressed(message: LogoutMessage, url: string, now: number): void {
  if (message.destination !== url) refuse(`Destination is not ${url}`);
  if (!(Math.abs(now - message.issuedAt) <= FRESH_MS)) refuse("IssueInstant is not of now");
  if (message.expiresAt !== undefined && message.expiresAt <= now) refuse("NotOnOrAfter has passed");
}

/** The LogoutResponse, by the binding by which the request came where the service provider has it. */
function answerOf(sender: LogoutSender, message: LogoutMessage, came: Came, status: Status): Answered {
  const { logoutServices } = came.provider;
  const fronts = logoutServices.filter(({ binding }) => binding !== saml.soap);
  const service = fronts.find(({ binding }) => binding === came.binding) ?? fronts[0];
  if (service === undefined) {
    return page("Vous êtes déconnecté·e. Le service n'a pas d'adresse où le lui dire.");
  }
  return sender.answerThroughBrowser({ message, status, service, relayState: came.relayState });
}

function page(text: string): Answered {
  return {
    html: messagePage("Déconnexion", text),
    contentSecurityPolicy: "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
  };
}
