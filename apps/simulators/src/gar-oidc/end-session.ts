/** RP-Initiated Logout 1.0 §2: what a client asks who wants the session to end, and where the browser goes after. */
import { compactVerify } from "jose";
import type { OidcClient, OidcClients } from "./clients.ts";
import type { OidcKeys } from "./keys.ts";

export interface EndSession {
  /** Of the client's ID token; undefined when it showed none, and the person must be asked. */
  readonly sid: string | undefined;
  /** The client by its name for people; undefined when it did not say. */
  readonly client: string | undefined;
  /** With the client's state; undefined when the client gave no address of its own. */
  readonly next: string | undefined;
}

export interface EndSessionOptions {
  readonly issuer: string;
  readonly clients: OidcClients;
  readonly keys: OidcKeys;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Undefined when the hint is none of our ID tokens, or another client's. An expired one will do (§2). */
export async function readEndSession(
  parameters: Parameters,
  { issuer, clients, keys }: EndSessionOptions,
): Promise<EndSession | undefined> {
  const { id_token_hint: hint, client_id: id } = parameters;
  const named = typeof id === "string" ? clients.find(id) : undefined;
  if (hint === undefined) return { sid: undefined, client: named?.id, next: nextOf(named, parameters) };
  const claims = typeof hint === "string" ? await claimsOfHint(hint, keys) : undefined;
  const client = claims === undefined ? undefined : clients.find(String(claims["azp"]));
  if (claims?.["iss"] !== issuer || client === undefined) return undefined;
  if (id !== undefined && named !== client) return undefined;
  return { sid: String(claims["sid"]), client: client.id, next: nextOf(client, parameters) };
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

/** An address that the client has registered, to the letter. */
function nextOf(client: OidcClient | undefined, parameters: Parameters): string | undefined {
  const { post_logout_redirect_uri: wanted, state } = parameters;
  const known = client?.postLogoutRedirectUris.find((each) => each === wanted);
  if (known === undefined) return undefined;
  const url = new URL(known);
  if (typeof state === "string") url.searchParams.set("state", state);
  return url.href;
}
