/**
 * The authorization request (OpenID Connect Core §3.1.2.1) as the GAR wants it: code, PKCE S256, `openid scope.gar`,
 * `idRessource`. State and nonce too: a supplier whose request lacks them learns it here.
 */
import type { OidcClient, OidcClients } from "./clients.ts";

export interface AuthorizationRequest {
  readonly client: OidcClient;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** S256. */
  readonly challenge: string;
  /** The ARK of the resource; undefined only where it is not looked at. */
  readonly resource: string | undefined;
  /** Ask even who has signed in. */
  readonly askAnyway: boolean;
  /** Ask nobody: who has not signed in is sent back. */
  readonly askNobody: boolean;
}

/** Why a request is refused. Without an address that is the client's own, the browser is sent nowhere. */
export type Refused =
  | {
      /** For the page, in French. */
      readonly says: string;
    }
  | {
      readonly redirectUri: string;
      readonly state: string | undefined;
      /** RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6. */
      readonly error: string;
      /** `error_description`. */
      readonly says: string;
    };

type Query = Readonly<Record<string, unknown>>;

const MOST_RESOURCE_CHARACTERS = 1_024;
const RESOURCE = /^ark:\/\d+\/\S+$/;

function isResource(value: string | undefined): value is string {
  return value !== undefined && value.length <= MOST_RESOURCE_CHARACTERS && RESOURCE.test(value);
}

/** @param anyResource `idRessource` is not looked at */
export function readAuthorizationRequest(
  query: Query,
  clients: OidcClients,
  anyResource: boolean,
): AuthorizationRequest | { readonly refused: Refused } {
  const client = clients.find(single(query, "client_id") ?? "");
  if (client === undefined) return { refused: { says: "client_id : aucun client de ce nom n'est déclaré." } };
  const redirectUri = single(query, "redirect_uri");
  if (redirectUri === undefined || !client.redirectUris.includes(redirectUri)) {
    return { refused: { says: "redirect_uri n'est pas une adresse déclarée de ce client." } };
  }
  const state = single(query, "state");
  const wrong = firstWrong(query, anyResource);
  if (wrong !== undefined) {
    const [error, says] = wrong;
    return { refused: { redirectUri, state, error, says } };
  }
  const prompts = (single(query, "prompt") ?? "").split(" ");
  return {
    client,
    redirectUri,
    state: state ?? "",
    nonce: single(query, "nonce") ?? "",
    challenge: single(query, "code_challenge") ?? "",
    resource: single(query, "idRessource"),
    askAnyway: prompts.includes("login") || single(query, "max_age") === "0",
    askNobody: prompts.includes("none"),
  };
}

/** Error code and sentence of the first thing that is wrong. */
function firstWrong(query: Query, anyResource: boolean): readonly [string, string] | undefined {
  const twice = Object.keys(query).find((name) => typeof query[name] !== "string");
  if (twice !== undefined) return ["invalid_request", "a parameter comes twice"];
  if (query["request"] !== undefined) return ["request_not_supported", "request"];
  if (query["request_uri"] !== undefined) return ["request_uri_not_supported", "request_uri"];
  if (query["response_type"] !== "code") return ["unsupported_response_type", "response_type is not code"];
  if ((query["response_mode"] ?? "query") !== "query")
    return ["invalid_request", "response_mode is not query"];
  const scopes = (single(query, "scope") ?? "").split(" ");
  if (!scopes.includes("openid") || !scopes.includes("scope.gar")) {
    return ["invalid_scope", "scope is not openid scope.gar"];
  }
  if (query["code_challenge_method"] !== "S256")
    return ["invalid_request", "code_challenge_method is not S256"];
  if (!/^[A-Za-z0-9_-]{43}$/.test(single(query, "code_challenge") ?? "")) {
    return ["invalid_request", "code_challenge is no SHA-256 in base64url"];
  }
  const missing = ["state", "nonce"].find((name) => (single(query, name) ?? "").length < 8);
  if (missing !== undefined)
    return ["invalid_request", `${missing} is missing, or shorter than 8 characters`];
  if (!anyResource && !isResource(single(query, "idRessource"))) {
    return ["invalid_request", "idRessource is missing, or no ARK"];
  }
  return undefined;
}

function single(query: Query, name: string): string | undefined {
  const value = query[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
