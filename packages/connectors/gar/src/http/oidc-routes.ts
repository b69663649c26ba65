/** The routes of an OpenID provider: one line a route. */
import { isFault } from "@preau/kernel";
import { refuseForgedForm, type WebHandler, type WebRoute, webRoutes } from "@preau/web";
import type { Response } from "express";
import { browserToken } from "../browser-binding.ts";
import type { GarPorts } from "../door.ts";
import { makeOidcService, type OidcService } from "../oidc/oidc-service.ts";
import type { OidcOptions } from "../options.ts";
import type { SignInProvider } from "../provider.ts";
import { beginInBrowser } from "./gar-oidc-strategy.ts";
import { arrived, brake, welcome } from "./sign-in-routes.ts";
import { leadOn, signOut, startedBy } from "./sign-out.ts";

const TWO_USES =
  "the provider posts its logout tokens there, signed and once each; a form of ours is asked for its token by the handler";
/** A whole region's sessions may end in one minute, all told by one address. */
const logoutBrake = { attempts: 6_000, seconds: 60 };

export function oidcRoutes(
  ports: GarPorts,
  provider: SignInProvider,
  options: OidcOptions,
): readonly WebRoute[] {
  const service = makeOidcService(ports, provider, options);
  const { basePath } = provider;
  const clause = "D4.1";
  return webRoutes([
    { method: "get", path: `${basePath}/login`, handler: login(service), who: "anyone", rateLimit: brake },
    {
      method: "get",
      path: `${basePath}/callback`,
      handler: finish(service),
      who: "anyone",
      clause,
      rateLimit: brake,
    },
    {
      method: "post",
      path: `${basePath}/logout`,
      handler: logout(ports, service),
      who: "anyone",
      clause: "DD.7",
      csrfExempt: TWO_USES,
      rateLimit: logoutBrake,
    },
  ]);
}

/** Sends the browser to the authorization endpoint: state, nonce, PKCE S256. */
function login(service: OidcService): WebHandler {
  return async (request, response) => {
    const { url, cookies } = await beginInBrowser(service, request, request.query["next"]);
    for (const line of cookies) response.append("Set-Cookie", line);
    response.redirect(302, url);
  };
}

/** One session for one honest answer; code and state leave the address bar. @clause D4.1, DB.K.gar-teacher, DB.K.gar-pupil */
function finish(service: OidcService): WebHandler {
  return async (request, response) => {
    const arriving = arrived(request);
    const { nextPath } = await service.finish({
      parameters: new URL(request.originalUrl, "http://localhost").searchParams,
      browserToken: browserToken(request.headers.cookie, service.door.secure),
      onSignedIn: (identity, unit) => welcome(arriving, identity, unit),
    });
    response.redirect(303, nextPath);
  };
}

/** Two uses of one address: the provider's logout token, or the person's own form. @clause DD.7 */
function logout(ports: GarPorts, service: OidcService): WebHandler {
  return async (request, response) => {
    const [token, ...others] = request.form.getAll("logout_token");
    if (token !== undefined) {
      await answerProvider(service, others.length === 0 ? token : "", response);
      return;
    }
    refuseForgedForm(request);
    const { provider } = service.door;
    const here = startedBy(request.session, provider);
    await signOut(ports, provider, request);
    leadOn(request, response, here ? await endSessionUrl(ports, service) : undefined);
  };
}

/** Back-Channel Logout 1.0 §2.7–2.8: 200, or 400 with one sentence for whatever was wrong. */
async function answerProvider(service: OidcService, token: string, response: Response): Promise<void> {
  response.setHeader("Cache-Control", "no-store");
  try {
    await service.logOut(token);
    response.status(200).end();
  } catch (error) {
    if (!isFault(error, "GAR_SIGN_IN_REFUSED") && !isFault(error, "GAR_ISSUER_UNREADABLE")) throw error;
    response.status(400).json({ error: "invalid_request", error_description: "The logout failed." });
  }
}

/** Our session is over already: a provider that cannot be read is no reason to say that it failed. */
async function endSessionUrl({ log }: GarPorts, service: OidcService): Promise<string | undefined> {
  try {
    return await service.endSessionUrl();
  } catch (error) {
    if (!isFault(error)) throw error;
    log.warn("gar.providerNotSignedOut", { code: error.code });
    return undefined;
  }
}
