/**
 * Why a sign-in was refused. The reason is for the log and the journal; outside there is one sentence for all of them,
 * so that nobody learns from the answer how far a forgery went. @clause DD.7
 */
import { type PreauError } from "@preau/kernel";
import { fault } from "./errors.ts";

export type RefusalReason =
  | OidcRefusalReason
  | CasRefusalReason
  | "notForm"
  | "notBase64"
  | "notXml"
  | "unknownShape"
  | "unsignedAssertion"
  | "undecipherable"
  | "clearAssertion"
  | "unsignedMessage"
  | "weakAlgorithm"
  | "badSignature"
  | "otherAssertion"
  | "wrongVersion"
  | "failedStatus"
  | "wrongDestination"
  | "wrongRecipient"
  | "wrongIssuer"
  | "wrongAudience"
  | "wrongConfirmation"
  | "wrongTime"
  | "expired"
  | "unsolicited"
  | "unknownRequest"
  /** Of one begun sign-in more codes or tickets were tried than an honest browser brings. */
  | "tooManyAttempts"
  | "replayedAssertion"
  /** The provider has ended this session before it began here. */
  | "endedAlready"
  | "noAuthnStatement"
  | "duplicateAttribute"
  | "malformedIdentifier";

/** Of CAS alone. */
type CasRefusalReason =
  | "malformedTicket"
  /** The server does not know the ticket, or not for us. */
  | "ticketRefused"
  /** It gave no answer that is believed: certificate, status, size. */
  | "untrustedAnswer"
  /** A logout message names a ticket of no session. */
  | "unknownSession";

/** Of OpenID Connect alone. */
type OidcRefusalReason =
  /** What came back is no answer to an authorization request, or a parameter comes twice. */
  | "malformedAnswer"
  /** The person, or the provider, said no. */
  | "accessDenied"
  | "interactionRequired"
  | "providerFailed"
  | "requestRefused"
  /** The token endpoint takes the code, or us, for wrong. */
  | "codeRefused"
  | "clientRefused"
  | "replayedCode"
  | "malformedToken"
  | "wrongNonce"
  | "wrongTokenHash"
  | "noSessionId"
  /** The userinfo endpoint refused, or answered for somebody else. */
  | "claimsRefused"
  | "otherSubject"
  | "malformedClaim"
  /** A logout token that is none (OpenID Connect Back-Channel Logout 1.0 §2.6). */
  | "wrongEvent"
  | "unexpectedNonce"
  | "nobodyNamed";

/** The error of a refused sign-in: GAR_SIGN_IN_REFUSED, with the reason for the log alone. */
export function refusal(reason: RefusalReason, cause?: unknown): PreauError {
  return fault("GAR_SIGN_IN_REFUSED", { clause: "D4.1", log: { reason }, cause });
}

/** @throws GAR_SIGN_IN_REFUSED */
export function refuse(reason: RefusalReason, cause?: unknown): never {
  throw refusal(reason, cause);
}
