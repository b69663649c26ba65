/** The routes of a SAML 2.0 provider: one line a route. */
import { type WebHandler, type WebRoute, webRoutes } from "@preau/web";
import { type GarPorts } from "../door.ts";
import type { SamlOptions } from "../options.ts";
import type { SignInProvider } from "../provider.ts";
import { makeSamlService, type SamlService } from "../saml/saml-service.ts";
import { serviceProviderMetadata } from "../saml/service-provider-metadata.ts";
import { GarStrategy } from "./gar-strategy.ts";
import { runStrategy } from "./run-strategy.ts";
import { samlLogout } from "./saml-logout.ts";
import { type Arrived, arrived, brake, welcome } from "./sign-in-routes.ts";

const CROSS_SITE =
  "the assertion is posted by the identity provider; InResponseTo and the browser's token take its place";
const CROSS_SITE_LOGOUT =
  "the provider's messages come from another site, each with its signature; the form of who signs out is checked by the handler";
/** Every person's end of session may come from the provider's one address. */
const logoutBrake = { attempts: 6_000, seconds: 60 };
/** A response in base64 is a third larger than its XML, and percent-encoding adds to it. */
const RESPONSE_LIMIT = 131_072;

export function samlRoutes(
  ports: GarPorts,
  provider: SignInProvider,
  options: SamlOptions,
): readonly WebRoute[] {
  const service = makeSamlService(ports, provider, options);
  const strategy = new GarStrategy(service, {
    onSignedIn: (request, identity, unit) => welcome(request as Arrived, identity, unit), // what passport is given inherits from it
  });
  const logout = samlLogout(ports, service);
  const { basePath } = provider;
  const clause = "D4.1";
  return webRoutes([
    { method: "get", path: `${basePath}/login`, handler: login(strategy), who: "anyone", rateLimit: brake },
    {
      method: "post",
      path: `${basePath}/acs`,
      handler: consume(strategy),
      who: "anyone",
      clause,
      csrfExempt: CROSS_SITE,
      bodyLimit: RESPONSE_LIMIT,
      rateLimit: brake,
    },
    {
      method: "get",
      path: `${basePath}/logout`,
      handler: logout.get,
      who: "anyone",
      clause: "DD.7",
      rateLimit: logoutBrake,
    },
    {
      method: "post",
      path: `${basePath}/logout`,
      handler: logout.post,
      who: "anyone",
      clause: "DD.7",
      csrfExempt: CROSS_SITE_LOGOUT,
      body: "raw",
      rateLimit: logoutBrake,
    },
    { method: "get", path: `${basePath}/metadata`, handler: metadata(service), who: "anyone" },
  ]);
}

/** Sends the browser to the identity provider with a signed AuthnRequest. */
function login(strategy: GarStrategy): WebHandler {
  return async (request, response) => {
    const outcome = await runStrategy(strategy, request);
    if (outcome.kind === "redirect") response.redirect(302, outcome.url);
  };
}

/** The assertion consumer service: one session for one honest response. @clause D4.1, DB.K.gar-teacher, DB.K.gar-pupil */
function consume(strategy: GarStrategy): WebHandler {
  return async (request, response) => {
    const outcome = await runStrategy(strategy, arrived(request));
    if (outcome.kind === "success") response.redirect(303, outcome.user.nextPath);
  };
}

function metadata({ door, names, options, keys }: SamlService): WebHandler {
  return async (_request, response) => {
    const { allowCbc } = options;
    const content = { provider: door.provider, entityId: names.entityId, keys: await keys(), allowCbc };
    response.type("application/samlmetadata+xml").send(serviceProviderMetadata(content));
  };
}
