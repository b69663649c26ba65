/** The connector's routes in a hub: one line a route. */
import type { Session, WebHandler, WebRequest, WebRoute } from "@preau/web";
import { webRoutes } from "@preau/web";
import type { GarOptions } from "../options.ts";
import { GarStrategy } from "../saml/gar-strategy.ts";
import { runStrategy } from "../saml/run-strategy.ts";
import { type GarPorts, type SamlService, samlService } from "../saml/saml-service.ts";
import { serviceProviderMetadata } from "../saml/service-provider-metadata.ts";
import { sessionOf } from "../sign-in.ts";
import { sessionAnswer } from "./session-answer.ts";

const CROSS_SITE =
  "the assertion is posted by the identity provider; InResponseTo and the browser's token take its place";
/** A response in base64 is a third larger than its XML, and percent-encoding adds to it. */
const RESPONSE_LIMIT = 131_072;
/** A whole school comes from one address: this stops floods, not a morning. */
const brake = { attempts: 600, seconds: 60 };

/** The request with the response, and the session that was there before: a unit that is tried again ends that one. */
type Arrived = WebRequest & { readonly before: Session | undefined };

export function garRoutes(ports: GarPorts, options: GarOptions): readonly WebRoute[] {
  const service = samlService(ports, options);
  const strategy = new GarStrategy(service, {
    onSignedIn: async (request, identity, unit) => {
      const web = request as Arrived; // what passport is given inherits from it
      await web.before?.end(unit);
      await web.signIn(sessionOf(identity), unit);
    },
  });
  const clause = "D4.1";
  return webRoutes([
    { method: "get", path: "/gar/saml/login", handler: login(strategy), who: "anyone", rateLimit: brake },
    {
      method: "post",
      path: "/gar/saml/acs",
      handler: consume(strategy),
      who: "anyone",
      clause,
      csrfExempt: CROSS_SITE,
      bodyLimit: RESPONSE_LIMIT,
      rateLimit: brake,
    },
    {
      method: "post",
      path: "/gar/saml/logout",
      handler: logout(ports, options),
      who: "signedIn",
      clause: "DD.7",
    },
    { method: "get", path: "/gar/saml/metadata", handler: metadata(service), who: "anyone" },
    { method: "get", path: "/session", handler: session, who: "signedIn", clause, forMachines: true },
  ]);
}

function arrived(request: WebRequest): Arrived {
  const body = Object.fromEntries(request.form);
  return Object.create(request, { body: { value: body }, before: { value: request.session } }) as Arrived;
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
    if (outcome.kind !== "success") return;
    response.redirect(303, outcome.user.nextPath);
  };
}

/** Ends our session alone; the identity provider's goes on. @clause DD.7 */
function logout({ journal, unitOfWork }: GarPorts, { controller }: GarOptions): WebHandler {
  return async (request, response) => {
    const subject = request.session?.data.subject;
    await unitOfWork.transaction(async (unit) => {
      await journal.record(unit, {
        log: "activity",
        type: "gar.signedOut",
        clause: "DD.7",
        controller: request.session?.data.controller ?? controller,
        actor: { role: request.session?.data.actorRole ?? "dataSubject", ...(subject && { id: subject }) },
      });
      await request.signOut(unit);
    });
    response.redirect(303, "/");
  };
}

function metadata(service: SamlService): WebHandler {
  return async (_request, response) => {
    response
      .type("application/samlmetadata+xml")
      .send(serviceProviderMetadata(service.names, await service.key()));
  };
}

const session: WebHandler = (request, response) => {
  if (request.session !== undefined) response.json(sessionAnswer(request.session.data));
};
