/**
 * OpenID Connect Back-Channel Logout 1.0 §2.6, every step, the optional ones too: a logout token is verified as strictly as a
 * sign-in. @clause DD.7
 *
 *   header  { alg: one that the issuer announces and we accept; typ: "logout+jwt", "JWT" or none }
 *   claims  { iss, aud, iat, exp, jti, events: { "http://schemas.openid.net/event/backchannel-logout": {} }, sub and/or sid, no nonce }
 */
import type { SessionKey } from "@preau/web";
import {
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  type JSONWebKeySet,
  type JWTPayload,
} from "jose";
import { refuse } from "../refusal.ts";
import { checkToken, nameIn, type TokenExpectations } from "./check-token.ts";

export interface LogoutTokenMeans extends TokenExpectations {
  readonly algorithms: readonly string[];
  readonly keys: (kid: string | undefined) => Promise<JSONWebKeySet>;
}

export interface CheckedLogoutToken {
  /** `sid` where the token names one: nobody's other sessions end. */
  readonly key: SessionKey;
  readonly jti: string;
  /** Until when it could be accepted, in epoch seconds. */
  readonly end: number;
}

const MOST_CHARACTERS = 16_384;
const EVENT = "http://schemas.openid.net/event/backchannel-logout";
const TYPES = new Set(["", "jwt", "logout+jwt", "application/logout+jwt"]);

/** @throws GAR_SIGN_IN_REFUSED, GAR_ISSUER_UNREADABLE */
export async function checkLogoutToken(token: string, means: LogoutTokenMeans): Promise<CheckedLogoutToken> {
  const claims = await verifiedClaims(token, means);
  const end = checkToken(claims, means);
  refuseOtherEvent(claims["events"]);
  if ("nonce" in claims) refuse("unexpectedNonce");
  const jti = nameIn(claims.jti);
  const [sid, sub] = [claims["sid"], claims.sub].map((claim) =>
    claim === undefined ? undefined : nameIn(claim),
  );
  const named = sid ?? sub ?? refuse("nobodyNamed");
  const key = { kind: sid === undefined ? "oidc.sub" : "oidc.sid", issuer: means.issuer, value: named };
  return { key, jti, end };
}

async function verifiedClaims(token: string, means: LogoutTokenMeans): Promise<JWTPayload> {
  const { alg, kid } = headerOf(token, means);
  const keys = createLocalJWKSet(await means.keys(kid));
  const payload = await compactVerify(token, keys, { algorithms: [alg] }).then(
    (verified) => verified.payload,
    (cause: unknown) => refuse("badSignature", cause),
  );
  return objectIn(payload);
}

/** Read before the signature: which key it names, and that it is one that we would believe. */
function headerOf(token: string, { algorithms }: LogoutTokenMeans) {
  if (token.length > MOST_CHARACTERS) refuse("malformedToken");
  const header = readHeader(token);
  const { alg, typ = "", kid, crit } = header;
  if (typeof alg !== "string" || !algorithms.includes(alg)) refuse("weakAlgorithm");
  if (typeof typ !== "string" || !TYPES.has(typ.toLowerCase()) || crit !== undefined)
    refuse("malformedToken");
  return { alg, kid: kid === undefined ? undefined : nameIn(kid) };
}

function readHeader(token: string): Readonly<Record<string, unknown>> {
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    return refuse("malformedToken", cause);
  }
}

function objectIn(payload: Uint8Array): JWTPayload {
  try {
    const claims: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
    if (isObject(claims)) return claims;
  } catch (cause) {
    refuse("malformedToken", cause);
  }
  return refuse("malformedToken");
}

/** §2.4: an object, whose member of that name is an object too. */
function refuseOtherEvent(events: unknown): void {
  if (!isObject(events) || !Object.hasOwn(events, EVENT) || !isObject(events[EVENT])) refuse("wrongEvent");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
