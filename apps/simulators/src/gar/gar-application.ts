/** The simulated GAR as an Express application: one session, one list of people and one list of switches for all protocols. */
import type { Clock } from "@preau/kernel";
import { isFault, millisOf } from "@preau/kernel";
import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import { type Faults, faultsRouter } from "../faults.ts";
import { casRouter } from "../gar-cas/cas-router.ts";
import { casDefects } from "../gar-cas/defects.ts";
import type { CasServices } from "../gar-cas/services.ts";
import type { OidcClients } from "../gar-oidc/clients.ts";
import { oidcDefects } from "../gar-oidc/defects.ts";
import { oidcRouter } from "../gar-oidc/oidc-router.ts";
import { subscriptionDefects } from "../gar-subscriptions/defects.ts";
import { garAddresses } from "./addresses.ts";
import { makeChoices, send } from "./choices.ts";
import { encryptionDefects, samlDefects, samlSettings, signInDefects } from "./defects.ts";
import { type FaultGroup, faultsPage } from "./faults-page.ts";
import { identityProvider } from "./identity-provider.ts";
import { logoutDefects } from "./logout-defects.ts";
import { makeReports, mediacentre } from "./mediacentre.ts";
import { contentSecurityPolicy, frontPage, messagePage } from "./pages.ts";
import type { Resource } from "./resources.ts";
import type { ServiceProviders } from "./service-providers.ts";
import { type GarSession, makeSessions } from "./sessions.ts";
import { makeSigningOut, type ServiceOutcome } from "./signing-out.ts";
import type { Signers } from "./spoilt-document.ts";
import { garCss } from "./style.ts";

/** Every switch of every protocol. */
export const garDefects = { ...samlDefects, ...oidcDefects, ...casDefects, ...subscriptionDefects } as const;

const groups: readonly FaultGroup[] = [
  { title: "Réglages", names: Object.keys(samlSettings) },
  { title: "Connexion SAML", names: Object.keys(signInDefects) },
  { title: "Chiffrement des assertions", names: Object.keys(encryptionDefects) },
  { title: "Déconnexion SAML", names: Object.keys(logoutDefects) },
  { title: "OpenID Connect", names: Object.keys(oidcDefects) },
  { title: "CAS", names: Object.keys(casDefects) },
  { title: "Service d'abonnement", names: Object.keys(subscriptionDefects) },
];

export interface GarApplicationOptions {
  /** `http://localhost:8701`; asked at each request, for a port that is known only once it is bound. */
  readonly url: () => string;
  readonly clock: Clock;
  readonly signers: Signers;
  readonly providers: ServiceProviders;
  readonly resources: readonly Resource[];
  readonly oidcClients: OidcClients;
  readonly casServices: CasServices;
  readonly defects: Faults<typeof garDefects>;
}

export function garApplication(options: GarApplicationOptions): Express {
  const { url, clock, defects } = options;
  const now = () => millisOf(clock.now());
  const sessions = makeSessions(now);
  const choices = makeChoices({ sessions, now });
  const signingOut = makeSigningOut(sessions);
  const reports = makeReports();
  /** Ends a session for who asked by a protocol of their own; the browser then goes there, or sees what came back. */
  const signOut = async (response: Response, session: GarSession | undefined, next?: string) => {
    const finish = (outcomes: readonly ServiceOutcome[]) =>
      next === undefined ? reports.keep(outcomes) : { redirect: next };
    send(response, session === undefined ? finish([]) : await signingOut.begin(session, { finish }));
  };
  const common = { ...options, now, choices, sessions, signingOut };

  const application = express().disable("x-powered-by");
  application.use((_request, response, next) => {
    response.set({
      "Content-Security-Policy": contentSecurityPolicy(),
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    });
    next();
  });
  application.get("/gar.css", (_request, response) => void response.type("css").send(garCss));
  application.use(faultsRouter(defects, { page: (states) => faultsPage(states, groups) }));
  application.use(async (_request, _response, next) => {
    await new Promise((resolve) => setTimeout(resolve, defects.get("slow") * 1_000));
    next();
  });
  application.get(
    "/",
    (_request, response) => void response.type("html").send(frontPage(garAddresses(url()))),
  );
  application.use(choices.router);
  application.use(mediacentre({ ...common, reports }));
  application.use(identityProvider(common));
  application.use(
    oidcRouter({
      ...{ ...common, signOut },
      clients: options.oidcClients,
      privateKey: options.signers.own.privateKey,
    }),
  );
  application.use(casRouter({ ...common, signOut, services: options.casServices }));
  application.use(refusalHandler);
  return application;
}

const refusalHandler: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!isFault(error)) {
    next(error);
    return;
  }
  const text = `${error.entry.says.fr} ${error.place ?? ""}`;
  response.status(error.status).type("html").send(messagePage("Demande refusée", text));
};
