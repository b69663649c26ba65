/** What the provider remembers of a sign-in: the code, then the access token, until the session ends. */
import { createHash, randomBytes } from "node:crypto";
import type { GarPerson } from "../gar/people.ts";
import type { AuthorizationRequest } from "./authorize.ts";

export interface Grant {
  readonly request: AuthorizationRequest;
  readonly person: GarPerson;
  readonly subject: string;
  /** The session at the provider, in ID token and logout token. */
  readonly sid: string;
  /** Epoch milliseconds. */
  readonly signedInAt: number;
  /** Set at the first exchange. */
  accessToken?: string;
  /** The session is over, or the code came twice: nothing is given any more. */
  ended: boolean;
}

export interface Grants {
  /** Keeps it; gives its code. */
  give(grant: Grant): string;
  /** With its age; undefined when there is no such code, or it is older than a minute. */
  ofCode(code: string): Grant | undefined;
  /** An access token for it, the same to each exchange of the same code. */
  exchange(grant: Grant): string;
  /** Undefined when there is none, it is older than five minutes, or the session has ended. */
  ofAccessToken(token: string): Grant | undefined;
}

const CODE_MS = 60_000;
export const ACCESS_TOKEN_SECONDS = 300;
const MOST_GRANTS = 1_000;

/** @param now epoch milliseconds */
export function makeGrants(now: () => number): Grants {
  const byCode = new Map<string, Grant>();
  const byToken = new Map<string, Grant>();
  const fresh = (grant: Grant | undefined, forMs: number) =>
    grant !== undefined && now() - grant.signedInAt < forMs ? grant : undefined;
  return {
    give: (grant) => {
      const code = `OC-${randomBytes(24).toString("base64url")}`;
      remember(byCode, code, grant);
      return code;
    },
    ofCode: (code) => fresh(byCode.get(code), CODE_MS),
    exchange: (grant) => {
      grant.accessToken ??= `AT-${randomBytes(24).toString("base64url")}`;
      remember(byToken, grant.accessToken, grant);
      return grant.accessToken;
    },
    ofAccessToken: (token) => {
      const grant = fresh(byToken.get(token), CODE_MS + ACCESS_TOKEN_SECONDS * 1_000);
      return grant?.ended === false ? grant : undefined;
    },
  };
}

/** The eldest goes first when there are too many. */
function remember(all: Map<string, Grant>, key: string, grant: Grant): void {
  all.set(key, grant);
  const [eldest] = all.keys();
  if (all.size > MOST_GRANTS && eldest !== undefined) all.delete(eldest);
}

/** PKCE (RFC 7636 §4.6), S256 alone. */
export function provesChallenge(verifier: string, challenge: string): boolean {
  return (
    /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) &&
    createHash("sha256").update(verifier).digest("base64url") === challenge
  );
}
