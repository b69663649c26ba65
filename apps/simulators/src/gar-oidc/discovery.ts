/** OpenID Connect Discovery 1.0 §3, with the GAR's own paths. */

export const oidcPaths = {
  discovery: "/oidc/.well-known/openid-configuration",
  jwks: "/oidc/jwks",
  authorize: "/oidc/oidcAuthorize",
  token: "/oidc/oidcAccessToken",
  profile: "/oidc/oidcProfile",
  logout: "/oidc/oidcLogout",
  clients: "/oidc/clients",
} as const;

export function issuerAt(url: string): string {
  return `${url}/oidc`;
}

export function discoveryDocument(url: string): Readonly<Record<string, unknown>> {
  return {
    issuer: issuerAt(url),
    authorization_endpoint: url + oidcPaths.authorize,
    token_endpoint: url + oidcPaths.token,
    userinfo_endpoint: url + oidcPaths.profile,
    jwks_uri: url + oidcPaths.jwks,
    end_session_endpoint: url + oidcPaths.logout,
    scopes_supported: ["openid", "scope.gar"],
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    claims_supported:
      "sub id auth_time client_id service IDO UAI PRO NOM PRE CIV P_MEL DIV GRO DIV_APP P_MAT P_MS4 E_MS1 E_MS4 typProfil".split(
        " ",
      ),
  };
}
