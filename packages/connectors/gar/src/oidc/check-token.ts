/**
 * What ID tokens and logout tokens have in common (OpenID Connect Core 1.0 §3.1.3.7, Back-Channel Logout 1.0 §2.6.3): issuer, audience
 * and times, on the clock that we are given.
 */
import type { JWTPayload } from "jose";
import { refuse } from "../refusal.ts";

export interface TokenExpectations {
  readonly issuer: string;
  readonly clientId: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly clockSkewSeconds: number;
}

/** Seconds after its issue at which a token is too old, whatever it says itself: both come straight from the provider. */
const OLDEST_SECONDS = 600;
/** Core §2: at most 255 ASCII characters. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;

/**
 * Checks the claims of a token whose signature holds; until when it could be accepted, in epoch seconds.
 * @throws GAR_SIGN_IN_REFUSED
 */
export function checkToken(claims: JWTPayload, expected: TokenExpectations): number {
  const { issuer, clientId, now, clockSkewSeconds: skew } = expected;
  if (claims.iss !== issuer) refuse("wrongIssuer");
  refuseOtherAudience(claims, clientId);
  const [iat, exp] = [secondsOf(claims.iat), secondsOf(claims.exp)];
  if (iat > now + skew) refuse("wrongTime");
  if (claims.nbf !== undefined && secondsOf(claims.nbf) > now + skew) refuse("wrongTime");
  const end = Math.min(exp, iat + OLDEST_SECONDS) + skew;
  if (end <= now) refuse("expired");
  return end;
}

/** We alone: a token for others too is one that they can bring us. */
function refuseOtherAudience({ aud, azp }: JWTPayload, clientId: string): void {
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (audiences.length !== 1 || audiences[0] !== clientId) refuse("wrongAudience");
  if (azp !== undefined && azp !== clientId) refuse("wrongAudience");
}

function secondsOf(claim: unknown): number {
  return typeof claim === "number" && Number.isFinite(claim) ? claim : refuse("malformedToken");
}

/** `sub` or `sid`: text of at most 255 characters. @throws GAR_SIGN_IN_REFUSED */
export function nameIn(claim: unknown): string {
  return typeof claim === "string" && SUBJECT.test(claim) ? claim : refuse("malformedToken");
}
