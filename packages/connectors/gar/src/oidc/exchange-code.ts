/**
 * The code for tokens, and the access token for claims (OpenID Connect Core 1.0 §3.1.3, §5.3), with `openid-client`: client
 * authentication, PKCE, state, issuer, nonce and the ID token's signature are its own; times are ours, on the clock that we are given.
 */
import { isFault } from "@preau/kernel";
import { isLoopback } from "@preau/web";
import { decodeProtectedHeader } from "jose";
import * as oidc from "openid-client";
import { fault } from "../errors.ts";
import { type RefusalReason, refusal } from "../refusal.ts";
import { ANSWERS_WITHIN_SECONDS, askProvider, isSilence } from "./ask-provider.ts";
import type { ReceivedTokens } from "./check-id-token.ts";
import type { IssuerMetadata, IssuerSource } from "./issuer-source.ts";

export interface ClientMeans {
  readonly metadata: IssuerMetadata;
  readonly clientId: string;
  readonly secret: string;
  readonly keys: IssuerSource["keys"];
}

export interface CodeExchange {
  /** Our callback with what the browser brought. */
  readonly answer: URL;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The library's own clock is the machine's: `check-token.ts` looks at times on ours. */
const ANY_TIME = Number.MAX_SAFE_INTEGER;

/** The library's client, with the keys that we read: its own memory of them is on another clock. */
export function makeClient({ metadata, clientId, secret, keys }: ClientMeans): oidc.Configuration {
  const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const authentication = methods.includes("client_secret_basic")
    ? oidc.ClientSecretBasic(secret)
    : oidc.ClientSecretPost(secret);
  const config = new oidc.Configuration(
    metadata,
    clientId,
    { [oidc.clockTolerance]: ANY_TIME },
    authentication,
  );
  config.timeout = ANSWERS_WITHIN_SECONDS;
  if (isHttpLoopback(metadata.issuer)) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- on the loopback alone, where there is no TLS
    oidc.allowInsecureRequests(config);
  }
  oidc.enableNonRepudiationChecks(config);
  let kid: string | undefined;
  config[oidc.customFetch] = async (address, options) => {
    if (address === metadata.jwks_uri) return Response.json(await keys(kid));
    const answer = await askProvider(address, options);
    if (address === metadata.token_endpoint) kid = await namedKey(answer.clone());
    return answer;
  };
  return config;
}

/** @throws GAR_SIGN_IN_REFUSED, GAR_PROVIDER_SILENT, GAR_ISSUER_UNREADABLE */
export async function exchangeCode(
  client: oidc.Configuration,
  { answer, state, nonce, verifier }: CodeExchange,
): Promise<ReceivedTokens> {
  try {
    const tokens = await oidc.authorizationCodeGrant(client, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const [claims, idToken] = [tokens.claims(), tokens.id_token];
    if (claims === undefined || idToken === undefined) throw refusal("malformedToken");
    if (tokens.token_type !== "bearer") throw refusal("malformedToken");
    return { idToken, accessToken: tokens.access_token, claims };
  } catch (error) {
    throw asFault(error, tokenReason);
  }
}

/** Claims of `subject`, as JSON. @throws GAR_SIGN_IN_REFUSED, GAR_PROVIDER_SILENT */
export async function askClaims(
  client: oidc.Configuration,
  accessToken: string,
  subject: string,
): Promise<Readonly<Record<string, unknown>>> {
  if (client.serverMetadata().userinfo_endpoint === undefined) return {};
  try {
    return await oidc.fetchUserInfo(client, accessToken, subject);
  } catch (error) {
    throw asFault(error, claimsReason);
  }
}

/** The key that signed the ID token, by its name: keys that lack it are read again. */
async function namedKey(answer: Response): Promise<string | undefined> {
  try {
    const { id_token: idToken } = (await answer.json()) as { readonly id_token?: unknown };
    const { kid } = decodeProtectedHeader(String(idToken));
    return typeof kid === "string" ? kid : undefined;
  } catch {
    return undefined; // the library says what is wrong with it
  }
}

/** A fault as it is, silence as silence; whatever else the library finds is a refusal. */
function asFault(error: unknown, reasonOf: (code: unknown, error: Error) => RefusalReason): Error {
  if (isFault(error)) return error;
  if (!(error instanceof Error)) return refusal("malformedToken", error);
  if (isFault(error.cause)) return error.cause;
  if (isSilence(error)) return fault("GAR_PROVIDER_SILENT", { cause: error });
  return refusal(reasonOf("code" in error ? error.code : undefined, error), error);
}

function tokenReason(code: unknown, error: Error): RefusalReason {
  if (error instanceof oidc.ResponseBodyError)
    return error.error === "invalid_grant" ? "codeRefused" : "clientRefused";
  if (code === "OAUTH_WWW_AUTHENTICATE_CHALLENGE") return "clientRefused";
  if (code === "OAUTH_KEY_SELECTION_FAILED") return "badSignature";
  const noted = notedIn(error);
  if ("signature" in noted) return "badSignature";
  if ("header" in noted && "expected" in noted) return "weakAlgorithm";
  return reasons[String(noted["claim"])] ?? "malformedToken";
}

const reasons: Readonly<Record<string, RefusalReason>> = {
  nonce: "wrongNonce",
  iss: "wrongIssuer",
  aud: "wrongAudience",
  azp: "wrongAudience",
};

/** What the library notes of a comparison that failed, in the cause of its error's cause. */
function notedIn({ cause }: Error): Readonly<Record<string, unknown>> {
  const noted: unknown = cause instanceof Error ? cause.cause : undefined;
  return typeof noted === "object" && noted !== null ? (noted as Record<string, unknown>) : {};
}

function claimsReason(code: unknown): RefusalReason {
  if (code === "OAUTH_WWW_AUTHENTICATE_CHALLENGE") return "claimsRefused";
  return code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED" ? "otherSubject" : "malformedClaim";
}

function isHttpLoopback(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === "http:" && isLoopback(hostname);
}
