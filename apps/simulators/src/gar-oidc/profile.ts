/** `/oidc/oidcProfile?idRessource=…&access_mode=web`: the claims (OpenID Connect Core §5.3), for the resource signed in to. */
import { garPeople } from "../gar/people.ts";
import { claimsOf, subjectOf } from "./claims.ts";
import type { OidcDefects } from "./defects.ts";
import type { Grant, Grants } from "./grants.ts";

export interface ProfileAnswer {
  readonly status: number;
  /** `WWW-Authenticate` (RFC 6750 §3). */
  readonly challenge?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export function answerProfile(
  authorization: string | undefined,
  query: Readonly<Record<string, unknown>>,
  grants: Grants,
  on: OidcDefects,
): ProfileAnswer {
  const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? "")?.[1];
  const refused = on.get("oidc-profile-refused");
  const grant = token === undefined || refused === 1 ? undefined : grants.ofAccessToken(token);
  if (grant === undefined) return refusal(401, "invalid_token");
  const anyResource = on.get("oidc-any-resource") > 0;
  const same = query["idRessource"] === grant.request.resource && query["access_mode"] === "web";
  if (refused === 2 || !(same || anyResource)) return refusal(403, "insufficient_scope");
  return { status: 200, body: spoiltProfile(grant, on) };
}

function refusal(status: number, error: string): ProfileAnswer {
  return { status, challenge: `Bearer error="${error}"`, body: { error } };
}

function spoiltProfile(grant: Grant, on: OidcDefects): ProfileAnswer["body"] {
  const { client } = grant.request;
  const another = garPeople.find((each) => each.ido !== grant.person.ido) ?? grant.person;
  const person = on.get("oidc-other-person") > 0 ? another : grant.person;
  const subject =
    on.get("oidc-other-subject") > 0 ? subjectOf(another, client.id) : subjectOf(person, client.id);
  const huge = on.get("oidc-profile-huge");
  return {
    ...(on.get("oidc-no-subject") > 0 ? {} : { sub: subject, id: subject }),
    auth_time: Math.floor(grant.signedInAt / 1_000),
    client_id: client.id,
    service: grant.request.redirectUri,
    ...claimsOf(person),
    ...(huge > 0 ? { padding: "x".repeat(huge * 1_048_576) } : {}),
  };
}
