/** RP-Initiated Logout 1.0 §2: a client that knows the session by its ID token ends it for everybody. */
import { compactVerify } from "jose";
import type { OidcClient, OidcClients } from "./clients.ts";
import type { OidcKeys } from "./keys.ts";

export interface EndSession {
  readonly client: OidcClient;
  readonly sid: string;
  /** With the client's state; undefined when the client gave no address of its own. */
  readonly next: string | undefined;
}

export interface EndSessionOptions {
  readonly issuer: string;
  readonly clients: OidcClients;
  readonly keys: OidcKeys;
}

/** Undefined when the hint is none of our ID tokens: anybody can lead a browser here. An expired one will do (§2). */
export async function readEndSession(
  parameters: Readonly<Record<string, unknown>>,
  { issuer, clients, keys }: EndSessionOptions,
): Promise<EndSession | undefined> {
  const hint = parameters["id_token_hint"];
  const claims = typeof hint === "string" ? await claimsOfHint(hint, keys) : undefined;
  const client = claims === undefined ? undefined : clients.find(String(claims["azp"]));
  if (claims?.["iss"] !== issuer || client === undefined) return undefined;
  if ((parameters["client_id"] ?? client.id) !== client.id) return undefined;
  const wanted = parameters["post_logout_redirect_uri"];
  const known = client.postLogoutRedirectUris.find((each) => each === wanted);
  return { client, sid: String(claims["sid"]), next: known && withState(known, parameters["state"]) };
}

async function claimsOfHint(hint: string, keys: OidcKeys): Promise<Record<string, unknown> | undefined> {
  for (const { publicKey } of await keys.published()) {
    try {
      const { payload } = await compactVerify(hint, publicKey, { algorithms: ["RS256"] });
      return JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    } catch {
      // not by this key, or no token at all
    }
  }
  return undefined;
}

function withState(address: string, state: unknown): string {
  const url = new URL(address);
  if (typeof state === "string") url.searchParams.set("state", state);
  return url.href;
}
