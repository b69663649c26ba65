/**
 * A route for machines of one controller. It asks for a bearer token and for nothing else: a session cookie that comes
 * along opens nothing, so that no other site can make a browser call it, and it needs no CSRF token.
 */
import { isFault, type Ports } from "@preau/kernel";
import type { Request, Response } from "express";
import type { ApiScope } from "../api-scopes.ts";
import type { ApiCaller } from "../api-tokens.ts";
import type { WebRequest } from "../request.ts";
import type { WebRoute } from "../web-route.ts";
import { rateLimiter } from "./rate-limit.ts";

export interface TokenRoute extends Pick<WebRoute, "path" | "clause" | "bodyLimit" | "rateLimit"> {
  readonly method: "get" | "post";
  readonly scope: ApiScope;
  /** A JSON body is in `request.json`; `caller` says whose machine it is. The own controller, never one that the body names. */
  readonly handler: (request: WebRequest, response: Response, caller: ApiCaller) => unknown;
}

/** Calls of one network: enough for the LMS of a big school, too few to fill a database. */
const CALLS = { attempts: 600, seconds: 60 } as const;
/** Of those, calls with a token that opens nothing. A right token passes however many failed. */
const REFUSALS = { attempts: 30, seconds: 60 } as const;

/**
 * The route of the table: JSON in, 401 with `WWW-Authenticate: Bearer` without a token that lives, 403 without its scope.
 * @clause DD.5
 */
export function tokenRoute({ apiTokens }: Pick<Ports, "apiTokens">, route: TokenRoute): WebRoute {
  const { method, path, clause, bodyLimit, rateLimit = CALLS, scope, handler } = route;
  const brake = rateLimiter(REFUSALS);
  return {
    ...{ method, path, who: "anyone", forMachines: true, rateLimit },
    ...(clause === undefined ? {} : { clause }),
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    ...(method === "post"
      ? { body: "json", csrfExempt: "authenticated by a bearer token, never by a cookie" }
      : {}),
    handler: async (request, response) => {
      const caller = await callerOf({ apiTokens }, { request, response, scope, brake });
      // Whoever is signed in on that browser has no say in what a machine asks.
      delete request.session;
      await handler(request, response, caller);
    },
  };
}

interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly scope: ApiScope;
  readonly brake: (request: Request, response: Response) => Promise<void>;
}

/** @throws WEB_TOKEN_NEEDED, WEB_TOKEN_REFUSED, WEB_TOKEN_SCOPE, WEB_TOO_MANY */
async function callerOf(
  { apiTokens }: Pick<Ports, "apiTokens">,
  { request, response, scope, brake }: Call,
): Promise<ApiCaller> {
  try {
    return await apiTokens.authenticate(request.headers, scope);
  } catch (error) {
    const challenge = isFault(error) ? challengeOf(error.code, scope) : undefined;
    if (challenge === undefined) throw error;
    await brake(request, response);
    response.setHeader("WWW-Authenticate", challenge);
    throw error;
  }
}

/** RFC 6750 §3: nothing is said of an error to whoever showed no token. */
function challengeOf(code: string, scope: ApiScope): string | undefined {
  if (code === "WEB_TOKEN_NEEDED") return 'Bearer realm="preau"';
  if (code === "WEB_TOKEN_REFUSED") return 'Bearer realm="preau", error="invalid_token"';
  if (code === "WEB_TOKEN_SCOPE") return `Bearer realm="preau", error="insufficient_scope", scope="${scope}"`;
  return undefined;
}
