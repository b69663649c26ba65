/** The ID token behind the library, which checked signature, issuer and nonce: what it leaves out. @clause D4.1 */
import { hash, timingSafeEqual } from "node:crypto";
import { decodeProtectedHeader, type JWTPayload } from "jose";
import { refuse } from "../refusal.ts";
import { checkToken, nameIn, type TokenExpectations } from "./check-token.ts";

export interface ReceivedTokens {
  readonly idToken: string;
  readonly accessToken: string;
  /** Of the ID token, as its signature covers them. */
  readonly claims: JWTPayload;
}

export interface IdTokenExpectations extends TokenExpectations {
  /** The issuer announces that each ID token names a session (Back-Channel Logout 1.0 §2.1). */
  readonly namesSessions: boolean;
}

export interface CheckedIdToken {
  readonly subject: string;
  readonly sessionId: string | undefined;
  /** Until when it could be accepted, in epoch seconds. */
  readonly end: number;
}

/** @throws GAR_SIGN_IN_REFUSED */
export function checkIdToken(tokens: ReceivedTokens, expected: IdTokenExpectations): CheckedIdToken {
  const { claims } = tokens;
  const end = checkToken(claims, expected);
  refuseOtherAccessToken(tokens);
  const sessionId = claims["sid"] === undefined ? undefined : nameIn(claims["sid"]);
  if (sessionId === undefined && expected.namesSessions) refuse("noSessionId");
  return { subject: nameIn(claims.sub), sessionId, end };
}

/** `at_hash` (Core §3.1.3.8), optional in the code flow: the left half of the access token's hash. */
function refuseOtherAccessToken({ idToken, accessToken, claims }: ReceivedTokens): void {
  const given = claims["at_hash"];
  if (given === undefined) return;
  const digest = hash(hashOf(idToken), accessToken, "buffer");
  const half = digest.subarray(0, digest.length / 2).toString("base64url");
  const same = typeof given === "string" && given.length === half.length;
  if (!same || !timingSafeEqual(Buffer.from(given), Buffer.from(half))) refuse("wrongTokenHash");
}

/** The hash of the token's signature: that of its algorithm, SHA-512 for Ed25519. */
function hashOf(idToken: string): string {
  const { alg = "" } = decodeProtectedHeader(idToken);
  return `sha${/^[RPE]S(256|384|512)$/.exec(alg)?.[1] ?? "512"}`;
}
