/**
 * What the browser brings back from the provider (RFC 6749 §4.1.2, RFC 9207), read before anything is done with it: a code for the
 * request that is named, or a refusal.
 */
import { type RefusalReason, refuse } from "../refusal.ts";
import type { IssuerMetadata } from "./issuer-source.ts";

export interface AuthorizationAnswer {
  /** `state`: the id of the request. */
  readonly requestId: string;
  readonly code: string;
}

const STATE = /^_[0-9a-f]{40}$/;
/** RFC 6749 §A.11: printable ASCII. */
const CODE = /^[\x20-\x7e]{1,2048}$/;
const MOST_PARAMETERS = 20;

/** Errors of the provider as reasons; whatever else it says goes into no log. */
const reasons: ReadonlyMap<string, RefusalReason> = new Map([
  ["access_denied", "accessDenied"],
  ["interaction_required", "interactionRequired"],
  ["login_required", "interactionRequired"],
  ["account_selection_required", "interactionRequired"],
  ["consent_required", "interactionRequired"],
  ["server_error", "providerFailed"],
  ["temporarily_unavailable", "providerFailed"],
]);

/** @throws GAR_SIGN_IN_REFUSED */
export function readAuthorizationAnswer(
  parameters: URLSearchParams,
  metadata: IssuerMetadata,
): AuthorizationAnswer {
  const names = [...parameters.keys()];
  if (names.length > MOST_PARAMETERS || new Set(names).size !== names.length) refuse("malformedAnswer");
  const requestId = parameters.get("state") ?? "";
  if (!STATE.test(requestId)) refuse("malformedAnswer");
  refuseOtherIssuer(parameters.get("iss"), metadata);
  const error = parameters.get("error");
  if (error !== null) refuse(reasons.get(error) ?? "requestRefused");
  const code = parameters.get("code") ?? "";
  if (!CODE.test(code)) refuse("malformedAnswer");
  return { requestId, code };
}

/** RFC 9207 §2.4: compared as text; missing, it is refused where the issuer announces it. */
function refuseOtherIssuer(given: string | null, metadata: IssuerMetadata): void {
  if (given === null && metadata.authorization_response_iss_parameter_supported !== true) return;
  if (given !== metadata.issuer) refuse("wrongIssuer");
}
