/** The token endpoint (OpenID Connect Core §3.1.3): a code, once, by the client that it was given for. */
import { clientOfBasic, type OidcClients } from "./clients.ts";
import type { OidcDefects } from "./defects.ts";
import { ACCESS_TOKEN_SECONDS, type Grant, type Grants, provesChallenge } from "./grants.ts";
import type { TokenSigner } from "./sign-tokens.ts";

export interface ExchangeOptions {
  readonly clients: OidcClients;
  readonly grants: Grants;
  readonly signer: TokenSigner;
  readonly defects: OidcDefects;
}

export interface TokenAnswer {
  readonly status: number;
  /** The token response, or an error of RFC 6749 §5.2. */
  readonly body: Readonly<Record<string, unknown>>;
}

type Form = Readonly<Record<string, unknown>>;

export async function exchangeCode(
  authorization: string | undefined,
  form: Form,
  options: ExchangeOptions,
): Promise<TokenAnswer> {
  const client = clientOfBasic(authorization, options.clients);
  if (client === undefined) return refusal("invalid_client", "client_secret_basic", 401);
  if (form["grant_type"] !== "authorization_code") return refusal("unsupported_grant_type");
  const grant = options.grants.ofCode(text(form, "code"));
  const wrong = wrongGrant(grant, client.id, form, options.defects);
  if (grant === undefined || wrong !== undefined) return refusal("invalid_grant", wrong);
  const accessToken = options.grants.exchange(grant);
  const idToken = await options.signer.idToken(grant, accessToken);
  return {
    status: 200,
    body: {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: ACCESS_TOKEN_SECONDS,
      scope: "openid scope.gar",
      ...(options.defects.get("oidc-no-id-token") > 0 ? {} : { id_token: idToken }),
    },
  };
}

function wrongGrant(grant: Grant | undefined, clientId: string, form: Form, on: OidcDefects) {
  if (grant === undefined || grant.request.client.id !== clientId) return "no such code";
  if (grant.request.redirectUri !== form["redirect_uri"]) return "redirect_uri is another";
  if (!provesChallenge(text(form, "code_verifier"), grant.request.challenge))
    return "code_verifier is another";
  if (on.get("oidc-code-reusable") > 0) return undefined;
  if (grant.ended) return "the session is over";
  if (grant.accessToken === undefined) return undefined;
  grant.ended = true; // RFC 6749 §4.1.2: somebody has the code who should not, so what it gave is taken back
  return "the code has been used";
}

function refusal(error: string, says?: string, status = 400): TokenAnswer {
  return { status, body: { error, ...(says === undefined ? {} : { error_description: says }) } };
}

function text(form: Form, name: string): string {
  const value = form[name];
  return typeof value === "string" ? value : "";
}
