/** ID tokens (OpenID Connect Core §2) and logout tokens (Back-Channel Logout 1.0 §2.4), honest or as the switches say. */
import { createHash, randomBytes } from "node:crypto";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import type { OidcClient } from "./clients.ts";
import type { OidcDefects } from "./defects.ts";
import type { Grant } from "./grants.ts";
import type { OidcKeys } from "./keys.ts";

export interface TokenSigner {
  idToken(grant: Grant, accessToken: string): Promise<string>;
  logoutToken(grant: Grant): Promise<string>;
}

export interface TokenSignerOptions {
  readonly issuer: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly keys: OidcKeys;
  readonly defects: OidcDefects;
}

const ID_TOKEN_SECONDS = 300;
const LOGOUT_TOKEN_SECONDS = 120;
const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
const elsewhere = "https://elsewhere.example/oidc";

export function tokenSigner(options: TokenSignerOptions): TokenSigner {
  const { keys, defects } = options;
  const seconds = () => Math.floor(options.now() / 1_000);
  const lastJti = new Map<string, string>();

  const idToken = async (grant: Grant, accessToken: string): Promise<string> => {
    const claims = spoiltIdToken(honestIdToken(grant, accessToken, options.issuer(), seconds()), defects);
    const token = await signIdToken(claims, grant.request.client, keys, defects);
    return defects.get("oidc-tampered") > 0 ? tampered(token) : token;
  };

  const logoutToken = async (grant: Grant): Promise<string> => {
    const { client } = grant.request;
    if (defects.get("oidc-logout-id-token") > 0) return idToken(grant, grant.accessToken ?? "");
    const honest = {
      iss: options.issuer(),
      aud: client.id,
      iat: seconds(),
      exp: seconds() + LOGOUT_TOKEN_SECONDS,
      jti: nextJti(client.id),
      sub: grant.subject,
      sid: grant.sid,
      events: { [LOGOUT_EVENT]: {} },
    };
    const claims = spoiltLogoutToken(honest, defects);
    if (defects.get("oidc-logout-alg-none") > 0) return new UnsecuredJWT(claims).encode();
    const signer = await keys.current();
    const { privateKey } = defects.get("oidc-logout-stranger-key") > 0 ? await keys.stranger() : signer;
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", typ: "logout+jwt", kid: signer.kid })
      .sign(privateKey);
  };

  /** A new one, or with the switch the one that this client has had. */
  function nextJti(clientId: string): string {
    const last = lastJti.get(clientId);
    if (defects.get("oidc-logout-same-jti") > 0 && last !== undefined) return last;
    const jti = randomBytes(16).toString("base64url");
    lastJti.set(clientId, jti);
    return jti;
  }

  return { idToken, logoutToken };
}

function honestIdToken(grant: Grant, accessToken: string, issuer: string, now: number) {
  const { client, nonce } = grant.request;
  return {
    iss: issuer,
    sub: grant.subject,
    aud: client.id as string | readonly string[],
    azp: client.id,
    iat: now,
    exp: now + ID_TOKEN_SECONDS,
    auth_time: Math.floor(grant.signedInAt / 1_000),
    jti: randomBytes(16).toString("base64url"),
    nonce: nonce as string | undefined,
    at_hash: halfHash(accessToken),
    sid: grant.sid as string | undefined,
  };
}

function spoiltIdToken(claims: ReturnType<typeof honestIdToken>, on: OidcDefects): JWTPayload {
  const when = <T>(name: Parameters<OidcDefects["get"]>[0], wrong: T, right: T): T =>
    on.get(name) > 0 ? wrong : right;
  const { iat, exp } = claims;
  const audience = when("oidc-wrong-audience", "elsewhere", claims.aud);
  return defined({
    ...claims,
    iss: when("oidc-wrong-issuer", elsewhere, claims.iss),
    aud: when("oidc-wrong-azp", [claims.azp, "elsewhere"], audience),
    azp: when("oidc-wrong-azp", "elsewhere", claims.azp),
    nonce: when("oidc-no-nonce", undefined, when("oidc-wrong-nonce", "another-nonce", claims.nonce)),
    iat: when("oidc-expired", iat - 660, when("oidc-issued-in-future", iat + 3_600, iat)),
    exp: when("oidc-expired", iat - 60, when("oidc-issued-in-future", exp + 3_600, exp)),
    at_hash: when("oidc-wrong-at-hash", halfHash("another token"), claims.at_hash),
    sid: when("oidc-no-sid", undefined, claims.sid),
  });
}

async function signIdToken(
  claims: JWTPayload,
  client: OidcClient,
  keys: OidcKeys,
  on: OidcDefects,
): Promise<string> {
  if (on.get("oidc-alg-none") > 0) return new UnsecuredJWT(claims).encode();
  const current = await keys.current();
  const symmetric = on.get("oidc-hs256");
  if (symmetric > 0) {
    const text =
      symmetric === 1 ? client.secret : current.publicKey.export({ type: "spki", format: "pem" }).toString();
    return new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(Buffer.from(text));
  }
  const forged = on.get("oidc-stranger-key") + on.get("oidc-unknown-kid") > 0;
  const signer = forged ? await keys.stranger() : current;
  const kid = on.get("oidc-unknown-kid") > 0 ? signer.kid : current.kid;
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT", kid }).sign(signer.privateKey);
}

function spoiltLogoutToken(claims: JWTPayload & { iat: number }, on: OidcDefects): JWTPayload {
  const spoilt: Record<string, unknown> = { ...claims };
  const set = (name: Parameters<OidcDefects["get"]>[0], change: Record<string, unknown>) => {
    if (on.get(name) > 0) Object.assign(spoilt, change);
  };
  set("oidc-logout-no-events", { events: undefined });
  set("oidc-logout-other-event", { events: { "https://elsewhere.example/event/other": {} } });
  set("oidc-logout-with-nonce", { nonce: "a-nonce" });
  set("oidc-logout-wrong-issuer", { iss: elsewhere });
  set("oidc-logout-wrong-audience", { aud: "elsewhere" });
  set("oidc-logout-stale", { iat: claims.iat - 3_600, exp: claims.iat - 3_600 + LOGOUT_TOKEN_SECONDS });
  set("oidc-logout-no-jti", { jti: undefined });
  set("oidc-logout-nobody", { sid: undefined, sub: undefined });
  set("oidc-logout-other-sid", { sid: "no-such-session" });
  return defined(spoilt);
}

/** Without what is undefined. */
function defined(claims: Record<string, unknown>): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** `at_hash` (OpenID Connect Core §3.1.3.6): the left half of SHA-256. */
function halfHash(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
}

/** The same signature over another subject. */
function tampered(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as JWTPayload;
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: "somebody-else" })).toString("base64url");
  return `${header}.${changed}.${signature}`;
}
