/** The routes of a CAS provider: one line a route. */
import { isFault } from "@preau/kernel";
import { refuseForgedForm, type WebHandler, type WebRoute, webRoutes } from "@preau/web";
import { type CasService, makeCasService } from "../cas/cas-service.ts";
import type { GarPorts } from "../door.ts";
import type { CasOptions } from "../options.ts";
import type { SignInProvider } from "../provider.ts";
import { refuse } from "../refusal.ts";
import { arrive } from "./arrive-from-cas.ts";
import { arrived, brake, welcome } from "./sign-in-routes.ts";
import { leadOn, signOut, startedBy } from "./sign-out.ts";

const LOGOUT_FIELD = "logoutRequest";
const CROSS_SITE = "the server posts its logout messages here: the ticket in them takes a token's place";
const OR_OURS = `${CROSS_SITE}; the locks of our own form are looked at by hand`;
/** A logout message has at most 8 Ki characters, and percent-encoding triples some. */
const LOGOUT_LIMIT = 32_768;
/** A whole region's sessions may end in one minute, all told by one address. */
const logoutBrake = { attempts: 6_000, seconds: 60 };

export function casRoutes(
  ports: GarPorts,
  provider: SignInProvider,
  options: CasOptions,
): readonly WebRoute[] {
  const service = makeCasService(ports, provider, options);
  const { basePath } = provider;
  const message = { who: "anyone", clause: "DD.7", bodyLimit: LOGOUT_LIMIT, rateLimit: logoutBrake } as const;
  return webRoutes([
    {
      method: "get",
      path: `${basePath}/login`,
      handler: login(service),
      who: "anyone",
      clause: "D4.1",
      rateLimit: brake,
    },
    // A server that was told no other address posts its messages to the one that the ticket was for.
    {
      ...message,
      method: "post",
      path: `${basePath}/login`,
      handler: endSession(service),
      csrfExempt: CROSS_SITE,
    },
    {
      ...message,
      method: "post",
      path: `${basePath}/logout`,
      handler: logout(ports, provider, service),
      csrfExempt: OR_OURS,
    },
  ]);
}

/** Begins a sign-in, or ends one with a ticket, which then leaves the address bar. @clause D4.1, DB.K.gar-teacher, DB.K.gar-pupil */
function login(service: CasService): WebHandler {
  return async (request, response) => {
    const asked = arrived(request);
    const arrival = await arrive(service, asked, (identity, unit) => welcome(asked, identity, unit));
    if (arrival.kind === "redirect") response.redirect(302, arrival.url);
    else response.redirect(303, arrival.user.nextPath);
  };
}

/** Somebody signs out here, and goes on to sign out at the server; or the server says that somebody did. */
function logout(ports: GarPorts, provider: SignInProvider, service: CasService): WebHandler {
  const byServer = endSession(service);
  return async (request, response) => {
    if (request.form.has(LOGOUT_FIELD)) {
      await byServer(request, response);
      return;
    }
    refuseForgedForm(request);
    const here = startedBy(request.session, provider);
    await signOut(ports, provider, request);
    leadOn(request, response, here ? service.logoutUrl : undefined);
  };
}

/** The same answer whether there was a session or none. @clause DD.7 */
function endSession(service: CasService): WebHandler {
  return async (request, response) => {
    const [message, ...others] = request.form.getAll(LOGOUT_FIELD);
    try {
      if (message === undefined || others.length > 0) refuse("notForm");
      await service.endSession(message);
    } catch (error) {
      throw isFault(error, "GAR_SIGN_IN_REFUSED") ? await service.door.refusalOf(error) : error;
    }
    response.status(204).end();
  };
}
